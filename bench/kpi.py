"""P7 and P8: what KPI costs beside the plain statements under it, in one run, so that the machine's mood cancels out."""

import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection, transaction

from kam.core.clock import business_date
from kam.core.periods import Period, month_of
from kpi.dashboards.selectors import _OTHERS, MONTHS, TILES, TRENDS
from kpi.measures.registry import all_measures, measure
from kpi.measures.rules import months_before
from kpi.sheets.models import Sheet, Waiver
from kpi.sheets.rules import open_lines
from kpi.sheets.selectors import score_live
from kpi.sheets.services import open_sheets

ROUNDS = 5


def raw_dashboard_ms() -> float:
    """Return what the plain sums of the department's month cost: every tile in three months, every trend over twelve."""
    month = month_of(business_date())
    before = month_of(month.first - timedelta(days=1))
    ago = months_before(month, MONTHS + 1)[0]
    year = Period(months_before(month, MONTHS)[0].first, month.last)
    asked = [(key, period) for key in (*TILES, *_OTHERS) for period in (month, before, ago)]
    return _median(lambda: _sums([*asked, *((key, year) for key in TRENDS)]))


@dataclass(frozen=True, slots=True)
class Scoring:
    """Scoring everybody's sheet of last month: the figures alone, with the rows behind them, and the same figures read plainly (ms)."""

    sheets: int
    figures: float
    with_rows: float
    plain: float


def scoring() -> Scoring:
    """Measure P8 in a transaction that is taken back."""
    month = month_of(month_of(business_date()).first - timedelta(days=1))
    with transaction.atomic():
        open_sheets(month)
        sheets = list(Sheet.objects.of_period(month).live().select_related("user"))
        _fill(sheets, month)
        figures = _median(lambda: score_live(sheets, month))
        with_rows = _median(lambda: score_live(sheets, month, with_facts=True))
        plain = _median(lambda: _groups(month))
        transaction.set_rollback(True)
    return Scoring(len(sheets), figures, with_rows, plain)


def _fill(sheets: list[Sheet], month: Period) -> None:
    """Leave out what cannot be assessed, as an assessor would, so that every sheet could be sealed."""
    for pk, shown in score_live(sheets, month).items():
        Waiver.objects.bulk_create(
            Waiver(sheet_id=pk, indicator=key, reason="bench", by_id=shown.sheet.user_id)
            for key in open_lines(shown.result)
        )


def _groups(month: Period) -> None:
    for key in all_measures():
        _ask(f"select person, sum(amount), count(*) from ({measure(key).facts}) f group by person", month)


def _sums(asked: Iterable[tuple[str, Period]]) -> None:
    for key, period in asked:
        _ask(f"select person, sum(amount) from ({measure(key).facts}) f group by person", period)


def _ask(sql: str, period: Period) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"first": period.first, "last": period.last, "zone": "Asia/Shanghai"})
        cursor.fetchall()


def _median(act: Callable[[], object]) -> float:
    walls = []
    for _n in range(ROUNDS):
        started = time.perf_counter()
        act()
        walls.append((time.perf_counter() - started) * 1000)
    return statistics.median(walls)
