"""Campaigns are the department's: everybody sees what was handed in, a draft only planners and its people."""

from datetime import date
from typing import Any

from campaigns.campaigns.models import Phase, ScheduleLine
from campaigns.campaigns.terms import PartKind
from kam.approvals.routes import load_default_routes
from tests.conftest import Cast
from tests.factories.campaigns import make_campaign
from tests.permissions.row import Row

EVERYBODY = "200: *"
DRAFT = "200: owner manager other_manager director marketing; 404: *"


def running(_cast: Cast) -> dict[str, Any]:
    return {"pk": make_campaign().pk}


def draft(cast: Cast) -> dict[str, Any]:
    return {"pk": make_campaign(state="draft", coordinator=cast.owner).pk}


ROWS = [
    Row("campaigns/", "GET", "-", EVERYBODY),
    Row("campaigns/<int:pk>/", "GET", "running", EVERYBODY, make=running),
    Row("campaigns/<int:pk>/", "GET", "draft", DRAFT, make=draft),
]

PLANNERS = "{}: manager other_manager director; 403: *"
COPY = {"code": "new-one", "name": "新", "window_from": "2027-05-15", "window_to": "2027-07-15"}


def own_draft(cast: Cast) -> dict[str, Any]:
    load_default_routes()
    return {"pk": make_campaign(state="draft", coordinator=cast.manager, drafted_by=cast.manager).pk}


ROWS += [
    Row("campaigns/<int:pk>/copy/", "GET", "running", PLANNERS.format(200), make=running),
    Row(
        "campaigns/<int:pk>/copy/",
        "POST",
        "running",
        PLANNERS.format(302),
        make=running,
        body=lambda _c, _k: COPY,
    ),
    Row(
        "campaigns/<int:pk>/submit/",
        "POST",
        "draft",
        "302: manager; 403: other_manager director marketing; 404: *",
        make=own_draft,
        body=lambda _c, _k: {"version": "1"},
    ),
    Row(
        "campaigns/<int:pk>/close/",
        "POST",
        "running",
        "302: director; 403: *",
        make=running,
        body=lambda _c, _k: {"version": "1"},
    ),
]


def coordinated(cast: Cast) -> dict[str, Any]:
    return {"pk": make_campaign(coordinator=cast.owner).pk}


def with_line(cast: Cast) -> dict[str, Any]:
    """A running campaign that owner coordinates, with a line that same_team answers for."""
    campaign = make_campaign(coordinator=cast.owner)
    line = ScheduleLine.objects.create(campaign=campaign, place=1, text="印折页", owner=cast.same_team)
    return {"pk": campaign.pk, "kind": PartKind.LINE, "part": line.pk}


def with_phase(cast: Cast) -> dict[str, Any]:
    """A draft that owner coordinates, with a phase."""
    campaign = make_campaign(state="draft", coordinator=cast.owner)
    phase = Phase.objects.create(campaign=campaign, place=1, name="巡展期", starts_on=date(2026, 6, 1))
    return {"pk": campaign.pk, "kind": PartKind.PHASE, "part": phase.pk}


def draft_line(cast: Cast) -> dict[str, Any]:
    return {"pk": make_campaign(state="draft", coordinator=cast.owner).pk, "kind": PartKind.LINE}


LINE = {"text": "印折页", "version": "1"}
PHASE = {"name": "巡展期", "starts_on": "2026-06-01", "version": "1"}
#: A draft is hidden from all others; marketing sees it and plans nothing.
PLAN = "{}: owner manager other_manager director; 403: marketing; 404: *"
RUN = "{}: owner manager other_manager director; 403: *"
NEW, PART = (
    "campaigns/<int:pk>/<campaignpart:kind>/new/",
    "campaigns/<int:pk>/<campaignpart:kind>/<int:part>/",
)

ROWS += [
    Row("campaigns/new/", "GET", "-", PLANNERS.format(200)),
    Row("campaigns/new/", "POST", "-", PLANNERS.format(302), body=lambda _c, _k: COPY),
    Row("campaigns/<int:pk>/edit/", "GET", "draft", PLAN.format(200), make=draft),
    Row(
        "campaigns/<int:pk>/edit/",
        "POST",
        "draft",
        PLAN.format(302),
        make=draft,
        body=lambda _c, _k: {"name": "秋季", "version": "1"},
    ),
    Row("campaigns/<int:pk>/edit/", "GET", "running", "403: *", make=coordinated),
    Row(NEW, "GET", "draft", PLAN.format(200), make=draft_line),
    Row(NEW, "POST", "draft", PLAN.format(302), make=draft_line, body=lambda _c, _k: LINE),
    Row(PART, "GET", "draft", PLAN.format(200), make=with_phase),
    Row(PART, "POST", "draft", PLAN.format(302), make=with_phase, body=lambda _c, _k: PHASE),
    Row(PART, "GET", "running", RUN.format(200), make=with_line),
    Row(PART, "POST", "running", RUN.format(302), make=with_line, body=lambda _c, _k: LINE),
    Row(
        PART + "remove/",
        "POST",
        "draft",
        PLAN.format(302),
        make=with_phase,
        body=lambda _c, _k: {"version": "1"},
    ),
    Row(PART + "remove/", "POST", "running", "403: *", make=with_line, body=lambda _c, _k: {"version": "1"}),
    Row(
        "campaigns/<int:pk>/line/<int:part>/done/",
        "POST",
        "running",
        "302: owner same_team manager other_manager director; 403: *",
        make=lambda cast: {name: value for name, value in with_line(cast).items() if name != "kind"},
        body=lambda _c, _k: {"done": "1"},
    ),
]
