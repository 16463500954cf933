"""Two clocks: the department's for business dates, each person's for the hour of a digest (12-decisions, 25)."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.utils import timezone


def department_zone() -> ZoneInfo:
    """Return the zone in which the department counts its days."""
    return ZoneInfo(settings.TIME_ZONE)


def zone_named(name: str) -> ZoneInfo:
    """Return the zone called `name`, the department's where that name means nothing."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return department_zone()


def business_date(now: datetime | None = None) -> date:
    """Return the department's date at `now`: visit days, deadlines, months. Never depends on who is looking."""
    return (now or timezone.now()).astimezone(department_zone()).date()


def moment(day: date, at: time, zone: ZoneInfo | None = None) -> datetime:
    """Return the instant (UTC) at which the clock of `zone` (the department's by default) shows `day` and `at`."""
    return datetime.combine(day, at, tzinfo=zone or department_zone()).astimezone(UTC)
