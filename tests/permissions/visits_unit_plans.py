"""The plan of a unit: whoever opens the record."""

from typing import Any

from tests.conftest import Cast
from tests.factories.accounts import make_unit
from tests.permissions.row import Row


def unit(cast: Cast) -> dict[str, Any]:
    return {"pk": make_unit(owner=cast.owner).pk, "span": "month"}


READ = "200: owner lead manager director marketing gm clerk; 404: *"
ROWS = [
    Row("accounts/<int:pk>/plan/<str:span>/", "GET", "of owner", READ, make=unit),
    Row("accounts/<int:pk>/plan/<str:span>/sheet.pdf", "GET", "of owner", READ, make=unit),
]
