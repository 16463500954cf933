"""The seven phases: what a unit must show before it enters one, and which status follows (S-066, S-072, docs/domain/phases.md)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from accounts.development.rules.checks import Facts, Finding, find_all, missing
from accounts.development.terms import LADDER, STATUS_OF_PHASE, Answer, Check, Move
from accounts.units.terms import STATUS_TRANSITIONS, Phase, UnitStatus

ENTRY: Mapping[Phase, tuple[Check, ...]] = {
    Phase.GOAL: (),
    Phase.FIELD: (Check.OWNED, Check.QUALIFIES, Check.DIRECTION),
    Phase.DEEP: (Check.VISITED, Check.RIVALS, Check.SWOT),
    Phase.SUBSTANCE: (Check.SEATS, Check.DECIDER, Check.NEED),
    Phase.FIRST: (Check.CONFIRMED, Check.INTERVIEWED, Check.FLOW, Check.SOLUTION, Check.ORDER),
    Phase.CRISIS: (Check.COMPLAINT,),
    Phase.STABLE: (Check.SIGNED, Check.SETTLED, Check.SURVEYED, Check.KEY_PERSON),
}


def move_of(old: Phase, new: Phase) -> Move:
    """Say which way a change goes; from stable growth into a crisis is forward, for it asks what a crisis asks."""
    return Move.FORWARD if new > old or new is Phase.CRISIS else Move.BACK


def passed(old: Phase, new: Phase) -> tuple[Phase, ...]:
    """Return the phases whose conditions a move asks: each one on the way, the crisis only where it is where one goes."""
    if move_of(old, new) is Move.BACK:
        return ()
    return tuple(
        phase for phase in Phase if phase is new or (old < phase < new and phase is not Phase.CRISIS)
    )


def asked(old: Phase, new: Phase) -> tuple[Check, ...]:
    """Return the checks of a move, each once, in the order of the phases."""
    return tuple(dict.fromkeys(check for phase in passed(old, new) for check in ENTRY[phase]))


def conditions(facts: Facts, *, old: Phase, new: Phase) -> tuple[Finding, ...]:
    """Answer the conditions of a move."""
    return find_all(asked(old, new), facts)


def next_phase(phase: Phase) -> Phase:
    """Return where one goes from here; nobody aims at a crisis, and stable growth is the last."""
    if phase >= Phase.FIRST:
        return Phase.STABLE
    return Phase(phase + 1)


def next_missing(facts: Facts, phase: Phase) -> Finding | None:
    """Return the first condition of the next phase that is not met, None where nothing is in the way."""
    return next(iter(missing(conditions(facts, old=phase, new=next_phase(phase)))), None)


def status_path(new: Phase, status: UnitStatus, findings: Iterable[Finding]) -> tuple[UnitStatus, ...]:
    """Return the statuses a unit takes, one after the other, when it walks into `new` with these findings.

    Only upward, and only where every condition was asked and is met: what nobody could check proves nothing.
    """
    known, target = tuple(findings), STATUS_OF_PHASE.get(new)
    if target is None or not known or any(finding.answer is not Answer.MET for finding in known):
        return ()
    if status not in LADDER:
        return (target,) if target in STATUS_TRANSITIONS[status] else ()
    return LADDER[LADDER.index(status) + 1 : LADDER.index(target) + 1]


def days_late(since_on: date, today: date, norm: int) -> int:
    """Return by how many days a unit stays longer than the norm; nought where it does not."""
    return max((today - since_on).days - norm, 0)


@dataclass(frozen=True, slots=True)
class Stays:
    """Units of a phase: how many, how many stay longer than the norm, the days of the one in the middle."""

    count: int
    late: int
    median: int | None


def stays_of(since: Mapping[date, int], today: date, norm: int) -> Stays:
    """Return how long units stay, given how many came on which day; of an even number the longer of the two in the middle."""
    days = [(day, since[day]) for day in sorted(since)]
    count = sum(n for _day, n in days)
    late = sum(n for day, n in days if days_late(day, today, norm))
    before = accumulate(n for _day, n in days)
    middle = next((day for (day, _n), until in zip(days, before, strict=True) if 2 * until >= count), None)
    return Stays(count, late, None if middle is None else (today - middle).days)
