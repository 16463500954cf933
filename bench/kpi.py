"""P7 and P8: what KPI costs beside the plain statements under it, in one run, so that the machine's mood cancels out.

The dashboard is asked with its sums kept (ADR 0021), and once more after a call each; the plain sums are what it would read without.
"""

import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection, transaction

from accounts.contacts.models import Contact
from accounts.contacts.terms import ContactChannel
from accounts.units.models import KeyAccount
from bench.measure import Cost, Meter, Visitor, page
from bench.report import Measured
from kam.core.clock import business_date
from kam.core.periods import Period, month_of
from kpi.dashboards.selectors import _OTHERS, MONTHS, TILES, TRENDS
from kpi.measures.registry import all_measures, measure
from kpi.measures.rules import months_before
from kpi.rollup.rules import Redo, ready_months, what_to_redo
from kpi.rollup.services import freshen, rebuild
from kpi.rollup.terms import KEPT
from kpi.rollup.verify import compare
from kpi.sheets.models import Sheet, Waiver
from kpi.sheets.rules import open_lines
from kpi.sheets.selectors import score_live
from kpi.sheets.services import open_sheets

ROUNDS = 5
DASHBOARD, MOST = "/kpi/?of=department", 8


def kpi_rows(meter: Meter, director: Visitor, hello: float) -> list[Measured]:
    """The department's month, kept and touched; all sums anew; everybody's sheet of last month; each beside the plain sums under it."""
    freshen([month_of(day) for day in ready_months(business_date())])
    (kept,) = meter.together(page(director, DASHBOARD, "<main"))
    (touched,) = meter.together(_after_a_call(director))
    raw, told = raw_dashboard_ms(), scoring()
    figures, behind = told.figures / told.plain, told.with_rows / told.plain
    return [
        Measured(
            "P7 dashboard of the department", "SQL ≤ 1.5 × its plain sums", kept.sql_ms / raw <= 1.5,
            f"{kept.sql_ms / raw:.3f} × ({raw:.0f} ms)", kept,
        ),
        _in_units("P7 the same page", kept, hello),
        _in_units("P7 dashboard after a call each", touched, hello),
        *_sums(),
        Measured(
            f"P8 figures of a month's close, {told.sheets:,} sheets", "≤ 1.5 × the same figures read plainly", figures <= 1.5,
            f"{figures:.2f} ×; with the rows behind, for the seal, {behind:.2f} ×", None,
        ),
    ]  # fmt: skip


def _in_units(name: str, cost: Cost, hello: float) -> Measured:
    units = cost.cpu_ms / hello
    return Measured(name, f"≤ {MOST} A", units <= MOST, f"{units:.1f} A", cost)


def _after_a_call(director: Visitor) -> Callable[[], str]:
    """Ask the page after somebody logged a call: a mark of a person and this month stands against what is kept."""
    units = iter(KeyAccount.objects.exclude(owner=None).order_by("pk")[:500])
    ask = page(director, DASHBOARD, "<main")

    def send() -> str:
        unit = next(units)
        told = {"channel": ContactChannel.CALL, "called": True, "outcome": "回电", "by_id": unit.owner_id}
        Contact.objects.create(unit=unit, on=business_date(), **told)
        return ask()

    return send


def _sums() -> list[Measured]:
    """All sums of thirteen months anew beside the plain ones, and what comparing each with its rows says."""
    months = ready_months(business_date())
    work = what_to_redo((), {}, dict.fromkeys(KEPT, months))
    anew, plain = _median(lambda: rebuild(months)), _median(lambda: _plainly(work))
    found = compare()
    same = "each is its rows to the last cent" if found.first is None else f"wrong: {found.first}"
    return [
        Measured(
            f"P8 every sum of {len(months)} months anew", "≤ 1.5 × the same sums read plainly", anew / plain <= 1.5,
            f"{anew / plain:.2f} × ({anew:.0f} ms)", None,
        ),
        Measured(f"P7 {found.compared} sums compared", "each is what its rows come to", found.first is None, same, None),
    ]  # fmt: skip


def _plainly(work: Iterable[Redo]) -> None:
    for redo in work:
        facts = measure(redo.measure).facts
        _ask(
            f"select person, date_trunc('month', day), sum(amount), count(*) from ({facts}) f group by 1, 2",
            redo.period,
        )


def raw_dashboard_ms() -> float:
    """Return what the plain sums of the department's month cost: every tile in three months, every trend over twelve."""
    month = month_of(business_date())
    before = month_of(month.first - timedelta(days=1))
    ago = months_before(month, MONTHS + 1)[0]
    year = Period(months_before(month, MONTHS)[0].first, month.last)
    asked = [(key, period) for key in (*TILES, *_OTHERS) for period in (month, before, ago)]
    return _median(lambda: _plain_sums([*asked, *((key, year) for key in TRENDS)]))


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
        fill(sheets, month)
        figures = _median(lambda: score_live(sheets, month))
        with_rows = _median(lambda: score_live(sheets, month, with_facts=True))
        plain = _median(lambda: _groups(month))
        transaction.set_rollback(True)
    return Scoring(len(sheets), figures, with_rows, plain)


def fill(sheets: list[Sheet], month: Period) -> None:
    """Leave out what cannot be assessed, as an assessor would, so that every sheet could be sealed."""
    for pk, shown in score_live(sheets, month).items():
        Waiver.objects.bulk_create(
            Waiver(sheet_id=pk, indicator=key, reason="bench", by_id=shown.sheet.user_id)
            for key in open_lines(shown.result)
        )


def _groups(month: Period) -> None:
    for key in all_measures():
        _ask(f"select person, sum(amount), count(*) from ({measure(key).facts}) f group by person", month)


def _plain_sums(asked: Iterable[tuple[str, Period]]) -> None:
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
