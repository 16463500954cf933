"""The plan of a unit for a week, month or year, read from account plan, service plan, week plans and the unit's next step."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.development.models import AccountPlan
from accounts.development.rules.plans import Freshness
from accounts.development.selectors.plans import freshness_of, plan_in_force
from accounts.service_plans.selectors import plans_of
from accounts.service_plans.terms import Standing
from accounts.units.models import KeyAccount
from kam.core.clock import business_date
from kam.core.periods import Period
from kam.core.sentences import labelled
from kam.users.models import User
from visits.plans.models import PlanLine
from visits.plans.terms import LineState
from visits.unit_plans.labels import SOURCE_LABELS
from visits.unit_plans.rules import Item, in_order, neighbours, period_of
from visits.unit_plans.terms import Source, Span

_KEPT = frozenset({Standing.DONE, Standing.LATE})


@dataclass(frozen=True, slots=True)
class UnitPlan:
    """What is planned for a unit in a period."""

    unit: KeyAccount
    span: Span
    period: Period
    vision: str
    rows: list[tuple[Item, Any]]
    fresh: Freshness | None
    before: date
    after: date


def unit_plan(unit: KeyAccount, user: User, span: Span, day: date) -> UnitPlan:
    """Return the plan of the period that holds `day`, as this person may see it: visits of others only where they may read them."""
    period = period_of(span, day)
    plan = plan_in_force(unit)
    items = [*_next_step(unit), *_account_plan(plan), *_service(unit), *_visits(unit, user, period)]
    rows = [(item, SOURCE_LABELS[item.source]) for item in in_order(items, period)]
    fresh = freshness_of(plan, business_date()) if plan else None
    return UnitPlan(unit, span, period, plan.vision if plan else "", rows, fresh, *neighbours(period))


def _next_step(unit: KeyAccount) -> Iterator[Item]:
    if unit.next_step and unit.next_step_due_on:
        who = unit.owner.name if unit.owner else ""
        yield Item(unit.next_step_due_on, Source.NEXT_STEP, unit.next_step, who)


def _account_plan(plan: AccountPlan | None) -> Iterator[Item]:
    if plan is None:
        return
    for goal in plan.goals.all():
        yield Item(goal.due_on, Source.GOAL, goal.title)
    for action in plan.actions.select_related("owner", "task"):
        is_done = action.task is not None and action.task.done_at is not None
        yield Item(action.due_on, Source.ACTION, action.text, action.owner.name, is_done)


def _service(unit: KeyAccount) -> Iterator[Item]:
    """Contacts that the service plans ask for: those behind us with what became of them, those ahead as far as they are worked out."""
    for one in plans_of(unit, today=business_date()):
        texts = {revision.pk: revision.action for revision in one.revisions}
        for answered in one.course.answered:
            occurrence = answered.occurrence
            text = labelled(one.plan.person.name, texts[occurrence.revision_id])
            yield Item(occurrence.on, Source.SERVICE, text, is_done=answered.standing in _KEPT)


def _visits(unit: KeyAccount, user: User, period: Period) -> Iterator[Item]:
    lines = PlanLine.objects.visible_to(user).of_live_plans().standing()
    mine = lines.filter(unit=unit, day__range=(period.first, period.last))
    for line in mine.select_related("plan__user"):
        yield Item(line.day, Source.VISIT, line.purpose, line.plan.user.name, line.state == LineState.DONE)
