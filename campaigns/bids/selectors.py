"""What Today asks of bids: what is due of each person's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any

from campaigns.bids.labels import DUTY_LABELS
from campaigns.bids.models import Bid
from campaigns.bids.rules import duty_on
from campaigns.bids.terms import Duty
from kam.today.asks import Ask
from kam.users.models import User

#: So many are told on Today; the list has the rest.
TOLD = 8

OPEN: Ask[Bid] = Ask(
    "bids.open",
    lambda people, _day: (
        Bid.objects.open()
        .filter(responsible__any_of=people)
        .select_related("unit")
        .order_by("documents_due_on", "pk")
    ),
    attrgetter("responsible_id"),
)


@dataclass(frozen=True, slots=True)
class DueBid:
    """A bid that asks something of this person now."""

    bid: Bid
    duty: Duty
    until: date
    is_overdue: bool

    @property
    def words(self) -> Any:
        return DUTY_LABELS[self.duty]


def due_bids(users: Sequence[User], day: date) -> dict[int, list[DueBid]]:
    """Return user id → bids that ask something of them, the most urgent first."""
    told = {}
    for pk, rows in OPEN(users, day).items():
        due = [(row, duty_on(row.standing, day)) for row in rows]
        found = [DueBid(row, what[0], what[1], what[1] < day) for row, what in due if what is not None]
        if found:
            told[pk] = sorted(found, key=attrgetter("until"))[:TOLD]
    return told
