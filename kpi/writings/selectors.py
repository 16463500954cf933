"""Who owes the market report of last month: one statement for everybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from kam.core.periods import Period
from kam.today.asks import Ask
from kam.users.models import User
from kpi.measures.rules import name_of
from kpi.writings.models import Writing
from kpi.writings.rules import due_on, owes
from kpi.writings.terms import Kind


@dataclass(frozen=True, slots=True)
class Owed:
    """The report of a month that is not handed in yet."""

    period: Period
    is_overdue: bool

    @property
    def name(self) -> str:
        return name_of(self.period)

    @property
    def due_on(self) -> date | None:
        return due_on(Kind.MARKET, self.period)


#: The newest market report that each person handed in.
HANDED_IN: Ask[Writing] = Ask(
    "kpi.market_reports",
    lambda people, day: (
        Writing.objects.handed_in()
        .filter(author__any_of=people, kind=Kind.MARKET, first_day__lt=day)
        .order_by("author_id", "-last_day")
        .distinct("author_id")
    ),
    attrgetter("author_id"),
)


def owed_by(users: Sequence[User], day: date) -> dict[int, Owed]:
    """Return user id → what they owe; who owes nothing is absent."""
    written = HANDED_IN(users, day)
    found = {}
    for user in users:
        last = written[user.pk][0].last_day if user.pk in written else None
        period = owes(user.joined_on, last, day)
        if period is not None:
            due = due_on(Kind.MARKET, period)
            found[user.pk] = Owed(period, due is not None and day > due)
    return found
