"""Schemes in force, and the inputs of sheets: one statement a measure for everybody at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kam.core.periods import Period
from kam.settings_rows.selectors import setting
from kpi.measures.rules import Holder
from kpi.measures.selectors import Figures, figures_of
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


def read_book(period: Period, lines: Iterable[Line | str]) -> Book:
    """Read what these lines need for everybody: one statement a measure, three for the targets."""
    told = [indicator(line if isinstance(line, str) else line.indicator) for line in lines]
    keys = [key for one in told for key in (one.top, one.base) if key and key != TARGET]
    planned = [one.top for one in told if one.base == TARGET]
    plans = plans_of(planned, period) if planned else Plans({})
    return Book(period, figures_of(sorted(set(keys)), period), plans, str(setting(LIMIT, on=period.last)))


def versions_shown() -> Sequence[Scheme]:
    """Return every version, newest first within each position."""
    return list(Scheme.objects.prefetch_related("lines").order_by("position", "-number"))
