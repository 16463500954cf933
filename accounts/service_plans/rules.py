"""When a contact by a service plan is due, and what became of it (S-054, S-055). See docs/domain/service_plans.md.

A plan is a row of revisions, each in force from its day until the day before the next. A day on which we do not work moves what is due
to the next working day. A contact answers at most one planned contact of a plan, the earliest that it can.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from accounts.service_plans.terms import Because, DayPart, Every, Mode, Standing
from kam.core.periods import Period, iso_week_of, month_of

MOST_DAYS, MOST_WEEKS, MOST_MONTHS = 90, 26, 12
MOST = {Every.DAYS: MOST_DAYS, Every.WEEKS: MOST_WEEKS, Every.MONTHS: MOST_MONTHS}
_DAYS_OF_WEEK, _LAST_DAY, _MONTHS = 7, 31, 12

#: Planned contacts that can still be answered.
OPEN = frozenset({Standing.DUE, Standing.OVERDUE, Standing.AHEAD})

#: Moves a day to one on which we work.
Shift = Callable[[date], date]


def stay(day: date) -> date:
    """Move nothing: every day is one on which we work."""
    return day


@dataclass(frozen=True, slots=True)
class Frequency:
    """Every `number` days, weeks (on `weekdays`, Monday is 0) or months (on `day_of_month`, at most the last of the month)."""

    every: Every
    number: int
    weekdays: tuple[int, ...] = ()
    day_of_month: int | None = None


@dataclass(frozen=True, slots=True)
class Revision:
    """What holds from `starts_on` on; a stopped one plans nothing."""

    id: int
    starts_on: date
    mode: Mode
    frequency: Frequency
    is_stopped: bool = False


@dataclass(frozen=True, slots=True)
class Touch:
    """We were in touch with the person on a day."""

    id: int
    on: date
    met: bool = False
    called: bool = False
    written: bool = False


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One planned contact: its day and the revision that asks for it."""

    on: date
    revision_id: int
    mode: Mode


@dataclass(frozen=True, slots=True)
class Answered:
    """A planned contact with what became of it, by which contact."""

    occurrence: Occurrence
    standing: Standing
    touch: Touch | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """Plan against what was done, over a period: planned is done + late + open + missed."""

    planned: int = 0
    done: int = 0
    late: int = 0
    open: int = 0
    missed: int = 0
    unplanned: int = 0

    def plus(self, other: "Measure") -> "Measure":
        """Return the sum of two plans."""
        return Measure(
            self.planned + other.planned,
            self.done + other.done,
            self.late + other.late,
            self.open + other.open,
            self.missed + other.missed,
            self.unplanned + other.unplanned,
        )


@dataclass(frozen=True, slots=True)
class Course:
    """Everything planned, each with what became of it, and the contacts that nobody had planned."""

    answered: tuple[Answered, ...] = ()
    unplanned: tuple[Touch, ...] = ()

    @property
    def waiting(self) -> Answered | None:
        """The planned contact that waits now, if one does."""
        return next((one for one in self.answered if one.standing in {Standing.DUE, Standing.OVERDUE}), None)

    @property
    def next(self) -> Answered | None:
        """What is to be done next: what waits, else the first that lies ahead."""
        return next((one for one in self.answered if one.standing in OPEN), None)


def frequency_problem(frequency: Frequency) -> tuple[str, str] | None:
    """Return (field, code) of what cannot be, None where the frequency is sound."""
    if not 1 <= frequency.number <= MOST[frequency.every]:
        return "number", f"number_{frequency.every}"
    if frequency.every is Every.WEEKS:
        if not frequency.weekdays:
            return "weekdays", "weekdays"
        if any(not 0 <= day < _DAYS_OF_WEEK for day in frequency.weekdays):
            return "weekdays", "weekdays"
    if frequency.every is Every.MONTHS and not 1 <= (frequency.day_of_month or 0) <= _LAST_DAY:
        return "day_of_month", "day_of_month"
    return None


def days_of(frequency: Frequency, start: date, until: date) -> Iterator[date]:
    """Yield the days from `start` to `until` on which something is due, counted from `start`."""
    if frequency.every is Every.DAYS:
        yield from _stepped(start, until, frequency.number)
    elif frequency.every is Every.WEEKS:
        for monday in _stepped(iso_week_of(start).first, until, _DAYS_OF_WEEK * frequency.number):
            for weekday in sorted(set(frequency.weekdays)):
                if start <= (day := monday + timedelta(days=weekday)) <= until:
                    yield day
    else:
        yield from _monthly(frequency, start, until)


def _stepped(first: date, until: date, step: int) -> Iterator[date]:
    day = first
    while day <= until:
        yield day
        day += timedelta(days=step)


def _monthly(frequency: Frequency, start: date, until: date) -> Iterator[date]:
    months = start.year * _MONTHS + start.month - 1
    while (first := date(months // _MONTHS, months % _MONTHS + 1, 1)) <= until:
        last = month_of(first).last
        day = last.replace(day=min(frequency.day_of_month or 1, last.day))
        if start <= day <= until:
            yield day
        months += frequency.number


def occurrences(
    revisions: Sequence[Revision], until: date, *, held: Iterable[Period], shift: Shift = stay
) -> list[Occurrence]:
    """Return what is due until `until`, in the order of its days, one a day.

    `revisions` come in the order in which they were made; of two from the same day the later one holds. Nothing is due on days on
    which the person did not have the role (`held`).
    """
    spans = tuple(held)
    found: dict[date, Occurrence] = {}
    for revision, last in _in_force(revisions, until):
        for day in days_of(revision.frequency, revision.starts_on, last):
            if any(day in span for span in spans):
                on = shift(day)
                found.setdefault(on, Occurrence(on, revision.id, revision.mode))
    return [found[day] for day in sorted(found) if day <= until]


def _in_force(revisions: Sequence[Revision], until: date) -> Iterator[tuple[Revision, date]]:
    """Yield each revision that plans something with its last day."""
    by_day = {revision.starts_on: revision for revision in revisions}
    ordered = [by_day[day] for day in sorted(by_day)]
    ends = [following.starts_on - timedelta(days=1) for _one, following in pairwise(ordered)]
    for revision, end in zip(ordered, [*ends, until], strict=False):
        if not revision.is_stopped:
            yield revision, min(end, until)


def revision_on(revisions: Sequence[Revision], day: date) -> Revision | None:
    """Return the revision in force on `day`."""
    begun = [revision for revision in revisions if revision.starts_on <= day]
    return max(begun, key=lambda revision: (revision.starts_on, revisions.index(revision)), default=None)


def answers(touch: Touch, mode: Mode) -> bool:
    """Say whether a contact is one of this way: a visit counts as a call too, only writing counts as writing."""
    if mode is Mode.VISIT:
        return touch.met
    return touch.called or touch.met if mode is Mode.CALL else touch.written


def follow(
    planned: Sequence[Occurrence], touches: Iterable[Touch], *, began_on: date, today: date, tolerance: int
) -> Course:
    """Set what is planned against what was done since `began_on`.

    A planned contact may be answered from the day after the one before it until the day before the next. On its day or before, or within
    `tolerance` days after it, it is done; later it is late; without an answer it is due, then overdue, and missed once the next one is due.
    """
    free = sorted(
        (touch for touch in touches if began_on <= touch.on <= today), key=lambda touch: (touch.on, touch.id)
    )
    told: list[Answered] = []
    for place, one in enumerate(planned):
        after = planned[place - 1].on if place else None
        before = planned[place + 1].on if place + 1 < len(planned) else None
        touch = next((touch for touch in free if _fits(touch, one.mode, after, before)), None)
        if touch is not None:
            free.remove(touch)
        told.append(Answered(one, _standing(one, touch, before, today, tolerance), touch))
    return Course(tuple(told), tuple(free))


def _fits(touch: Touch, mode: Mode, after: date | None, before: date | None) -> bool:
    if after is not None and touch.on <= after:
        return False
    return (before is None or touch.on < before) and answers(touch, mode)


def _standing(
    one: Occurrence, touch: Touch | None, before: date | None, today: date, tolerance: int
) -> Standing:
    in_time = one.on + timedelta(days=tolerance)
    if touch is not None:
        return Standing.DONE if touch.on <= in_time else Standing.LATE
    if one.on > today:
        return Standing.AHEAD
    if before is not None and before <= today:
        return Standing.MISSED
    return Standing.DUE if today <= in_time else Standing.OVERDUE


def measure(course: Course, period: Period) -> Measure:
    """Count what was planned in `period` by what became of it, and the contacts of it that nobody had planned."""
    standings = [one.standing for one in course.answered if one.occurrence.on in period]
    return Measure(
        planned=len(standings),
        done=standings.count(Standing.DONE),
        late=standings.count(Standing.LATE),
        open=sum(standing in OPEN for standing in standings),
        missed=standings.count(Standing.MISSED),
        unplanned=sum(touch.on in period for touch in course.unplanned),
    )


@dataclass(frozen=True, slots=True)
class Overdue:
    """Since when a plan is not kept: the first planned contact of the unbroken row that nobody answered."""

    due_on: date
    since_on: date
    failed: int


def overdue(course: Course, *, tolerance: int, revision_id: int | None) -> Overdue | None:
    """Return since when the revision in force is not kept.

    A plan whose latest contact was answered, or may still be in time, is kept; a new revision is a new start.
    """
    row: list[Answered] = []
    asked = [one for one in course.answered if one.occurrence.revision_id == revision_id]
    for one in reversed([one for one in asked if one.standing is not Standing.AHEAD]):
        if one.standing in {Standing.DONE, Standing.LATE}:
            break
        row.append(one)
    failed = sum(one.standing in {Standing.OVERDUE, Standing.MISSED} for one in row)
    if not failed:
        return None
    first = row[-1].occurrence.on
    return Overdue(first, first + timedelta(days=tolerance + 1), failed)


@dataclass(frozen=True, slots=True)
class ReviewDue:
    """From which day on a review is due, and why."""

    on: date
    because: Because


def review_due(
    *, began_on: date, reviewed_on: date | None, visited_on: date | None, is_hot: bool
) -> ReviewDue:
    """Return when the next review is due: a month after the last one, and for a hot unit on the day of a visit after it (S-055)."""
    start = reviewed_on or began_on
    monthly = ReviewDue(month_later(start), Because.MONTH)
    begun = visited_on is not None and (visited_on > reviewed_on if reviewed_on else visited_on >= began_on)
    if is_hot and begun and visited_on is not None and visited_on <= monthly.on:
        return ReviewDue(visited_on, Because.VISIT)
    return monthly


def month_later(day: date) -> date:
    """Return the same day of the next month, its last day where it is shorter."""
    following = month_of(month_of(day).last + timedelta(days=1)).last
    return following.replace(day=min(day.day, following.day))


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody wrote in a row of the plan: for whom, in which role, and the five columns (S-054)."""

    person_id: int
    seat: str
    objective: str
    action: str
    mode: Mode
    day_part: DayPart
    frequency: Frequency
    is_stopped: bool = False


def draft_problem(draft: Draft) -> tuple[str, str] | None:
    """Return (field, code) of what is missing or cannot be, None where the row is sound."""
    for name in ("objective", "action"):
        if not getattr(draft, name).strip():
            return name, name
    return frequency_problem(draft.frequency)
