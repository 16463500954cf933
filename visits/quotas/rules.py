"""Quotas of activity: what was done of what is owed.

Thirty calls a day (S-230), ten different units a week (S-231), three visits a week to each A unit in focus (S-172), fifteen days
of business trips a month (S-222). See docs/domain/visits.md.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kam.users.terms import Position
from visits.quotas.terms import QuotaKey, QuotaState

#: Who calls and visits for a living. Those who lead them owe a quota only where a norm names their position.
IN_THE_FIELD = frozenset({Position.SPECIALIST, Position.TEAM_LEAD})

#: What the source says; rows of QuotaNorm in force override it.
DEFAULTS = {
    QuotaKey.CALLS_A_DAY: 30,
    QuotaKey.UNITS_A_WEEK: 10,
    QuotaKey.A_VISITS_A_WEEK: 3,
    QuotaKey.TRIP_DAYS_A_MONTH: 15,
}

#: Length of the ring on the screen; the filled part is a whole number of these.
RING = 100


@dataclass(frozen=True, slots=True)
class Norm:
    """One dated norm; `position` empty means everybody."""

    key: QuotaKey
    position: str
    amount: int
    valid_from: date


@dataclass(frozen=True, slots=True)
class Quota:
    """One ring: `done` of `owed`."""

    key: QuotaKey
    done: int
    owed: int

    @property
    def state(self) -> QuotaState:
        return quota_state(self.done, self.owed)

    @property
    def missing(self) -> int:
        return max(self.owed - self.done, 0)

    @property
    def filled(self) -> int:
        """Return how many hundredths of the ring are filled, never full before the quota is."""
        if self.owed <= 0:
            return RING
        return min(self.done * RING // self.owed, RING)

    @property
    def rest(self) -> int:
        return RING - self.filled


def quota_state(done: int, owed: int) -> QuotaState:
    """Return OK when as much was done as is owed, else SHORT (T-38)."""
    return QuotaState.OK if done >= owed else QuotaState.SHORT


def in_force(norms: Iterable[Norm], *, key: QuotaKey, position: str, day: date) -> Norm | None:
    """Return the norm that holds on `day`, None for the source's: the position's own wins over everybody's, the newest over older ones."""
    running = [n for n in norms if n.key == key and n.position in {"", position} and n.valid_from <= day]
    return max(running, key=lambda n: (n.position != "", n.valid_from), default=None)


def norm_on(norms: Iterable[Norm], *, key: QuotaKey, position: str, day: date) -> int:
    """Return the amount in force on `day`."""
    norm = in_force(norms, key=key, position=position, day=day)
    return norm.amount if norm is not None else DEFAULTS[key]


def owes(norms: Iterable[Norm], position: str, day: date) -> bool:
    """Say whether somebody of this position owes quotas on `day`: in the field, or named by a norm in force."""
    return position in IN_THE_FIELD or any(n.position == position and n.valid_from <= day for n in norms)


def a_visits_quota(visits_of_unit: Mapping[int, int], *, each: int) -> Quota:
    """Return the quota of A units: each owes `each` visits, and more visits to one do not make up for another."""
    done = sum(min(count, each) for count in visits_of_unit.values())
    return Quota(QuotaKey.A_VISITS_A_WEEK, done, each * len(visits_of_unit))
