"""When a digest is due: 8:00 and 17:00 on the person's own clock, late the same day if need be, then missed. See docs/domain/digests.md."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from kam.today.terms import Slot

HOURS = {Slot.PLAN: time(8), Slot.FOLLOWUP: time(17)}
#: The last minute in which a late one still helps: before lunch, before midnight.
UNTIL = {Slot.PLAN: time(12), Slot.FOLLOWUP: time(23, 59)}
#: What comes this long after its hour says that it is late.
LATE_AFTER = timedelta(minutes=10)


class Moment(StrEnum):
    """Where an instant lies, seen from one slot of one day."""

    EARLY = "early"
    DUE = "due"
    LATE = "late"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Window:
    """The instants that matter for one slot, one day and one zone, all in UTC."""

    day: date
    slot: Slot
    opens: datetime
    late_after: datetime
    closes: datetime

    def at(self, now: datetime) -> Moment:
        """Say where `now` lies."""
        if now < self.opens:
            return Moment.EARLY
        if now > self.closes:
            return Moment.OVER
        return Moment.LATE if now > self.late_after else Moment.DUE


def window(slot: Slot, day: date, zone: ZoneInfo) -> Window:
    """Return the window of `slot` on `day` for a person in `zone`."""
    opens = datetime.combine(day, HOURS[slot], tzinfo=zone).astimezone(UTC)
    closes = datetime.combine(day, UNTIL[slot], tzinfo=zone).astimezone(UTC)
    return Window(day, slot, opens, opens + LATE_AFTER, closes)


def window_now(slot: Slot, now: datetime, zone: ZoneInfo) -> Window:
    """Return the window of the day that a person in `zone` has now."""
    return window(slot, now.astimezone(zone).date(), zone)
