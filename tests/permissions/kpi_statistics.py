"""Statistics are opened as reports are; what was handed in is of the department: the clerk's and the heads'."""

from datetime import UTC, date, datetime
from typing import Any

from kam.core.periods import month_of
from kpi.statistics.services import hand_in
from tests.conftest import Cast
from tests.permissions.row import Row


def handed(cast: Cast) -> dict[str, Any]:
    now = datetime(2026, 6, 3, 4, 0, tzinfo=UTC)
    made = hand_in(month_of(date(2026, 5, 1)), revision=1, note="补录", by=cast.clerk, now=now)
    return {"pk": made.pk}


def told(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return {"month": "2026-05", "revision": "1"}


READERS = "clerk director marketing gm"
ONE = "reports/statistics/<int:pk>/"
HAND_IN = "reports/statistics/hand-in/"
ROWS = [
    Row("reports/statistics/", "GET", "-", "403: admin; 200: *"),
    Row("reports/statistics/handed-in/", "GET", "-", f"200: {READERS}; 403: *"),
    Row(HAND_IN, "GET", "-", "200: clerk; 403: *"),
    Row(HAND_IN, "POST", "-", "302: clerk; 403: *", body=told),
    Row(ONE, "GET", "handed", f"200: {READERS}; 404: *", make=handed),
    Row(f"{ONE}statistics.pdf", "GET", "handed", f"200: {READERS}; 404: *", make=handed),
    Row(f"{ONE}read/", "GET", "handed", "200: director gm; 403: clerk marketing; 404: *", make=handed),
    Row(f"{ONE}read/", "POST", "handed", "302: director gm; 403: clerk marketing; 404: *", make=handed,
        body=lambda _cast, _kwargs: {"remark": "继续跟进"}),
]  # fmt: skip
