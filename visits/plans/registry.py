"""What rooms above give to the planner: reasons to go somewhere, what the week owes, and what a line may not be moved for."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kam.core.periods import Period
from kam.users.models import User


@dataclass(frozen=True, slots=True)
class Proposal:
    """Somebody (`user_id`) should go there this week, and why. `text` says what, `detail` names the rule."""

    kind: str
    user_id: int
    unit_id: int
    unit_name: str
    text: Any
    detail: Any = ""
    tier: str = ""
    person_id: int | None = None
    person_name: str = ""
    is_urgent: bool = False
    icon: str = "flag"
    mode: str = "visit"
    purpose: Any = ""


@dataclass(frozen=True, slots=True)
class BoardEntry:
    """Something of another room that stands on the week board beside the plan lines: an appointment, a briefing."""

    kind: str
    day: date
    start: Any
    end: Any
    title: str
    text: Any = ""
    url: str = ""
    tier: str = ""


ProposalSource = Callable[[Sequence[User], Period], Iterable[Proposal]]
#: Whose week, which, and who reads it.
EntrySource = Callable[[User, Period, User], Iterable[BoardEntry]]
LineGuard = Callable[[int], str | None]

_proposals: dict[str, ProposalSource] = {}
_entries: dict[str, EntrySource] = {}
_guards: dict[str, LineGuard] = {}


def register_proposals(key: str, source: ProposalSource) -> None:
    """Register `source(people, week)`; it asks the database a fixed number of times, however many people."""
    _proposals[key] = source


def register_entries(key: str, source: EntrySource) -> None:
    """Register what else stands on the board of a person's week, of the rows that its reader may see."""
    _entries[key] = source


def register_line_guard(key: str, guard: LineGuard) -> None:
    """Register `guard(line_id)`: it returns a sentence when the line hangs on something agreed with a customer."""
    _guards[key] = guard


def proposals_for(user: User, week: Period) -> list[Proposal]:
    """Return every proposal of every source, urgent ones first."""
    return proposals_of([user], week)[user.pk]


def proposals_of(people: Sequence[User], week: Period) -> dict[int, list[Proposal]]:
    """Return for each of these people every proposal of every source, urgent ones first."""
    found: dict[int, list[Proposal]] = {person.pk: [] for person in people}
    for source in _proposals.values() if people else ():
        for one in source(people, week):
            found[one.user_id].append(one)
    return {user: sorted(theirs, key=lambda p: not p.is_urgent) for user, theirs in found.items()}


def entries_for(user: User, week: Period, *, reader: User) -> list[BoardEntry]:
    """Return everything else on the board of that week that `reader` may see."""
    return [one for source in _entries.values() for one in source(user, week, reader)]


def objection_to_moving(line_id: int) -> str | None:
    """Return why a line may not be moved or cancelled by itself, None when nothing hangs on it."""
    return next((text for guard in _guards.values() if (text := guard(line_id))), None)


QuotaOf = Callable[[User, str, date], int]
_quota: list[QuotaOf] = []


def register_quota(fn: QuotaOf) -> None:
    """Take the norms from the room that keeps them."""
    _quota[:] = [fn]


def quota_of(user: User, key: str, day: date) -> int:
    """Return how much of `key` (units_a_week, a_visits_a_week) the person owes."""
    return _quota[0](user, key, day)


def sources() -> Sequence[str]:
    """Return the names of the proposal sources, for tests."""
    return tuple(_proposals)
