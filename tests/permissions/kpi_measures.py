"""Figures are read as far as rows, and everywhere by HR, who reads the scores."""

from typing import Any

from tests.conftest import Cast
from tests.permissions.row import Row


def own(cast: Cast) -> dict[str, Any]:
    return {"key": "visits.held", "of": f"person-{cast.owner.pk}"}


def team(cast: Cast) -> dict[str, Any]:
    return {"key": "visits.held", "of": f"team-{cast.team.pk}"}


def department(_cast: Cast) -> dict[str, Any]:
    return {"key": "visits.held", "of": "department"}


ROWS = [
    Row("kpi/measures/", "GET", "-", "403: finance admin; 200: *"),
    Row(
        "kpi/facts/<str:key>/<str:of>/",
        "GET",
        "own",
        "200: owner lead manager director marketing gm clerk hr; 403: finance admin; 404: *",
        make=own,
    ),
    Row(
        "kpi/facts/<str:key>/<str:of>/",
        "GET",
        "team",
        "200: lead manager director marketing gm clerk hr; 403: finance admin; 404: *",
        make=team,
    ),
    Row(
        "kpi/facts/<str:key>/<str:of>/",
        "GET",
        "department",
        "200: director marketing gm clerk hr; 403: finance admin; 404: *",
        make=department,
    ),
]
