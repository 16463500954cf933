"""Product briefings: who and what they take, the order of their seven steps, what their statistics say (docs/domain/briefings.md).

The source's norm is two sales representatives (one of them presents), one engineer of the developer, one property manager, one driver: five (S-180).
Numbers are defaults; a shortage warns, a second presenter is refused.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from campaigns.briefings.terms import NAMED, NOT_TAKEN, BriefingState, ItemKind, StaffRole, Step
from campaigns.prospects.terms import WILLING, Intention

STAFF_NORM: Mapping[StaffRole, int] = {
    StaffRole.SALES: 2,
    StaffRole.ENGINEER: 1,
    StaffRole.PROPERTY: 1,
    StaffRole.DRIVER: 1,
}
#: Per briefing; None is "some" (若干).
DEFAULT_ITEMS: Mapping[ItemKind, int | None] = {
    ItemKind.LEAFLET: 30,
    ItemKind.SHEET: 30,
    ItemKind.BOOKLET: 30,
    ItemKind.BAG: 30,
    ItemKind.SLIDES: 1,
    ItemKind.GIFT: None,
    ItemKind.MEMBER_PACK: 30,
    ItemKind.VEHICLE: 1,
    ItemKind.PROJECTOR: 1,
    ItemKind.LAPTOP: 1,
}


def staff_needed() -> int:
    """Return how many take part by the norm."""
    return sum(STAFF_NORM.values())


def staff_missing(roles: Iterable[StaffRole]) -> dict[StaffRole, int]:
    """Return role → how many are missing to the norm; roles that are complete are left out."""
    there = Counter(roles)
    return {role: least - there[role] for role, least in STAFF_NORM.items() if there[role] < least}


def is_named(kind: ItemKind, name: str) -> bool:
    """Say whether a name says that something is this thing."""
    told = name.casefold()
    return any(word in told for word in NAMED[kind]) and not any(word in told for word in NOT_TAKEN)


def may_be(kind: ItemKind, name: str) -> bool:
    """Say whether something of this name can be taken as this thing: where the name says what it is, only as that; a name that says nothing may be
    anything but what no briefing takes.
    """
    told = name.casefold()
    says_another = any(is_named(known, name) for known in NAMED)
    return is_named(kind, name) or not (says_another or any(word in told for word in NOT_TAKEN))


class PresenterProblem(StrEnum):
    NOBODY = "nobody"
    NOT_SALES = "not_sales"


def presenter_problem(presenter: int | None, sales: Sequence[int]) -> PresenterProblem | None:
    """One of the sales representatives explains the slides."""
    if presenter is None:
        return PresenterProblem.NOBODY
    return None if presenter in sales else PresenterProblem.NOT_SALES


class StepProblem(StrEnum):
    """Why the next step cannot be taken yet."""

    FINISHED = "finished"
    OUT_OF_ORDER = "out_of_order"
    NOT_PREPARED = "not_prepared"
    NOT_TODAY = "not_today"
    NOBODY_CAME = "nobody_came"
    RETURNS_OPEN = "returns_open"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the order of the steps depends on."""

    state: BriefingState
    day: date
    today: date
    done: int
    attendees: int = 0
    without_return: int = 0


def step_problem(step: Step, facts: Facts) -> StepProblem | None:
    """Return why `step` cannot be ticked now, None when it can: one after the other, from the day on, with what it is about."""
    if facts.done >= len(Step):
        return StepProblem.FINISHED
    if step != facts.done + 1:
        return StepProblem.OUT_OF_ORDER
    if step > Step.AGREE:
        return _on_the_day(step, facts)
    return (
        None if facts.state in {BriefingState.APPROVED, BriefingState.PREPARED} else StepProblem.NOT_PREPARED
    )


def _on_the_day(step: Step, facts: Facts) -> StepProblem | None:
    if facts.state not in {BriefingState.PREPARED, BriefingState.HELD}:
        return StepProblem.NOT_PREPARED
    if facts.today < facts.day:
        return StepProblem.NOT_TODAY
    if step >= Step.TALK and not facts.attendees:
        return StepProblem.NOBODY_CAME
    if step == Step.RETURN_VISITS and facts.without_return:
        return StepProblem.RETURNS_OPEN
    return None


#: These may be taken back; from the talk on something was written elsewhere.
REVERSIBLE = frozenset({Step.AGREE, Step.ARRIVE, Step.HAND_OUT, Step.PRESENT})


@dataclass(frozen=True, slots=True)
class Came:
    """One person who came, as far as the statistics ask."""

    intention: Intention
    department: str = ""
    joined: bool = False
    return_on: date | None = None


@dataclass(frozen=True, slots=True)
class Statistics:
    """What a briefing came to."""

    came: int
    expected: int
    by_intention: dict[Intention, int]
    by_department: list[tuple[str, int]]
    joined: int
    returns: int

    @property
    def percent(self) -> int:
        """Who came of those expected, rounded down; may exceed 100."""
        return self.came * 100 // self.expected

    @property
    def willing(self) -> int:
        return sum(number for intention, number in self.by_intention.items() if intention in WILLING)


def statistics_of(people: Sequence[Came], expected: int) -> Statistics:
    """Count, sort and analyse (step 6): every intention is named, departments by how many came."""
    intentions = Counter(person.intention for person in people)
    departments = Counter(person.department for person in people if person.department)
    return Statistics(
        came=len(people),
        expected=expected,
        by_intention={intention: intentions[intention] for intention in Intention},
        by_department=sorted(departments.items(), key=lambda told: (-told[1], told[0])),
        joined=sum(person.joined for person in people),
        returns=sum(person.return_on is not None for person in people),
    )


def without_return(people: Iterable[Came]) -> int:
    """Return how many want something and have no day on which they are visited again."""
    return sum(person.intention in WILLING and person.return_on is None for person in people)


def to_move(before: Mapping[int, int], after: Mapping[int, int]) -> dict[int, int]:
    """Return material → what changes in the hands of the briefing: more is issued, less is given back; ordered, what stays is left out."""
    changes = {key: after.get(key, 0) - before.get(key, 0) for key in sorted({*before, *after})}
    return {key: change for key, change in changes.items() if change}
