"""When periodic work is due next, and how long to wait after a failure. See docs/operations.md."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

#: Ticks come a little early or late; work that runs each N minutes is due this much before its grid.
TOLERANCE = timedelta(seconds=10)
#: Nothing runs longer than the hard limit of a task (180 s); what started before is dead.
DEAD_AFTER = timedelta(seconds=200)
#: A failed daily work is tried again after 1, 2, 4 … minutes, at most this.
LONGEST_PAUSE = timedelta(minutes=60)


@dataclass(frozen=True, slots=True)
class Daily:
    """Once a day at a time of the department's clock."""

    at: time

    def next_after(self, now: datetime, zone: ZoneInfo) -> datetime:
        """Return the first such instant after `now`."""
        local = now.astimezone(zone)
        found = datetime.combine(local.date(), self.at, tzinfo=zone)
        if found.astimezone(UTC) <= now:
            found = datetime.combine(local.date() + timedelta(days=1), self.at, tzinfo=zone)
        return found.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Each:
    """Again and again, `every` apart."""

    every: timedelta

    def next_after(self, now: datetime, zone: ZoneInfo) -> datetime:
        """Return the next point of the grid, less the tolerance."""
        del zone
        return now.replace(second=0, microsecond=0) + self.every - TOLERANCE


Rhythm = Daily | Each


def rhythm_of(every: timedelta | str) -> Rhythm:
    """Read `timedelta(minutes=5)` or "daily 08:00"; ValueError for anything else."""
    if isinstance(every, timedelta):
        if every < timedelta(minutes=1):
            raise ValueError("the tick comes once a minute, nothing runs more often")
        return Each(every)
    word, _, at = every.partition(" ")
    if word != "daily":
        raise ValueError(f'"{every}" is no rhythm; say "daily HH:MM" or give a timedelta')
    return Daily(time.fromisoformat(at))


def retry_at(now: datetime, failures: int, regular: datetime) -> datetime:
    """Return when to try again after `failures` failures in a row: never later than the regular time."""
    pause = min(timedelta(minutes=2 ** min(max(failures - 1, 0), 10)), LONGEST_PAUSE)
    return min(now + pause, regular)
