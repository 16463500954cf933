"""A draft is its author's alone; what was handed in is read as figures are; strategy by managers and above."""

from datetime import date
from typing import Any

from kam.core.periods import month_of
from kpi.measures.rules import year_of
from kpi.writings.models import Writing
from kpi.writings.services import begin
from kpi.writings.terms import Kind
from tests.conftest import Cast
from tests.permissions.row import Row


def draft(cast: Cast) -> dict[str, Any]:
    return {"pk": begin(Kind.MARKET, month_of(date(2026, 6, 1)), by=cast.owner).pk}


def written(cast: Cast) -> dict[str, Any]:
    made = draft(cast)
    Writing.objects.get(**made).sections.update(text="回访完成")
    return made


def handed(cast: Cast) -> dict[str, Any]:
    made = written(cast)
    Writing.objects.filter(**made).update(state="handed_in", handed_in_at="2026-07-04T04:00:00Z")
    return made


def strategy(cast: Cast) -> dict[str, Any]:
    made = begin(Kind.STRATEGY, year_of(date(2026, 1, 1)), by=cast.director)
    Writing.objects.filter(pk=made.pk).update(state="handed_in", handed_in_at="2026-02-04T04:00:00Z")
    return {"pk": made.pk}


def body(**told: str) -> Any:
    return lambda _cast, _kwargs: told


OWN = "{}: owner; 404: *"
READ = "200: owner lead manager director marketing gm clerk hr; 404: *"
ONE = "kpi/writings/<int:pk>/"
ROWS = [
    Row("kpi/writings/", "GET", "-", "403: finance admin; 200: *"),
    Row("kpi/writings/new/", "GET", "-", "403: marketing gm clerk hr finance admin; 200: *"),
    Row(
        "kpi/writings/new/",
        "POST",
        "-",
        "403: marketing gm clerk hr finance admin; 302: *",
        body=body(kind="market", period="2026-06"),
    ),
    Row(ONE, "GET", "draft", OWN.format(200), make=draft),
    Row(ONE, "GET", "handed", READ, make=handed),
    Row(ONE, "GET", "strategy", "200: manager other_manager director marketing gm; 404: *", make=strategy),
    Row(f"{ONE}writing.pdf", "GET", "handed", READ, make=handed),
    Row(f"{ONE}edit/", "GET", "draft", OWN.format(200), make=draft),
    Row(f"{ONE}edit/", "POST", "draft", OWN.format(302), make=draft, body=body(version="1", month="回访完成")),
    Row(f"{ONE}hand-in/", "POST", "written", OWN.format(302), make=written, body=body(version="1")),
    Row(f"{ONE}read/", "GET", "handed", "200: manager director gm; 403: owner lead marketing clerk hr; 404: *", make=handed),
    Row(f"{ONE}read/", "POST", "handed", "302: manager director gm; 403: owner lead marketing clerk hr; 404: *",
        make=handed, body=body(remark="继续跟进")),
]  # fmt: skip
