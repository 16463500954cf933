"""The seven steps of working an account: nobody ticks them, facts do (S-064, docs/domain/phases.md)."""

from collections.abc import Mapping
from dataclasses import dataclass

from accounts.development.rules.checks import Facts, Finding, find_all
from accounts.development.terms import Answer, Check

STEP_CHECKS: Mapping[int, tuple[Check, ...]] = {
    1: (Check.OWNED, Check.QUALIFIES),
    2: (Check.ORGANISATION, Check.FLOW, Check.PRODUCTS),
    3: (Check.SEATS, Check.RELATIONS),
    4: (Check.PLANNED,),
    5: (Check.REVIEWED,),
    6: (Check.NEED, Check.SOLUTION),
    7: (Check.SIGNED, Check.LOOKED_AFTER, Check.REPORTED, Check.NEXT_NEED),
}


@dataclass(frozen=True, slots=True)
class StepState:
    """A step with what it asks."""

    number: int
    findings: tuple[Finding, ...]

    @property
    def is_done(self) -> bool:
        """Done where everything is met; what nobody could check is not done."""
        return all(finding.is_met for finding in self.findings)

    @property
    def is_known(self) -> bool:
        """Whether any of its checks was asked at all."""
        return any(finding.answer is not Answer.UNASKED for finding in self.findings)


def steps_of(facts: Facts) -> tuple[StepState, ...]:
    """Return the seven steps with their ticks."""
    return tuple(StepState(number, find_all(checks, facts)) for number, checks in STEP_CHECKS.items())


def step_at(states: tuple[StepState, ...]) -> int:
    """Return the step that is being worked on: the first that is not done, the last where all are."""
    return next((state.number for state in states if not state.is_done), states[-1].number)
