"""Complaints, service after the sale, crises: they go with their unit, and with whoever handles or leads."""

from typing import Any

from accounts.complaints.models import ChecklistStep, Complaint, Crisis
from accounts.complaints.services import Received, record_complaint
from accounts.complaints.services_crisis import give_step, open_crisis
from accounts.complaints.services_report import Evaluation, write_report
from accounts.complaints.terms import ComplaintKind, Severity
from accounts.contacts.terms import ContactChannel
from kam.core.clock import business_date
from tests.conftest import Cast
from tests.factories.accounts import make_unit
from tests.permissions.admin import admin_rows
from tests.permissions.row import Row

READ = "200: owner lead manager director marketing gm clerk; 404: *"
FORM = "200: owner manager director; 403: lead marketing gm clerk; 404: *"
DONE = "302: owner manager director; 403: lead marketing gm clerk; 404: *"
CLERK_FORM = "200: owner manager director clerk; 403: lead marketing gm; 404: *"
CLERK_DONE = "302: owner manager director clerk; 403: lead marketing gm; 404: *"
#: The unit is the owner's, the complaint is handled by a colleague of the other team.
HANDLED = "200: owner other_team lead manager director marketing gm clerk; 404: *"
ABOVE_FORM = "200: manager director; 403: owner lead marketing gm clerk; 404: *"
ABOVE_DONE = "302: manager director; 403: owner lead marketing gm clerk; 404: *"
#: The manager leads; other_team has a step in it.
CRISIS = "200: owner other_team lead manager director marketing gm clerk; 404: *"
LEADS_FORM = "200: manager director; 403: owner other_team lead marketing gm clerk; 404: *"
LEADS_DONE = "302: manager director; 403: owner other_team lead marketing gm clerk; 404: *"
STEP_FORM = "200: other_team manager director; 403: owner lead marketing gm clerk; 404: *"
STEP_DONE = "302: other_team manager director; 403: owner lead marketing gm clerk; 404: *"


def unit(cast: Cast) -> dict[str, Any]:
    return {"unit_pk": make_unit("泉州商会", owner=cast.owner).pk}


def _complaint(cast: Cast, owner: Any) -> Complaint:
    received = Received(ComplaintKind.QUALITY, Severity.SEVERE, "x", ContactChannel.CALL, business_date())
    return record_complaint(make_unit("泉州商会", owner=cast.owner), received, owner=owner, by=None)


def complaint(cast: Cast) -> dict[str, Any]:
    return {"pk": _complaint(cast, cast.owner).pk}


def reported(cast: Cast) -> dict[str, Any]:
    where, day = make_unit("泉州商会", owner=cast.owner), business_date()
    return {"pk": write_report(where, (day, day), Evaluation(4, "满意"), by=cast.owner).pk}


def handled_elsewhere(cast: Cast) -> dict[str, Any]:
    return {"pk": _complaint(cast, cast.other_team).pk}


def _crisis(cast: Cast) -> Crisis:
    crisis = open_crisis(_complaint(cast, cast.owner), leader=cast.manager, by=cast.manager)
    give_step(crisis.steps.first(), cast.other_team, by=cast.manager)  # type: ignore[arg-type]  # the checklist is not empty
    return crisis


def crisis(cast: Cast) -> dict[str, Any]:
    return {"pk": _crisis(cast).pk}


def step(cast: Cast) -> dict[str, Any]:
    return {"pk": _crisis(cast).steps.get(responsible=cast.other_team).pk}


def done_crisis(cast: Cast) -> dict[str, Any]:
    row = _crisis(cast)
    row.steps.all().delete()
    return {"pk": row.pk}


def checklist(_cast: Cast) -> int:
    return ChecklistStep.objects.create(code="planted", kind="crisis", label="演练", due_in=1).pk


def came_in(cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return {
        "severity": "other",
        "kind": "quality",
        "text": "x",
        "channel": "call",
        "received_on": "2026-03-04",
        "owner": cast.owner.pk,
    }


STEP = {"code": "new", "kind": "crisis", "role": "", "label": "新", "due_in": "1", "place": "1"}

ROWS = [
    Row("complaints/", "GET", "-", "403: finance hr admin; 200: *"),
    Row("accounts/<int:unit_pk>/complaints/new/", "GET", "own", CLERK_FORM, make=unit),
    Row("accounts/<int:unit_pk>/complaints/new/", "POST", "own", CLERK_DONE, make=unit, body=came_in),
    Row("accounts/<int:unit_pk>/service/", "GET", "own", FORM, make=unit),
    Row(
        "accounts/<int:unit_pk>/service/",
        "POST",
        "own",
        DONE,
        make=unit,
        body=lambda c, _k: {"occasion": "signing", "assignee": c.owner.pk},
    ),
    Row("accounts/<int:unit_pk>/cooperation.pdf", "GET", "own", READ, make=unit),
    Row("accounts/<int:unit_pk>/cooperation/new/", "GET", "own", FORM, make=unit),
    Row(
        "accounts/<int:unit_pk>/cooperation/new/",
        "POST",
        "own",
        DONE,
        make=unit,
        body=lambda _c, _k: {
            "first_on": "2026-01-05",
            "last_on": "2026-03-31",
            "score": "4",
            "experience": "满意",
        },
    ),
    Row("cooperation/<int:pk>.pdf", "GET", "own", READ, make=reported),
    Row("complaints/<int:pk>/", "GET", "own", READ, make=complaint),
    Row("complaints/<int:pk>/", "GET", "handled by other team", HANDLED, make=handled_elsewhere),
    Row("complaints/<int:pk>/record.pdf", "GET", "own", READ, make=complaint),
    Row("complaints/<int:pk>/move/", "GET", "own", FORM, make=complaint),
    Row(
        "complaints/<int:pk>/move/",
        "POST",
        "own",
        DONE,
        make=complaint,
        body=lambda _c, _k: {"to": "investigating", "text": "", "version": 1},
    ),
    Row("complaints/<int:pk>/judge/", "GET", "own", ABOVE_FORM, make=complaint),
    Row(
        "complaints/<int:pk>/judge/",
        "POST",
        "own",
        ABOVE_DONE,
        make=complaint,
        body=lambda _c, _k: {"verdict": "valid", "reason": "x", "version": 1},
    ),
    Row("complaints/<int:pk>/assign/", "GET", "own", ABOVE_FORM, make=complaint),
    Row(
        "complaints/<int:pk>/assign/",
        "POST",
        "own",
        ABOVE_DONE,
        make=complaint,
        body=lambda c, _k: {"owner": c.same_team.pk, "version": 1},
    ),
    Row("complaints/<int:pk>/crisis/", "GET", "own", ABOVE_FORM, make=complaint),
    Row(
        "complaints/<int:pk>/crisis/",
        "POST",
        "own",
        ABOVE_DONE,
        make=complaint,
        body=lambda c, _k: {"leader": c.manager.pk},
    ),
    Row("crises/<int:pk>/", "GET", "own", CRISIS, make=crisis),
    Row("crises/<int:pk>/steps/", "GET", "own", LEADS_FORM, make=crisis),
    Row(
        "crises/<int:pk>/steps/",
        "POST",
        "own",
        LEADS_DONE,
        make=crisis,
        body=lambda c, _k: {"text": "x", "responsible": c.owner.pk, "due_at": "2026-12-01T10:00"},
    ),
    Row("crises/<int:pk>/say/", "GET", "own", LEADS_FORM, make=crisis),
    Row(
        "crises/<int:pk>/say/",
        "POST",
        "own",
        LEADS_DONE,
        make=crisis,
        body=lambda _c, _k: {"audience": "customer", "text": "x"},
    ),
    Row("crises/<int:pk>/close/", "GET", "own", LEADS_FORM, make=crisis),
    Row(
        "crises/<int:pk>/close/",
        "POST",
        "own, all done",
        "302: manager director; 403: owner lead marketing gm clerk; 404: *",
        make=done_crisis,
        body=lambda _c, _k: {"lesson": "x"},
    ),
    Row("crises/steps/<int:pk>/give/", "GET", "own", LEADS_FORM, make=step),
    Row(
        "crises/steps/<int:pk>/give/",
        "POST",
        "own",
        LEADS_DONE,
        make=step,
        body=lambda c, _k: {"responsible": c.same_team.pk},
    ),
    Row("crises/steps/<int:pk>/done/", "GET", "own", STEP_FORM, make=step),
    Row(
        "crises/steps/<int:pk>/done/", "POST", "own", STEP_DONE, make=step, body=lambda _c, _k: {"note": "x"}
    ),
    *admin_rows("accounts/checkliststep", see="director admin", add="director admin", make=checklist),
    Row(
        "admin/accounts/checkliststep/add/",
        "POST",
        "accounts/checkliststep",
        "302: director admin; 403: *",
        body=lambda _c, _k: STEP,
    ),
    Row(
        "admin/accounts/checkliststep/<path:object_id>/change/",
        "POST",
        "accounts/checkliststep",
        "302: director admin; 403: *",
        make=lambda c: {"object_id": str(checklist(c))},
        body=lambda _c, _k: {k: v for k, v in STEP.items() if k != "code"},
    ),
]
