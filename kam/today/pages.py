"""What the Today page shows one person."""

from dataclasses import dataclass
from datetime import date, datetime

from kam.calendar.selectors import kind_of_day
from kam.calendar.terms import WORKING, DayKind
from kam.core.clock import zone_named
from kam.core.once import reading
from kam.today.asks import Ask, Wanted
from kam.today.blocks import Block, collect, draw, prepare
from kam.today.models import Digest
from kam.today.terms import Exit, Place
from kam.users.models import User

#: The digests of a day, the latest first; a page needs no more of them than what its head says.
DIGESTS: Ask[Digest] = Ask(
    "today.digests",
    lambda people, day: Digest.objects.made_for(people).filter(date=day).defer("blocks").order_by("-due_at"),
)


@dataclass(frozen=True, slots=True)
class TodayPage:
    """The page's parts by place, and the latest digest of the day."""

    day: date
    now: datetime
    kind: DayKind
    banners: list[Block]
    main: list[Block]
    side: list[Block]
    summaries: list[str]
    digest: Digest | None

    @property
    def is_day_off(self) -> bool:
        return self.kind not in WORKING

    @property
    def has_nothing(self) -> bool:
        return not any(block.has_data for block in (*self.banners, *self.main, *self.side))


def today_page(user: User, now: datetime, *, csrf_token: str = "") -> TodayPage:
    """Collect and draw the sections of one person's day; the day is that of the person's own clock."""
    local = now.astimezone(zone_named(user.time_zone))
    day = local.date()
    with reading():
        prepare([user], day, Exit.TODAY, Wanted(DIGESTS, day, frozenset({user.pk})))
        collected = collect([user], day, Exit.TODAY)
        drawn = draw(user, day, Exit.TODAY, collected, empty=True, csrf_token=csrf_token)
        kind = kind_of_day(day)
        latest = next(iter(DIGESTS([user], day).get(user.pk, ())), None)
    return TodayPage(
        day=day,
        now=local,
        kind=kind,
        banners=[block for block in drawn if block.place == Place.BANNER and block.has_data],
        main=[block for block in drawn if block.place == Place.MAIN],
        side=[block for block in drawn if block.place == Place.SIDE],
        summaries=[block.summary for block in drawn if block.summary],
        digest=latest,
    )
