"""Who has it, and when it is free."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q

from kam.calendar.selectors import work_calendar
from kam.core.clock import department_zone, moment
from kam.core.periods import Period
from kam.settings_rows.selectors import settings_of
from visits.bookings.models import Booking, BookingQuerySet, Resource
from visits.bookings.rules import Slot, free_slots, halves_of, parse_hours, windows_of
from visits.bookings.terms import ResourceKind


@dataclass(frozen=True, slots=True)
class Wanted:
    """A resource somebody wants."""

    kind: ResourceKind
    resource_id: int
    label: str


@dataclass(frozen=True, slots=True)
class Half:
    """A half day of one thing: who has it, in the order of the clock."""

    day: date
    is_off: bool
    bookings: tuple[Booking, ...]


@dataclass(frozen=True, slots=True)
class Lane:
    """One thing and its week: seven mornings, seven afternoons."""

    resource: Resource
    mornings: tuple[Half, ...]
    afternoons: tuple[Half, ...]


def week_of_things(week: Period) -> list[Lane]:
    """Return who has what in this week: everything that may be booked, and what still is although it was retired."""
    start, end = moment(week.first, time()), moment(week.last + timedelta(days=1), time())
    taken: dict[tuple[str, int], dict[tuple[date, bool], list[Booking]]] = {}
    for booking in Booking.objects.of_things().touching(start, end).order_by("slot", "id"):
        cells = taken.setdefault((booking.kind, booking.resource_id), {})
        for half in halves_of(Slot(booking.slot.lower, booking.slot.upper), department_zone()):
            cells.setdefault(half, []).append(booking)
    working = set(work_calendar().working_days(week.first, week.last))
    lanes = []
    for resource in Resource.objects.order_by("kind", "name"):
        cells = taken.get((resource.kind, resource.pk), {})
        if resource.is_active or cells:
            halves = [
                tuple(Half(day, day not in working, tuple(cells.get((day, am), ()))) for day in week)
                for am in (True, False)
            ]
            lanes.append(Lane(resource, halves[0], halves[1]))
    return lanes


def ahead_of(resource: Resource, now: datetime) -> int:
    """Return how many bookings of a thing are still to come."""
    rows = Booking.objects.of(ResourceKind(resource.kind), resource.pk)
    return rows.filter(slot__endswith__gt=now).count()


def department_hours() -> tuple[tuple[time, time], tuple[time, time]]:
    """Return the working hours of morning and afternoon, in one query."""
    rows = settings_of("plan_hours_morning", "plan_hours_afternoon")
    return parse_hours(str(rows["plan_hours_morning"])), parse_hours(str(rows["plan_hours_afternoon"]))


def working_windows(first: date, last: date, *, after: datetime | None = None) -> list[Slot]:
    """Return the working hours of the working days from `first` to `last`, cut off at `after`."""
    days = work_calendar().working_days(first, last) if first <= last else ()
    return windows_of(days, department_hours(), department_zone(), after=after)


def _of_any(wanted: Collection[Wanted]) -> BookingQuerySet:
    condition = Q(pk__in=())
    for one in wanted:
        condition |= Q(kind=one.kind, resource_id=one.resource_id)
    return Booking.objects.filter(condition)


def clashes_with(
    wanted: Collection[Wanted], start: datetime, end: datetime, *, except_source: tuple[str, int | str] | None
) -> list[Booking]:
    """Return the bookings that stand in the way, in one query."""
    rows = _of_any(wanted).touching(start, end)
    if except_source is not None:
        rows = rows.exclude(source_kind=except_source[0], source_id=str(except_source[1]))
    return list(rows.order_by("slot", "id"))


def next_free(
    wanted: Collection[Wanted],
    windows: Iterable[Slot],
    *,
    length: timedelta,
    limit: int = 3,
    except_source: tuple[str, int | str] | None = None,
) -> list[Slot]:
    """Return the next slots in which all of `wanted` are free, in one query."""
    spans = list(windows)
    if not spans:
        return []
    taken = clashes_with(wanted, spans[0].start, spans[-1].end, except_source=except_source)
    return free_slots(spans, [Slot(b.slot.lower, b.slot.upper) for b in taken], length=length, limit=limit)
