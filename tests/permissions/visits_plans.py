"""Week plans, single lines, preparations: own, the team's, other teams'; clerk and heads read, nobody else knows of them."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from kam.approvals.routes import load_default_routes
from kam.core.clock import business_date
from tests.conftest import Cast
from tests.factories.accounts import make_unit
from tests.factories.visits import make_line, make_plan
from tests.permissions.row import Row
from visits.plans import services
from visits.plans.models import PlanLine

#: Who has a week of their own.
PLANNERS = "owner same_team lead manager other_team other_lead other_manager director"
READERS = f"{PLANNERS} marketing gm clerk"
SEE_OWNERS = "owner lead manager director marketing gm clerk"
WRITE_OWNERS = "owner manager director"
READ = f"200: {SEE_OWNERS}; 404: *"


def _monday() -> date:
    today = business_date()
    return today - timedelta(days=today.weekday()) + timedelta(days=7)


def _wanted(code: int) -> str:
    """Codes of an act on the owner's row: who writes, who only reads (403), for whom it does not exist (404)."""
    return f"{code}: {WRITE_OWNERS}; 403: lead marketing gm clerk; 404: *"


def _line(cast: Cast) -> PlanLine:
    load_default_routes()
    return make_line(make_plan(cast.owner, _monday()), make_unit(owner=cast.owner))


def line(cast: Cast) -> dict[str, Any]:
    return {"pk": _line(cast).pk}


def taken_out(cast: Cast) -> dict[str, Any]:
    row = _line(cast)
    services.cancel_line(row, by=cast.owner)
    return {"pk": row.pk}


def prepared(cast: Cast) -> dict[str, Any]:
    return {"line": _line(cast).pk}


def plan(cast: Cast) -> dict[str, Any]:
    return {"pk": _line(cast).plan_id}


def withdrawn(cast: Cast) -> dict[str, Any]:
    found = _line(cast).plan
    found.state = "withdrawn"
    found.save()
    return {"pk": found.pk}


def supplement(cast: Cast) -> dict[str, Any]:
    found = _line(cast).plan
    found.state = "approved"
    found.save()
    return {"pk": make_line(found, make_unit(owner=cast.owner), day=found.monday + timedelta(days=2)).pk}


def last_week(cast: Cast) -> dict[str, Any]:
    for person in (cast.owner, cast.lead, cast.manager, cast.director):
        make_line(make_plan(person, _monday()), make_unit(owner=person))
    return {}


def _week(offset: int = 0) -> str:
    year, week, _day = (_monday() + timedelta(days=offset)).isocalendar()
    return f"{year}-W{week:02d}"


def own_week(_cast: Cast, _kwargs: Mapping[str, Any]) -> dict[str, Any]:
    return {"week": _week(), "goal": "Two first visits"}


def next_week(_cast: Cast, _kwargs: Mapping[str, Any]) -> dict[str, Any]:
    return {"week": _week(7)}


def new_line(_cast: Cast, _kwargs: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "week": _week(),
        "day": _monday().isoformat(),
        "half_day": "morning",
        "mode": "calls",
        "purpose": "Ten calls",
    }


def owners_line(cast: Cast, kwargs: Mapping[str, Any]) -> dict[str, Any]:
    row = PlanLine.objects.get(pk=kwargs["pk"])
    return new_line(cast, kwargs) | {"unit": row.unit_id, "mode": "visit", "version": row.version}


def elsewhere(_cast: Cast, _kwargs: Mapping[str, Any]) -> dict[str, Any]:
    return {"day": (_monday() + timedelta(days=1)).isoformat(), "half_day": "morning"}


def another_week(_cast: Cast, _kwargs: Mapping[str, Any]) -> dict[str, Any]:
    return {"day": (_monday() + timedelta(days=8)).isoformat(), "reason": "holiday"}


def a_reason(_cast: Cast, _kwargs: Mapping[str, Any]) -> dict[str, Any]:
    return {"reason": "not needed"}


def nothing_due(_cast: Cast, _kwargs: Mapping[str, Any]) -> dict[str, Any]:
    return {"week": _week(), "unit": "0", "mode": "visit", "purpose": "x"}


def an_outline(_cast: Cast, _kwargs: Mapping[str, Any]) -> dict[str, Any]:
    return {"outline": "Who signs?"}


ROWS = [
    Row("visits/week/", "GET", "own week", f"200: {READERS}; 403: *"),
    Row("visits/week/add/", "GET", "own week", f"200: {PLANNERS}; 403: *"),
    Row(
        "visits/week/add/",
        "POST",
        "own week",
        f"302: {PLANNERS}; 403: *",
        body=new_line,
    ),
    Row("visits/week/persons/", "GET", "no unit", f"200: {READERS}; 403: *"),
    Row(
        "visits/week/goal/",
        "POST",
        "own week",
        f"302: {PLANNERS}; 403: *",
        body=own_week,
    ),
    Row(
        "visits/week/copy/",
        "POST",
        "own week",
        "302: owner lead manager director; 403: marketing gm clerk finance hr admin; 422: *",
        make=last_week,
        body=next_week,
    ),
    Row(
        "visits/week/pick/",
        "POST",
        "a proposal that is gone",
        f"422: {PLANNERS}; 403: *",
        body=nothing_due,
    ),
    Row("visits/week/<int:pk>/plan.pdf", "GET", "the owner's", READ, make=plan),
    Row(
        "visits/week/<int:pk>/submit/",
        "POST",
        "the owner's",
        "302: owner; 403: lead manager director marketing gm clerk; 404: *",
        make=plan,
    ),
    Row("visits/week/<int:pk>/revise/", "POST", "the owner's", _wanted(302), make=withdrawn),
    Row("visits/week/lines/<int:pk>/", "GET", "the owner's", _wanted(200), make=line),
    Row("visits/week/lines/<int:pk>/", "POST", "the owner's", _wanted(302), make=line, body=owners_line),
    Row("visits/week/lines/<int:pk>/move/", "POST", "the owner's", _wanted(302), make=line, body=elsewhere),
    Row("visits/week/lines/<int:pk>/cancel/", "POST", "the owner's", _wanted(302), make=line, body=a_reason),
    Row("visits/week/lines/<int:pk>/restore/", "POST", "the owner's", _wanted(302), make=taken_out),
    Row(
        "visits/week/lines/<int:pk>/postpone/",
        "POST",
        "the owner's",
        _wanted(302),
        make=line,
        body=another_week,
    ),
    Row("visits/week/lines/<int:pk>/submit/", "POST", "the owner's", _wanted(302), make=supplement),
    Row("visits/day/", "GET", "own day", f"200: {READERS}; 403: *"),
    Row("visits/prepare/<int:line>/", "GET", "the owner's", READ, make=prepared),
    Row("visits/prepare/<int:line>/", "POST", "the owner's", _wanted(302), make=prepared, body=an_outline),
    Row("visits/prepare/<int:line>/sheet.pdf", "GET", "the owner's", READ, make=prepared),
    Row("visits/questions/card.pdf", "GET", "none", f"200: {READERS}; 403: *"),
    Row("visits/questions/poster.pdf", "GET", "none", f"200: {READERS}; 403: *"),
]
