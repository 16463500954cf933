"""Visits, calls, reports: who may look and who may write."""

from datetime import date
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.units.models import KeyAccount
from tests.factories.accounts import make_person, make_unit
from tests.factories.files import picture
from tests.factories.visits import make_visit
from tests.permissions.row import Row
from visits.bulletins.services import publish_bulletin
from visits.followups.services import DayEntry, file_followup
from visits.visits.models import Visit

#: Positions that never read a unit.
BLIND = "finance hr admin"
#: Own team: everybody of the line above the owner; the same-team specialist sees nothing of it.
READERS = "owner lead manager director marketing gm clerk"


def unit_of(cast):
    return make_unit("泉州商会", owner=cast.owner)


def visit_of(cast):
    unit = unit_of(cast)
    visit = make_visit(unit, make_person(unit), user=cast.owner, on=date(2026, 11, 20))
    return {"pk": visit.pk}


def visit_with_another_face(cast):
    kwargs = visit_of(cast)
    make_person(Visit.objects.get(**kwargs).unit, "杨茵")
    return kwargs


def asking(_cast, kwargs):
    secretary = Visit.objects.get(**kwargs).unit.persons.get(name="杨茵")
    return {"version": "1", "persons": [secretary.pk], "reason": "The secretary came"}


def one_unit(cast):
    unit_of(cast)
    return {}


def calling(_cast, _kwargs):
    return {"key": str(uuid4()), "unit": KeyAccount.objects.get(name="泉州商会").pk, "outcome": "reached"}


def correcting(_cast, kwargs):
    visit = Visit.objects.get(**kwargs)
    met = list(visit.persons_met.values_list("person", flat=True))
    told = {"public_id": str(visit.public_id), "on": "2026-11-20", "mode": "visit"}
    return told | {"outcome": "progress", "persons": met}


def reporting(_cast, _kwargs):
    four = ("quality_reaction", "satisfaction", "competitor_use", "industry_news")
    return {"key": str(uuid4()), "version": "0"} | dict.fromkeys(four, "nothing new")


def followup_of(cast):
    form = file_followup(date(2026, 11, 20), DayEntry(summary="work", tomorrow="more"), by=cast.owner)
    return {"pk": form.pk}


def bulletin_of(cast):
    day = date(2026, 11, 20)
    return {"pk": publish_bulletin("9.8", text="lump sum", in_force_from=day, by=cast.marketing).pk}


def filing(_cast, _kwargs):
    rows = {"rows-TOTAL_FORMS": "1", "rows-INITIAL_FORMS": "0"}
    return {"key": str(uuid4()), "version": "0", "summary": "work", "tomorrow": "more"} | rows


SELLERS = "owner same_team lead manager other_team other_lead other_manager director"

ROWS = [
    Row("visits/new/", "GET", "-", f"200: {SELLERS}; 403: *"),
    Row("visits/calls/", "GET", "-", f"200: {SELLERS}; 403: *"),
    Row(
        "visits/calls/",
        "POST",
        "own",
        "302: owner manager director; 422: same_team other_team other_lead other_manager; 403: *",
        make=one_unit,
        body=calling,
    ),
    Row(
        "visits/<int:pk>/persons/",
        "GET",
        "own",
        "200: owner; 403: lead manager director marketing gm clerk; 404: *",
        make=visit_of,
    ),
    Row(
        "visits/<int:pk>/persons/",
        "POST",
        "own",
        "302: owner; 403: lead manager director marketing gm clerk; 404: *",
        make=visit_with_another_face,
        body=asking,
    ),
    Row(
        "visits/<int:pk>/photos/",
        "POST",
        "own",
        "302: owner; 403: lead manager director marketing gm clerk; 404: *",
        make=visit_of,
        body=lambda _cast, _kwargs: {"file": SimpleUploadedFile("door.png", picture())},
    ),
    Row("visits/<int:pk>/", "GET", "own", f"200: {READERS}; 404: *", make=visit_of),
    Row(
        "visits/<int:pk>/edit/",
        "GET",
        "own",
        "200: owner; 403: lead manager director marketing gm clerk; 404: *",
        make=visit_of,
    ),
    Row(
        "visits/<int:pk>/edit/",
        "POST",
        "own",
        "302: owner; 403: lead manager director marketing gm clerk; 404: *",
        make=visit_of,
        body=correcting,
    ),
    Row(
        "visits/drafts/<slug:kind>/<slug:key>/",
        "POST",
        "own drafts",
        "200: *",
        make=lambda _cast: {"kind": "visit", "key": "unit-1"},
        body=lambda _cast, _kwargs: {"summary": "half a sentence"},
    ),
    Row("sw.js", "GET", "-", "200: anonymous gone *"),
    Row("visits/<int:pk>/report/", "GET", "own", f"200: {READERS}; 404: *", make=visit_of),
    Row(
        "visits/<int:pk>/report/",
        "POST",
        "own",
        "302: owner; 403: lead manager director marketing gm clerk; 404: *",
        make=visit_of,
        body=reporting,
    ),
    Row("visits/<int:pk>/report/pdf/", "GET", "own", f"200: {READERS}; 404: *", make=visit_of),
    Row("visits/<int:pk>/record/pdf/", "GET", "own", f"200: {READERS}; 404: *", make=visit_of),
    Row("visits/", "GET", "-", "200: *"),
    Row("followups/", "GET", "-", "200: *"),
    Row("followups/new/", "GET", "-", f"200: {SELLERS}; 403: *"),
    Row("followups/new/", "POST", "own", f"302: {SELLERS}; 403: *", body=filing),
    Row("followups/<int:pk>/", "GET", "own", f"200: {READERS}; 404: *", make=followup_of),
    Row("followups/<int:pk>/pdf/", "GET", "own", f"200: {READERS}; 404: *", make=followup_of),
    Row("bulletins/", "GET", "-", "403: admin; 200: *"),
    Row("bulletins/new/", "GET", "-", "200: marketing clerk; 403: *"),
    Row(
        "bulletins/new/",
        "POST",
        "-",
        "302: marketing clerk; 403: *",
        body=lambda _cast, _kwargs: {"title": "9.8", "text": "lump sum", "in_force_from": "2026-11-20"},
    ),
    Row("bulletins/<int:pk>/read/", "POST", "published", "403: admin; 302: *", make=bulletin_of),
    Row("bulletins/<int:pk>/withdraw/", "GET", "published", "200: marketing clerk; 403: *", make=bulletin_of),
    Row(
        "bulletins/<int:pk>/withdraw/",
        "POST",
        "published",
        "302: marketing clerk; 403: *",
        make=bulletin_of,
        body=lambda _cast, _kwargs: {"reason": "wrong date"},
    ),
    Row("visits/quotas/", "GET", "-", f"200: {SELLERS} marketing gm clerk; 403: *"),
    Row("visits/daily/", "GET", "-", f"200: {SELLERS} marketing gm clerk; 403: *"),
    Row("visits/contact-sheet/", "GET", "-", f"200: {SELLERS} marketing gm clerk; 403: *"),
]
