"""One's own page and sessions: everybody's own, nobody else's."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from kam.people.models import SessionRecord
from kam.people.services.absences import AbsencePlan, add_absence
from kam.people.services.handovers import prepare_handover
from kam.people.terms import AbsenceKind
from tests.conftest import Cast
from tests.factories.accounts import make_person, make_unit
from tests.permissions.row import Row


def session_of_owner(cast: Cast) -> dict[str, Any]:
    now = timezone.now()
    record = SessionRecord.objects.create(user=cast.owner, session_key="x" * 32, started_at=now, seen_at=now)
    return {"pk": record.pk}


def preferences(_cast: Cast, _kwargs: Any) -> dict[str, str]:
    return {"language": "zh-hans", "time_zone": "Asia/Shanghai"}


def person_of_owner(cast: Cast) -> dict[str, Any]:
    return {"pk": make_person(make_unit(owner=cast.owner), mobile="13812345678").pk}


def with_kind(make: Any) -> Any:
    return lambda cast: {"kind": "accounts.person"} | make(cast)


def why(_cast: Cast, _kwargs: Any) -> dict[str, str]:
    return {"reason": "asked by the unit"}


WITH_REASON = "200: owner manager director gm; 403: lead marketing clerk; 404: *"
WITHOUT = "200: owner manager; 422: director gm; 403: lead marketing clerk; 404: *"

ROWS = [
    Row("first/", "GET", "no key", "404: * anonymous gone"),
    Row("first/", "POST", "somebody is there", "404: * anonymous gone"),
    Row("people/", "GET", "names and posts", "200: *"),
    Row(
        "people/unmask/<str:kind>/<int:pk>/",
        "POST",
        "of owner",
        WITH_REASON,
        make=with_kind(person_of_owner),
        body=why,
    ),
    Row("people/unmask/<str:kind>/<int:pk>/", "POST", "no reason", WITHOUT, make=with_kind(person_of_owner)),
    Row("persons/<int:pk>/unmask/", "POST", "of owner", WITH_REASON, make=person_of_owner, body=why),
    Row("persons/<int:pk>/unmask/", "POST", "no reason", WITHOUT, make=person_of_owner),
    Row(
        "people/unmask/<str:kind>/<int:pk>/",
        "POST",
        "unknown kind",
        "404: *",
        make=lambda _cast: {"kind": "nothing", "pk": 1},
    ),
    Row("me/", "GET", "-", "200: *"),
    Row("me/", "POST", "-", "302: *", body=preferences),
    Row("me/sessions/", "GET", "-", "200: *"),
    Row("me/sessions/end/", "POST", "-", "302: *"),
    Row("me/sessions/<int:pk>/end/", "POST", "session of owner", "302: owner; 404: *", make=session_of_owner),
]


def absence_of_manager(cast: Cast) -> dict[str, Any]:
    plan = AbsencePlan(AbsenceKind.LEAVE, date(2026, 12, 1), date(2026, 12, 5), cast.lead)
    return {"pk": add_absence(cast.manager, plan, by=cast.manager).pk}


def tomorrow(_cast: Cast, _kwargs: Any) -> dict[str, str]:
    day = (timezone.localdate() + timedelta(days=1)).isoformat()
    return {"kind": "leave", "started_on": day, "ended_on": day}


ROWS += [
    Row("me/absences/", "GET", "-", "200: *"),
    Row("me/absences/", "POST", "own", "302: *", body=tomorrow),
    Row(
        "me/absences/<int:pk>/confirm/",
        "POST",
        "manager's, by lead",
        "302: director; 403: manager lead marketing gm; 404: *",
        make=absence_of_manager,
    ),
    Row(
        "me/absences/<int:pk>/cancel/",
        "POST",
        "manager's, by lead",
        "302: manager director; 403: lead marketing gm; 404: *",
        make=absence_of_manager,
    ),
]


def handover_of_owner(cast: Cast) -> dict[str, Any]:
    return {"pk": prepare_handover(cast.owner, by=cast.manager).pk}


ROWS += [
    Row("people/handovers/", "GET", "-", "200: *"),
    Row("people/handovers/new/", "GET", "-", "302: manager other_manager director gm; 403: *"),
    Row(
        "people/handovers/new/",
        "POST",
        "of owner",
        "302: manager director gm; 403: *",
        body=lambda cast, _k: {"person": cast.owner.pk},
    ),
    Row(
        "people/handovers/<int:pk>/",
        "GET",
        "of owner",
        "200: owner manager director marketing gm; 404: *",
        make=handover_of_owner,
    ),
    Row(
        "people/handovers/<int:pk>/",
        "POST",
        "of owner, by manager",
        "302: manager; 403: owner director marketing gm; 404: *",
        make=handover_of_owner,
        body=lambda cast, _k: {"all": cast.lead.pk, "reason": "leaves"},
    ),
    Row(
        "people/handovers/<int:pk>/cancel/",
        "POST",
        "of owner, by manager",
        "302: manager; 403: owner director marketing gm; 404: *",
        make=handover_of_owner,
    ),
    Row(
        "people/handovers/<int:pk>/sheet/",
        "GET",
        "of owner",
        "200: owner manager director marketing gm; 404: *",
        make=handover_of_owner,
    ),
]
