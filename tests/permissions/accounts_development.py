"""Phases, steps and SWOT, with their unit."""

from typing import Any

from accounts.development.models import AccountPlan
from kam.approvals.routes import load_default_routes
from tests.conftest import Cast
from tests.factories.accounts import make_unit
from tests.permissions.row import Row

READ = "200: owner lead manager director marketing gm clerk; 404: *"
FORM = "200: owner manager director; 403: lead marketing gm clerk; 404: *"
DONE = "302: owner manager director; 403: lead marketing gm clerk; 404: *"


def unit(cast: Cast) -> dict[str, Any]:
    return {"unit_pk": make_unit("泉州商会", owner=cast.owner, phase=3).pk}


def draft(cast: Cast) -> dict[str, Any]:
    told = unit(cast)
    AccountPlan.objects.create(unit_id=told["unit_pk"], revision=1, author=cast.owner, vision="x")
    return told


def in_force(cast: Cast) -> dict[str, Any]:
    told = unit(cast)
    AccountPlan.objects.create(
        unit_id=told["unit_pk"], revision=1, author=cast.owner, state="approved", approved_on="2026-06-01"
    )
    return told


def waiting(cast: Cast) -> dict[str, Any]:
    """A plan that can be submitted."""
    load_default_routes()
    told = draft(cast)
    plan = AccountPlan.objects.get()
    plan.goals.create(place=0, title="y", due_on="2027-01-01")
    plan.actions.create(place=0, text="z", owner=cast.owner, due_on="2027-01-01")
    return told


def written(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    counts = {f"{p}-{n}_FORMS": "0" for p in ("goal", "action") for n in ("TOTAL", "INITIAL")}
    return {"seen": "1", "vision": "x", "review_days": "90"} | counts


def back(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return {"to": "2", "seen": "0", "reason": "the president retired"}


ROWS = [
    Row("accounts/phases/", "GET", "-", "403: finance hr admin; 200: *"),
    Row("accounts/phases/help/", "GET", "-", "403: finance hr admin; 200: *"),
    Row("accounts/<int:unit_pk>/phase/", "POST", "own", DONE, make=unit, body=back),
    Row(
        "accounts/<int:unit_pk>/phase/",
        "POST",
        "own, overridden",
        "302: manager director; 403: owner lead marketing gm clerk; 404: *",
        make=unit,
        body=lambda _c, _k: {"to": "5", "seen": "0", "override": "1", "reason": "said so in person"},
    ),
    Row("accounts/<int:unit_pk>/development/", "GET", "own", READ, make=unit),
    Row("accounts/<int:unit_pk>/swot/edit/", "GET", "own", FORM, make=unit),
    Row(
        "accounts/<int:unit_pk>/swot/edit/",
        "POST",
        "own",
        DONE,
        make=unit,
        body=lambda _c, _k: {"seen": "0", "strengths": "near"},
    ),
    Row("accounts/<int:unit_pk>/plan/", "GET", "own", READ, make=in_force),
    Row("accounts/<int:unit_pk>/plan.pdf", "GET", "own", READ, make=in_force),
    Row("accounts/<int:unit_pk>/plan/begin/", "POST", "own", DONE, make=in_force),
    Row("accounts/<int:unit_pk>/plan/edit/", "GET", "own", FORM, make=draft),
    Row("accounts/<int:unit_pk>/plan/edit/", "POST", "own", DONE, make=draft, body=written),
    Row(
        "accounts/<int:unit_pk>/plan/submit/",
        "POST",
        "own",
        DONE,
        make=waiting,
        body=lambda _c, _k: {"seen": "1"},
    ),
    Row("accounts/<int:unit_pk>/plan/review/", "GET", "own", FORM, make=in_force),
    Row(
        "accounts/<int:unit_pk>/plan/review/",
        "POST",
        "own",
        DONE,
        make=in_force,
        body=lambda _c, _k: {"conclusion": "on the way"},
    ),
]
