"""Whether a unit has enough insiders, and whether a relationship is on its way (S-049 … S-052). See docs/domain/relationships.md."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from accounts.persons.terms import Insider
from accounts.relationships.terms import Lack, Outcome, Strength


@dataclass(frozen=True, slots=True)
class Cultivated:
    """An insider or candidate with what is planned and what was done. `asked` contacts a month are the plan."""

    kind: Insider
    learn: str
    cultivate: str
    tasks: Collection[str]
    asked: int
    this_month: int
    last_month: int


@dataclass(frozen=True, slots=True)
class Level:
    """How strong a relationship is from a day on."""

    on: date
    strength: Strength


def lacks_of(person: Cultivated, *, began_before_last_month: bool) -> list[Lack]:
    """Return what is missing; the month before counts only where the plan ran through all of it."""
    told = ((Lack.LEARN, person.learn), (Lack.CULTIVATE, person.cultivate), (Lack.TASKS, person.tasks))
    found = [lack for lack, value in told if not value]
    if began_before_last_month and person.last_month < person.asked:
        found.append(Lack.RARE)
    return found


def has_enough(people: Sequence[Cultivated], *, needed: int) -> bool:
    """Say whether there are as many insiders as the department wants at a unit; candidates do not count."""
    return sum(person.kind is Insider.INSIDER for person in people) >= needed


def level_on(levels: Sequence[Level], day: date) -> Strength | None:
    """Return how strong the relationship was on `day`; of two of one day the later one counts."""
    known = [level for level in levels if level.on <= day]
    return max(enumerate(known), key=lambda one: (one[1].on, one[0]))[1].strength if known else None


def outcome_problem(outcome: Outcome, *, now: Strength, target: Strength) -> str:
    """Return "" where a sheet may end like this: reached is what reached its goal, and nothing else."""
    if outcome is Outcome.REACHED and now < target:
        return "not_reached"
    return "reached" if outcome is not Outcome.REACHED and now >= target else ""
