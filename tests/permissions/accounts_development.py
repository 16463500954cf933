"""Phases, steps and SWOT, with their unit."""

from typing import Any

from tests.conftest import Cast
from tests.factories.accounts import make_unit
from tests.permissions.row import Row

READ = "200: owner lead manager director marketing gm clerk; 404: *"
FORM = "200: owner manager director; 403: lead marketing gm clerk; 404: *"
DONE = "302: owner manager director; 403: lead marketing gm clerk; 404: *"


def unit(cast: Cast) -> dict[str, Any]:
    return {"unit_pk": make_unit("泉州商会", owner=cast.owner, phase=3).pk}


def back(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return {"to": "2", "seen": "0", "reason": "the president retired"}


ROWS = [
    Row("accounts/phases/", "GET", "-", "403: finance hr admin; 200: *"),
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
]
