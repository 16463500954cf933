"""What a part of the demo story gets into its hands: the clock, the dice and the people."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property
from random import Random
from zoneinfo import ZoneInfo

import time_machine
from django.conf import settings

from kam.users.models import User


class Size(StrEnum):
    """How much is told: a handful of units, a department's year, an enterprise with hundreds of people."""

    SMALL = "small"
    DEPARTMENT = "department"
    ENTERPRISE = "enterprise"


@dataclass
class Story:
    """The frame of the demo: same seed, size and day → same story. `today` is the real day on which it is loaded."""

    size: Size
    seed: int
    today: date
    random: Random = field(default_factory=Random)

    @cached_property
    def users(self) -> dict[str, User]:
        """Return staff number → person, read when first asked (the people's own part plays before all others)."""
        return {user.staff_number: user for user in User.objects.all()}

    def scaled(self, *, small: int, department: int, enterprise: int) -> int:
        """Return the number that fits the size."""
        return {Size.SMALL: small, Size.DEPARTMENT: department, Size.ENTERPRISE: enterprise}[self.size]

    def day(self, offset: int) -> date:
        """Return the day `offset` days from today; negative is past."""
        return self.today + timedelta(days=offset)

    @contextmanager
    def at(self, day: date, hour: int = 9, minute: int = 0) -> Iterator[datetime]:
        """Run the block at that moment of department time: whatever the services stamp carries it."""
        moment = datetime.combine(day, time(hour, minute), tzinfo=ZoneInfo(settings.TIME_ZONE))
        with time_machine.travel(moment.astimezone(ZoneInfo("UTC")), tick=True):
            yield moment

    def for_part(self, name: str) -> "Story":
        """Return the same story with dice of its own for one part, so that parts do not disturb each other."""
        return Story(self.size, self.seed, self.today, Random(f"{self.seed}:{name}"))  # noqa: S311 -- dice of a story, not a secret
