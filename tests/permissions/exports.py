"""Asking for a file that the director approves first. These are its doors; tests/kam/exports goes through them."""

from typing import Any

from tests.conftest import Cast
from tests.permissions.row import Row


def _units(_cast: Cast) -> dict[str, Any]:
    return {"list_key": "accounts.units", "file_format": "csv"}


def _nothing(_cast: Cast) -> dict[str, Any]:
    return {"list_key": "none", "file_format": "csv"}


def _reason(_cast: Cast, _kwargs: Any) -> dict[str, str]:
    return {"reason": "Season's greetings"}


ROUTE = "exports/ask/<str:list_key>/<str:file_format>/"
# Whoever may export is led on: to the file when it is small, else to the password. Nobody gets a page without it.
MAY = "302: owner same_team lead manager other_team other_lead other_manager director clerk anonymous gone; 403: *"
ROWS = [
    Row(ROUTE, "GET", "list of units", MAY, make=_units),
    Row(ROUTE, "POST", "list of units", MAY, make=_units, body=_reason),
    Row(ROUTE, "GET", "no such list", "404: *", make=_nothing),
]
