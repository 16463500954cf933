"""The briefing pack goes with its unit; the ledger of promises is open to whoever reads plans."""

from typing import Any

from tests.conftest import Cast
from tests.factories.accounts import make_unit
from tests.permissions.row import Row


def unit(cast: Cast) -> dict[str, Any]:
    return {"unit_pk": make_unit("泉州商会", owner=cast.owner).pk}


ROWS = [
    Row("promises/", "GET", "-", "403: finance hr admin; 200: *"),
    Row(
        "accounts/<int:unit_pk>/pack.pdf",
        "GET",
        "own",
        "200: owner lead manager director marketing gm clerk; 404: *",
        make=unit,
    ),
]
