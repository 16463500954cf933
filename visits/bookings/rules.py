"""Free time: what is left of the working windows when everything that is taken is taken out. docs/domain/planning.md."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

STEP = timedelta(minutes=30)
NOON = time(12)
HOURS_PATTERN = re.compile(r"^(?P<h1>\d{2}):(?P<m1>\d{2})-(?P<h2>\d{2}):(?P<m2>\d{2})$")


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """From `start` to `end`, the end not included."""

    start: datetime
    end: datetime

    def overlaps(self, other: "Slot") -> bool:
        """Say whether the two share at least a moment; touching ends do not count."""
        return self.start < other.end and other.start < self.end


def parse_hours(text: str) -> tuple[time, time]:
    """Return the two ends of `08:30-12:00`; ValueError for anything else."""
    found = HOURS_PATTERN.match(text.strip())
    if found is None:
        raise ValueError(f"{text!r} is not of the form 08:30-12:00")
    first, last = time(int(found["h1"]), int(found["m1"])), time(int(found["h2"]), int(found["m2"]))
    if last <= first:
        raise ValueError(f"{text!r} ends before it starts")
    return first, last


def windows_of(
    days: Iterable[date], hours: Sequence[tuple[time, time]], zone: tzinfo, *, after: datetime | None = None
) -> list[Slot]:
    """Return the working windows of `days` in order, cut off at `after`."""
    found = []
    for day in days:
        for first, last in hours:
            start = datetime.combine(day, first, tzinfo=zone)
            end = datetime.combine(day, last, tzinfo=zone)
            if after is not None and after > start:
                start = _next_step(after, start)
            if start < end:
                found.append(Slot(start, end))
    return found


def free_slots(
    windows: Iterable[Slot], taken: Iterable[Slot], *, length: timedelta, limit: int
) -> list[Slot]:
    """Return the first `limit` slots of `length` on half-hour steps inside `windows` that touch nothing taken.

    One slot a window and gap: after a slot was found, the next one offered lies behind it.
    """
    busy = sorted(taken)
    found: list[Slot] = []
    for window in windows:
        start = window.start
        while start + length <= window.end and len(found) < limit:
            slot = Slot(start, start + length)
            blocker = next((b for b in busy if b.overlaps(slot)), None)
            if blocker is None:
                found.append(slot)
                start = slot.end
            else:
                start = _next_step(blocker.end, window.start)
    return found[:limit]


def halves_of(slot: Slot, zone: tzinfo) -> tuple[tuple[date, bool], ...]:
    """Return the half days that the slot touches, as (day, in the morning), in the order of the clock."""
    start, last = slot.start.astimezone(zone), (slot.end - timedelta(microseconds=1)).astimezone(zone)
    days = (start.date() + timedelta(days=n) for n in range((last.date() - start.date()).days + 1))
    first, final = (start.date(), start.time() >= NOON), (last.date(), last.time() >= NOON)
    return tuple(
        (day, not after) for day in days for after in (False, True) if first <= (day, after) <= final
    )


def _next_step(moment: datetime, origin: datetime) -> datetime:
    """Return the first half-hour step from `origin` that is not before `moment`."""
    steps = -(-(moment - origin) // STEP)
    return origin + max(steps, 0) * STEP
