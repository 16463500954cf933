"""A quarter beside its months, a year beside its quarters: sums of both sides, never averages of rates (12-decisions, 22)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kam.core.periods import Period
from kpi.measures.registry import measure
from kpi.measures.rules import name_of, parts_of
from kpi.measures.terms import Over
from kpi.schemes.labels import rate_text
from kpi.scoring.registry import TARGET, indicator
from kpi.sheets.lines import ShownLine
from kpi.sheets.models import Seal, Sheet
from kpi.sheets.rules import came_late, opened
from kpi.sheets.selectors import Shown

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PartLine:
    """A measured line with the closed parts in their order, None where one is not closed; and what came after their closing."""

    line: ShownLine
    parts: list[Row | None]
    late: Decimal | None


@dataclass(frozen=True, slots=True)
class Parts:
    """The table: heads with the sheets they lead to, and a row a line."""

    heads: list[tuple[str, Sheet | None]]
    rows: list[PartLine]


def parts_shown(shown: Shown, lines: Sequence[ShownLine]) -> Parts | None:
    """Return what closed parts came to; None for a month. One statement."""
    periods = parts_of(shown.sheet.period)
    if not periods:
        return None
    seals = _seals(shown.sheet, periods)
    told = [_told(seals.get(period)) for period in periods]
    heads = [(name_of(p), seals[p].sheet if p in seals else None) for p in periods]
    measured = [line for line in lines if line.told.top]
    return Parts(heads, [_line(line, [part.get(line.key) for part in told]) for line in measured])


def _seals(sheet: Sheet, periods: Sequence[Period]) -> dict[Period, Seal]:
    """Return the newest seal of each part."""
    inside = Sheet.objects.within(sheet.period).filter(user=sheet.user_id)
    rows = Seal.objects.filter(sheet__in=inside).select_related("sheet").order_by("seq")
    return {seal.sheet.period: seal for seal in rows if seal.sheet.period in periods}


def _told(seal: Seal | None) -> dict[str, dict[str, Any]]:
    if seal is None:
        return {}
    rows = opened(seal.result)["lines"]
    return {row["indicator"]: row | {"shown_rate": rate_text(row["rate"])} for row in rows}


def _line(line: ShownLine, parts: list[Row | None]) -> PartLine:
    amounts = [part["actual"] if part else None for part in parts]
    late = came_late(line.row["actual"], amounts) if _adds_up(line.key) else None
    return PartLine(line, parts, late)


def _adds_up(key: str) -> bool:
    """Say whether months add up to the quarter: flows do, unless they are measured against what there was at the beginning."""
    told = indicator(key)
    if measure(told.top).over is not Over.FLOW:
        return False
    return told.base in {"", TARGET} or measure(told.base).over is not Over.OPENING
