"""Units moved into a phase although conditions were missing: what the director reads of them."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from accounts.development.models import PhaseChange
from kam.core.prepared import blank
from kam.today.asks import Ask, Wanted
from kam.users.models import User
from kam.users.terms import Position

#: So long an override is told, the day itself included: a digest that was not read is not the only one.
TOLD_DAYS = 7
#: So many are told; the board has the rest.
TOLD = 8
#: The rows are nobody's own: whoever reads the whole department reads them.
_ALL = frozenset({0})

OVERRIDES: Ask[PhaseChange] = Ask(
    "development.overrides",
    lambda _people, day: (
        PhaseChange.objects.filter(
            is_override=True,
            on__gt=day - timedelta(days=TOLD_DAYS),
            on__lte=day,
            created_at__lte=blank("now"),
        )
        .select_related("unit", "by")
        .order_by("-on", "-pk")
    ),
    lambda _row: 0,
)


def overrides_want(users: Iterable[User], day: date) -> list[Wanted]:
    """Return what `overrides_for` asks, where a director reads."""
    return [Wanted(OVERRIDES, day, _ALL)] if any(_reads(user) for user in users) else []


def overrides_for(users: Sequence[User], day: date) -> dict[int, list[PhaseChange]]:
    """Return director → the overrides of the last days by others, the newest first."""
    readers = [user for user in users if _reads(user)]
    rows = OVERRIDES.of(_ALL, day).get(0, []) if readers else []
    told = {user.pk: [row for row in rows if row.by_id != user.pk] for user in readers}
    return {pk: mine for pk, mine in told.items() if mine}


def _reads(user: User) -> bool:
    return user.position == Position.DIRECTOR
