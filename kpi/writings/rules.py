"""Which period a writing may be about, when it is due, what is missing (S-224, S-237, S-238, S-254; docs/domain/kpi.md)."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from kam.core.periods import Period, month_of
from kpi.measures.rules import quarter_of, year_of
from kpi.scoring.rules.rates import is_on_time
from kpi.writings.terms import SECTIONS, Kind

#: “Before the 5th” includes the 5th (D-13, T-37).
DUE_DAY = 5


def period_problem(kind: Kind, period: Period, today: date) -> str:
    """Return why a writing of this kind cannot be about the period; an empty text where it can."""
    year = year_of(period.first)
    fitting = {
        Kind.MARKET: (month_of(period.first),),
        Kind.SUMMARY: (month_of(period.first), quarter_of(period.first), year),
    }
    if period not in fitting.get(kind, (year,)):
        return "length"
    if kind in fitting:
        return "" if period.first <= today else "future"
    return "" if abs(period.first.year - today.year) <= 1 else "far"


def due_on(kind: Kind, period: Period) -> date | None:
    """Return the last day on time: of a market report the 5th of the next month."""
    if kind is not Kind.MARKET:
        return None
    following = period.last.replace(day=1)
    return date(following.year + following.month // 12, following.month % 12 + 1, DUE_DAY)


def is_late(kind: Kind, period: Period, handed_in: datetime) -> bool:
    """Say whether a writing came after its day; `handed_in` is department time."""
    return kind is Kind.MARKET and not is_on_time(handed_in, period.first, due_day=DUE_DAY)


def missing_sections(kind: Kind, texts: Mapping[str, str]) -> list[str]:
    """Return the parts that say nothing yet."""
    return [key for key in SECTIONS[kind] if not texts.get(key, "").strip()]


def owes(joined_on: date, last_written: date | None, today: date) -> Period | None:
    """Return the month whose report somebody still owes: the last one, unless they came after it or have handed it in."""
    before = month_of(month_of(today).first - timedelta(days=1))
    if joined_on > before.last or (last_written is not None and last_written >= before.last):
        return None
    return before
