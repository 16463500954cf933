"""Who gets a digest on a day: everybody with a position except administrators, from joining to leaving, not on leave (12-decisions, 25)."""

from collections.abc import Collection
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from kam.core.clock import zone_named
from kam.today.absences import absent_on
from kam.today.rules import Window, window
from kam.today.terms import Slot
from kam.users.models import User
from kam.users.terms import Position


def people_on(day: date, *, only: Collection[int] | None = None) -> list[User]:
    """Return those who get digests on `day`, by id."""
    here: QuerySet[User] = User.objects.working().filter(joined_on__lte=day)
    here = here.filter(Q(left_on__isnull=True) | Q(left_on__gte=day))
    here = here.exclude(position=Position.ADMINISTRATOR)
    if only is not None:
        here = here.filter(pk__in=only)
    away = absent_on(day)
    return [user for user in here.order_by("pk") if user.pk not in away]


def days_of_now(now: datetime) -> list[date]:
    """Return the dates that somebody's calendar shows at `now`: yesterday's, today's, tomorrow's at the edges of the world."""
    zones = User.objects.working().order_by().values_list("time_zone", flat=True).distinct()
    return sorted({now.astimezone(zone_named(name)).date() for name in zones})


class Windows:
    """The windows of one slot and day, worked out once per zone."""

    def __init__(self, slot: Slot, day: date) -> None:
        self.slot, self.day = slot, day
        self._known: dict[str, Window] = {}

    def of(self, user: User) -> Window:
        """Return the window of this person."""
        name = user.time_zone
        if name not in self._known:
            zone: ZoneInfo = zone_named(name)
            self._known[name] = window(self.slot, self.day, zone)
        return self._known[name]
