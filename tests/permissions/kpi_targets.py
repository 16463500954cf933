"""Targets are read as figures are; manager and director set them; the person may ask for a change."""

import json
from typing import Any

from tests.conftest import Cast
from tests.factories.kpi import make_target
from tests.permissions.row import Row


def own(cast: Cast) -> dict[str, Any]:
    return {"pk": make_target(1200, person=cast.owner).pk}


def of_department(_cast: Cast) -> dict[str, Any]:
    return {"pk": make_target(1200).pk}


def set_own(cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return {"year": "2026", "measure": "sales.actual", "person": cast.owner.pk, "amount": "1200"}


def in_a_file(cast: Cast, _kwargs: Any) -> dict[str, Any]:
    cells = {"year": "2026", "measure": "sales.actual", "person": cast.owner.staff_number, "amount": "1200"}
    return {"rows": json.dumps([[2, cells]])}


def change(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return {"month": "2026-06-01", "amount": "80", "reason": "延期"}


SEEN = "200: owner lead manager director marketing gm clerk hr; 404: *"
ASK = "{}: owner manager director; 403: lead marketing gm clerk hr; 404: *"
TARGET = "kpi/targets/<int:pk>/"
ROWS = [
    Row("kpi/targets/", "GET", "-", "403: finance admin; 200: *"),
    Row("kpi/targets/new/", "GET", "-", "200: manager other_manager director; 403: *"),
    Row("kpi/targets/new/", "POST", "own", "302: manager director; 422: other_manager; 403: *", body=set_own),
    Row("kpi/targets/import/", "GET", "-", "200: manager other_manager director; 403: *"),
    Row(
        "kpi/targets/import/",
        "POST",
        "own",
        "302: manager director; 422: other_manager; 403: *",
        body=in_a_file,
    ),
    Row("kpi/targets/template.xlsx", "GET", "-", "200: manager other_manager director; 403: *"),
    Row(TARGET, "GET", "own", SEEN, make=own),
    Row(TARGET, "GET", "department's", "200: director marketing gm clerk hr; 404: *", make=of_department),
    Row(f"{TARGET}change/", "GET", "own", ASK.format(200), make=own),
    Row(f"{TARGET}change/", "POST", "own", ASK.format(302), make=own, body=change),
]
