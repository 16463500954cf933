"""Who has it, and when it is free."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q

from kam.calendar.selectors import work_calendar
from kam.core.clock import department_zone
from kam.settings_rows.selectors import settings_of
from visits.bookings.models import Booking, BookingQuerySet
from visits.bookings.rules import Slot, free_slots, parse_hours, windows_of
from visits.bookings.terms import ResourceKind


@dataclass(frozen=True, slots=True)
class Wanted:
    """A resource somebody wants."""

    kind: ResourceKind
    resource_id: int
    label: str


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
