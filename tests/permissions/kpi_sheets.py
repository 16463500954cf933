"""Scores decide pay: the person, the manager of the team, director, general manager and HR read them; nobody else knows of them."""

from typing import Any

from tests.conftest import Cast
from tests.factories.kpi import make_sheet
from tests.permissions.row import Row


def own(cast: Cast) -> dict[str, Any]:
    return {"pk": make_sheet(cast.owner).pk}


def managers(cast: Cast) -> dict[str, Any]:
    return {"pk": make_sheet(cast.manager).pk}


def directors(cast: Cast) -> dict[str, Any]:
    return {"pk": make_sheet(cast.director).pk}


def closed(cast: Cast) -> dict[str, Any]:
    sheet = make_sheet(cast.owner)
    type(sheet).objects.filter(pk=sheet.pk).update(state="closed")
    return {"pk": sheet.pk}


def to_waive(cast: Cast) -> dict[str, Any]:
    return own(cast) | {"key": "sales"}


def reviewed(cast: Cast) -> dict[str, Any]:
    sheet = make_sheet(cast.owner)
    type(sheet).objects.filter(pk=sheet.pk).update(self_review="x")
    return {"pk": sheet.pk}


def body(**told: str) -> Any:
    return lambda _cast, _kwargs: told


READ = "200: owner manager director gm hr; 404: *"
OWN = "{}: owner; 403: manager director gm hr; 404: *"
ASSESS = "{}: manager director; 403: owner gm hr; 404: *"
SAY = "{}: owner manager director hr; 403: gm; 404: *"
GRADES = {"version": "1", "grade_skill": "4", "evidence_skill": "拜访记录齐全"}
SHEET = "kpi/sheets/<int:pk>/"

ROWS = [
    Row("kpi/schemes/", "GET", "-", "403: finance admin; 200: *"),
    Row("kpi/sheets/", "GET", "-", "403: finance admin marketing clerk; 200: *"),
    Row("kpi/sheets/table.pdf", "GET", "-", "403: finance admin marketing clerk; 200: *"),
    Row("kpi/sheets/close/", "POST", "-", "302: director hr; 403: *", body=body(period="2026-06")),
    Row(SHEET, "GET", "own", READ, make=own),
    Row(SHEET, "GET", "manager's", "200: manager director gm hr; 404: *", make=managers),
    Row(SHEET, "GET", "director's", "200: director gm hr; 404: *", make=directors),
    Row(f"{SHEET}sheet.pdf", "GET", "own", READ, make=own),
    Row(f"{SHEET}late/", "GET", "closed", READ, make=closed),
    Row(f"{SHEET}review/", "GET", "own", OWN.format(200), make=own),
    Row(f"{SHEET}review/", "POST", "own", OWN.format(302), make=own, body=body(version="1", text="回访完成")),
    Row(f"{SHEET}submit/", "POST", "reviewed", OWN.format(302), make=reviewed, body=body(version="1")),
    Row(f"{SHEET}rate/", "GET", "own", ASSESS.format(200), make=own),
    Row(f"{SHEET}rate/", "POST", "own", ASSESS.format(302), make=own, body=body(**GRADES)),
    Row(f"{SHEET}rate/", "GET", "manager's", "200: director; 403: manager gm hr; 404: *", make=managers),
    Row(f"{SHEET}rate/", "GET", "director's", "200: gm; 403: director hr; 404: *", make=directors),
    Row(f"{SHEET}waive/<str:key>/", "GET", "own", ASSESS.format(200), make=to_waive),
    Row(f"{SHEET}waive/<str:key>/", "POST", "own", ASSESS.format(302), make=to_waive, body=body(version="1", reason="没有目标")),
    Row(f"{SHEET}comment/", "GET", "own", SAY.format(200), make=own),
    Row(f"{SHEET}comment/", "POST", "own", SAY.format(302), make=own, body=body(text="客户换了人")),
    Row(f"{SHEET}sign/", "POST", "closed", OWN.format(302), make=closed),
    Row(f"{SHEET}correct/", "GET", "closed", SAY.format(200), make=closed),
]  # fmt: skip
