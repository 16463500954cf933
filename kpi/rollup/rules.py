"""Which sums of which months must be added up again (docs/adr/0021, docs/domain/kpi.md).

A mark says that something changed: in a source, from one month to another, for one person or for nobody in particular.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from kam.core.periods import Period, month_of
from kpi.measures.rules import months_before, months_of
from kpi.rollup.terms import BY_MONTH, KEPT, Source

#: Months that are kept: what pages offer (24), the year before each of them, and the month before that.
MONTHS_KEPT = 37
#: Months that pages ask most: the running one, the twelve before it.
MONTHS_READY = 13
#: Beyond so many people a month is read as a whole: one pass over its rows is cheaper then.
MOST_PEOPLE = 40


@dataclass(frozen=True, slots=True)
class Mark:
    """What changed: months from `first` to `last` (first days), of one person, or of anybody."""

    source: Source
    first: date
    last: date
    person: int | None


@dataclass(frozen=True, slots=True, order=True)
class Redo:
    """Add up a measure again: consecutive months, of some people, or of all (None)."""

    measure: str
    months: tuple[date, ...]
    people: tuple[int, ...] | None = field(default=None, compare=False)

    @property
    def period(self) -> Period:
        """From the first day of the first month to the last day of the last."""
        return Period(self.months[0], month_of(self.months[-1]).last)


def may_be_kept(month: date, today: date) -> bool:
    """Say whether sums of a month are kept: not of months to come, not of months nobody is offered."""
    running = month_of(today)
    return months_before(running, MONTHS_KEPT)[0].first <= month <= running.first


def what_to_redo(
    marks: Iterable[Mark], kept: Mapping[str, Iterable[date]], missing: Mapping[str, Iterable[date]]
) -> list[Redo]:
    """Return what the marks ask of the months that are kept, and the months that are missing, as few runs as possible."""
    by_source: dict[Source, list[Mark]] = {}
    for mark in marks:
        by_source.setdefault(mark.source, []).append(mark)
    found: list[Redo] = []
    for measure, source in KEPT.items():
        whole = set(missing.get(measure, ()))
        some: dict[date, set[int]] = {}
        for month in set(kept.get(measure, ())) - whole:
            people = {mark.person for mark in by_source.get(source, ()) if mark.first <= month <= mark.last}
            if None in people or len(people) > MOST_PEOPLE:
                whole.add(month)
            elif people:
                some[month] = {pk for pk in people if pk is not None}
        found += [Redo(measure, run) for run in _runs(measure, whole)]
        found += _of_people(measure, some)
    return found


def _of_people(measure: str, some: Mapping[date, set[int]]) -> list[Redo]:
    """Months in which the same people were touched are read together."""
    groups: dict[tuple[int, ...], set[date]] = {}
    for month, people in some.items():
        groups.setdefault(tuple(sorted(people)), set()).add(month)
    return [Redo(measure, run, people) for people, months in groups.items() for run in _runs(measure, months)]


def _runs(measure: str, months: Iterable[date]) -> list[tuple[date, ...]]:
    """Return consecutive months as runs, in order; months of a measure that asks for whole months stay alone."""
    runs: list[list[date]] = []
    for month in sorted(months):
        follows = runs and month_of(runs[-1][-1]).last + timedelta(days=1) == month
        if follows and measure not in BY_MONTH:
            runs[-1].append(month)
        else:
            runs.append([month])
    return [tuple(run) for run in runs]


def ready_months(today: date) -> list[date]:
    """Return the months that the clock keeps ready, first days."""
    return [month.first for month in months_before(month_of(today), MONTHS_READY)]


def whole_window(today: date) -> list[date]:
    """Return all months that may be kept, first days."""
    first = months_before(month_of(today), MONTHS_KEPT)[0].first
    return [month.first for month in months_of(Period(first, today))]
