"""Schemes in force, and the inputs of sheets: one statement a measure for everybody at once."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kam.core.periods import Period
from kam.settings_rows.selectors import setting
from kpi.measures.rules import ByHolder, Holder
from kpi.measures.selectors import Fact, Figures, figures_of, written_facts
from kpi.schemes.models import Scheme
from kpi.schemes.registry import Marks
from kpi.schemes.rules import Line
from kpi.scoring.registry import TARGET, indicator
from kpi.targets.selectors import Plans, plans_of

LIMIT = "kpi_warning_below"


def schemes_on(day: date) -> dict[str, Scheme]:
    """Return position → scheme in force: two statements."""
    return {scheme.position: scheme for scheme in Scheme.objects.on(day).prefetch_related("lines")}


@dataclass(frozen=True, slots=True)
class Book:
    """The figures and targets of one period for everybody."""

    period: Period
    figures: Mapping[str, Figures]
    plans: Plans
    limit: str
    rows: Mapping[str, ByHolder[str]] = field(default_factory=dict)

    def counted(self, holder: Holder, keys: Iterable[str]) -> dict[str, list[str]]:
        """Return measure → the rows behind a sheet's figures, each the JSON of [ref, day, amount]; of a book that was read with them."""
        used = {key for one in keys for key in measures_of(one)}
        return {key: _in_order(self.rows[key], holder) for key in sorted(used)}

    def inputs(self, holder: Holder, keys: Iterable[str], marks: Marks) -> dict[str, Any]:
        """Return the inputs of one sheet as plain JSON, numbers as texts."""
        return {
            "first": self.period.first.isoformat(),
            "last": self.period.last.isoformat(),
            "holder": holder.key,
            "limit": self.limit,
            "lines": {key: self._line(key, holder, marks) for key in keys},
        }

    def _line(self, key: str, holder: Holder, marks: Marks) -> dict[str, Any]:
        told = indicator(key)
        line: dict[str, Any] = {}
        if told.top:
            line |= {
                "actual": str(self.figures[told.top].of(holder)),
                "facts": self.figures[told.top].count_of(holder),
            }
        if told.base == TARGET:
            planned = self.plans.of(told.top, holder)
            line["base"] = None if planned is None else str(planned)
        elif told.base:
            line |= {
                "base": str(self.figures[told.base].of(holder)),
                "base_facts": self.figures[told.base].count_of(holder),
            }
        if not told.top:
            line["grade"] = marks.grades.get(key)
        if key in marks.waived:
            line["waived"] = marks.waived[key]
        return line


def read_book(period: Period, lines: Iterable[Line | str], *, with_facts: bool = False) -> Book:
    """Read what these lines need for everybody: one statement a measure, three for the targets.

    With facts the figures are their sums, so that what a seal counts and what it adds up to are of one moment.
    """
    told = [line if isinstance(line, str) else line.indicator for line in lines]
    keys = sorted({key for one in told for key in measures_of(one)})
    planned = [indicator(one).top for one in told if indicator(one).base == TARGET]
    plans = plans_of(planned, period) if planned else Plans({})
    limit = str(setting(LIMIT, on=period.last))
    if not with_facts:
        return Book(period, figures_of(keys, period), plans, limit)
    found = {key: written_facts(key, period) for key in keys}
    sums = {key: told for key, (told, _rows) in found.items()}
    return Book(period, sums, plans, limit, {key: rows for key, (_told, rows) in found.items()})


def measures_of(key: str) -> list[str]:
    """Return the measures that an indicator divides."""
    one = indicator(key)
    return [name for name in (one.top, one.base) if name and name != TARGET]


def _in_order(rows: ByHolder[str], holder: Holder) -> list[str]:
    """Return a holder's rows in the order of what they say; those of one person or team come in it."""
    found = list(rows.of(holder))
    return found if len(holder.ids) < 2 else sorted(found, key=json.loads)


def rows_of(facts: Iterable[Fact]) -> ByHolder[list[str]]:
    """Return facts as a seal tells them when it is opened: what each came from, its day, how much."""
    return ByHolder([(f.person, f.team, [f.ref, f.day.isoformat(), str(f.amount)]) for f in facts])


def versions_shown() -> Sequence[Scheme]:
    """Return every version, newest first within each position."""
    return list(Scheme.objects.prefetch_related("lines").order_by("position", "-number"))
