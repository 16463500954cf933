"""Milestones, the payment plan against what was received, and the checklist of the negotiation (S-022, S-081). See docs/domain/contracts.md."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from campaigns.contracts.terms import TICKED, MilestoneKind, ShareState, TermItem
from kam.core.money import ZERO


@dataclass(frozen=True, slots=True)
class Due:
    """One instalment of the plan."""

    due_on: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Share:
    """An instalment with what was received for it: payments cover the instalments in their order."""

    due: Due
    received: Decimal
    state: ShareState


@dataclass(frozen=True, slots=True)
class Step:
    """A milestone: planned, reached, late or not."""

    kind: MilestoneKind
    planned_on: date | None
    done_on: date | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """What is read from the deal: signature, first payment, the payment that settled it."""

    signed_on: date | None
    first_paid_on: date | None
    settled_on: date | None


def plan_problem(plan: Sequence[Due], total: Decimal, signed_on: date) -> str | None:
    """Return the code of what is wrong with a plan: it covers exactly what the deal costs, in the order of its days."""
    if not plan:
        return "empty"
    days = [row.due_on for row in plan]
    if days != sorted(days):
        return "order"
    if days[0] < signed_on:
        return "early"
    return "sum" if total_of(plan) != total else None


def total_of(plan: Iterable[Due]) -> Decimal:
    return sum((row.amount for row in plan), ZERO)


def due_until(plan: Iterable[Due], day: date) -> Decimal:
    """Return what is due by a day, this day included: below it stands the collection rate (S-197)."""
    return sum((row.amount for row in plan if row.due_on <= day), ZERO)


def shares_of(plan: Iterable[Due], received: Decimal, today: date) -> list[Share]:
    """Return the instalments with what was received for each, the earliest first."""
    told = []
    for row in plan:
        part = min(received, row.amount)
        received -= part
        told.append(Share(row, part, _state(row, part, today)))
    return told


def _state(row: Due, part: Decimal, today: date) -> ShareState:
    if part == row.amount:
        return ShareState.PAID
    if row.due_on < today:
        return ShareState.OVERDUE
    return ShareState.PARTLY if part > ZERO else ShareState.OPEN


def settled_on(payments: Iterable[tuple[date, Decimal]], net: Decimal) -> date | None:
    """Return the day of the payment that brought the last of what the deal costs."""
    left = net
    for day, amount in sorted(payments):
        left -= amount
        if left <= ZERO:
            return day
    return None


def steps_of(
    planned: Mapping[MilestoneKind, date], ticked: Mapping[MilestoneKind, date], facts: Facts, today: date
) -> list[Step]:
    """Return the six milestones in their order."""
    read = {
        MilestoneKind.SIGNED: facts.signed_on,
        MilestoneKind.PREPAYMENT: facts.first_paid_on,
        MilestoneKind.FINAL_PAYMENT: facts.settled_on,
    }
    told = []
    for kind in MilestoneKind:
        done = ticked.get(kind) if kind in TICKED else read[kind]
        plan = planned.get(kind)
        told.append(Step(kind, plan, done, plan is not None and (done or today) > plan))
    return told


def tick_problem(kind: MilestoneKind, on: date, signed_on: date, today: date) -> str | None:
    """Return the code of what is wrong with reaching a milestone on a day."""
    tests = ((kind not in TICKED, "read"), (on > today, "future"), (on < signed_on, "early"))
    return next((code for is_wrong, code in tests if is_wrong), None)


def open_items(settled: Mapping[TermItem, bool]) -> list[TermItem]:
    """Return what is not agreed yet; `settled` tells of the last round about each item."""
    return [item for item in TermItem if not settled.get(item, False)]
