"""The price of one set: list price, regular discount, group discount on its result (折上折). See docs/domain/discounts.md.

Everything is exact until the end; each shown price is rounded once from its exact value, and savings are differences of shown prices,
so that they add up to the cent.
"""

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from campaigns.discounts.rules.benefits import Benefit, Tier, resolved
from campaigns.discounts.rules.book import Rule
from campaigns.discounts.terms import GroupState
from kam.core.money import to_cents


class StepKey(StrEnum):
    REGULAR = "regular"
    GROUP = "group"
    SPECIAL = "special"


class Reason(StrEnum):
    """Why a step changed the price, or did not; the group's own states are reasons too."""

    PAYMENT = "payment"
    NO_REGULAR = "no_regular"
    SPECIAL = "special"


@dataclass(frozen=True, slots=True)
class Question:
    """One set to be priced. `count` is what the unit has signed in the campaign, this one included."""

    list_amount: Decimal
    count: int
    regular: Rule | None = None
    group: Rule | None = None
    general: int | None = None
    is_configured: bool = True
    is_inside: bool = True
    has_certificate: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the calculation, exact; `is_applied` is False for a group discount that is not given (yet)."""

    key: StepKey
    before: Decimal
    after: Decimal
    reason: Reason | GroupState
    rule: Rule | None = None
    benefit: Benefit | None = None
    is_applied: bool = True

    @property
    def saving(self) -> Decimal:
        """Difference of the shown prices."""
        return to_cents(self.before) - to_cents(self.after)


@dataclass(frozen=True, slots=True)
class GroupAnswer:
    """What became of the group discount; `threshold` and `missing` are None where there is no number."""

    state: GroupState
    count: int
    threshold: int | None
    missing: int | None


@dataclass(frozen=True, slots=True)
class Priced:
    """The priced set; every amount is rounded once, except in `steps`."""

    list_amount: Decimal
    regular: Decimal
    final: Decimal
    if_reached: Decimal
    group: GroupAnswer
    steps: tuple[Step, ...]

    @property
    def regular_saving(self) -> Decimal:
        return self.list_amount - self.regular

    @property
    def group_saving(self) -> Decimal:
        return self.regular - self.final

    @property
    def saving(self) -> Decimal:
        return self.list_amount - self.final

    def total(self, sets: int) -> Decimal:
        """Return the price of so many sets: as often the rounded price of one."""
        return sets * self.final


def price_set(question: Question) -> Priced:
    """Return the price of one set with every step that led to it."""
    tiers = resolved(question.group.tiers, question.general) if question.group else ()
    state = group_state(question, tiers)
    first = _regular_step(question)
    second = _group_step(question, tiers, state, first.after)
    return Priced(
        list_amount=to_cents(question.list_amount),
        regular=to_cents(first.after),
        final=to_cents(second.after),
        if_reached=to_cents(_if_reached(second)),
        group=_answer(question, tiers, state),
        steps=(first, second),
    )


def with_special(priced: Priced, amount: Decimal | None) -> Priced:
    """Return the price with one that was approved for this deal alone; it never costs more than the rules give."""
    if amount is None or amount >= priced.final:
        return priced
    step = Step(StepKey.SPECIAL, priced.steps[-1].after, amount, Reason.SPECIAL)
    final = to_cents(amount)
    return replace(priced, final=final, if_reached=min(priced.if_reached, final), steps=(*priced.steps, step))


def group_state(question: Question, tiers: tuple[Tier, ...]) -> GroupState:
    """Return the first reason why there is no group discount, or `reached`."""
    if not question.is_configured:
        return GroupState.NOT_CONFIGURED
    if question.group is None:
        return GroupState.NO_RULE
    if not tiers:
        return GroupState.NOT_CONFIGURED
    if not question.is_inside:
        return GroupState.OUTSIDE_WINDOW
    if question.group.needs_certificate and not question.has_certificate:
        return GroupState.CERTIFICATE_MISSING
    return GroupState.REACHED if _reached(question.count, tiers) else GroupState.NOT_REACHED


def _reached(count: int, tiers: tuple[Tier, ...]) -> Tier | None:
    """Return the highest tier that so many sets reach; the number itself reaches it (9套以上)."""
    held = [tier for tier in tiers if count >= (tier.from_sets or 0)]
    return held[-1] if held else None


def _tier(count: int, tiers: tuple[Tier, ...]) -> Tier | None:
    """Return the tier that counts: the highest one reached, else the first one to reach."""
    return _reached(count, tiers) or (tiers[0] if tiers else None)


def _regular_step(question: Question) -> Step:
    before, rule = question.list_amount, question.regular
    if rule is None or not rule.tiers:
        return Step(StepKey.REGULAR, before, before, Reason.NO_REGULAR, is_applied=False)
    benefit = rule.tiers[0].benefit
    return Step(StepKey.REGULAR, before, benefit.on(before), Reason.PAYMENT, rule, benefit)


def _group_step(question: Question, tiers: tuple[Tier, ...], state: GroupState, before: Decimal) -> Step:
    """Return the step on the result of the regular one; where the discount is not given, the price stays."""
    tier = _tier(question.count, tiers)
    benefit = tier.benefit if tier else None
    if state is GroupState.REACHED and benefit is not None:
        return Step(StepKey.GROUP, before, benefit.on(before), state, question.group, benefit)
    return Step(StepKey.GROUP, before, before, state, question.group, benefit, is_applied=False)


_WOULD_GET_IT = frozenset({GroupState.NOT_REACHED, GroupState.CERTIFICATE_MISSING})


def _if_reached(step: Step) -> Decimal:
    """Return the price once what is missing is there; the price itself where nothing is missing or nothing would help."""
    if step.reason in _WOULD_GET_IT and step.benefit is not None:
        return step.benefit.on(step.before)
    return step.after


def _answer(question: Question, tiers: tuple[Tier, ...], state: GroupState) -> GroupAnswer:
    tier = _tier(question.count, tiers)
    if tier is None or state is GroupState.NOT_CONFIGURED:
        return GroupAnswer(state, question.count, None, None)
    threshold = tier.from_sets or 0
    return GroupAnswer(state, question.count, threshold, max(threshold - question.count, 0))
