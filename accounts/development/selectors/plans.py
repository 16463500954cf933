"""Account plans as pages and papers show them, and the measures that KAM itself knows."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count

from accounts.competition.selectors import chart_of
from accounts.contacts.models import Contact
from accounts.contacts.terms import ContactChannel
from accounts.development.labels import GOAL_LABELS, GOAL_TONES
from accounts.development.models import AccountPlan, PlanAction, PlanGoal, PlanReview
from accounts.development.registry import measures
from accounts.development.rules.plans import Freshness, freshness, goal_state, reached_percent
from accounts.development.terms import PlanState
from accounts.roles.selectors import scores_of
from accounts.units.models import KeyAccount

_MONTH = 30


@dataclass(frozen=True, slots=True)
class ShownGoal:
    goal: PlanGoal
    measure: Any
    unit: Any
    value: Decimal | None
    percent: int
    label: Any
    tone: str


@dataclass(frozen=True, slots=True)
class ShownPlan:
    """A plan with how its goals do; `fresh` only for the one in force."""

    plan: AccountPlan
    goals: list[ShownGoal]
    actions: list[PlanAction]
    reviews: list[PlanReview]
    fresh: Freshness | None
    open_amount: Decimal
    is_complete: bool


def visits_held(unit_ids: Collection[int], start: date, day: date) -> dict[int, Decimal]:
    """Visits held from `start` to `day`."""
    rows = Contact.objects.filter(
        unit__in=unit_ids, channel=ContactChannel.VISIT, met=True, on__range=(start, day)
    )
    return {unit: Decimal(n) for unit, n in rows.order_by().values_list("unit").annotate(Count("pk"))}


def contacts_a_month(unit_ids: Collection[int], start: date, day: date) -> dict[int, Decimal]:
    """Contacts of any kind in the last thirty days: how dense the contact is now."""
    del start
    rows = Contact.objects.filter(unit__in=unit_ids, on__range=(day - timedelta(days=_MONTH - 1), day))
    return {unit: Decimal(n) for unit, n in rows.order_by().values_list("unit").annotate(Count("pk"))}


def role_coverage(unit_ids: Collection[int], start: date, day: date) -> dict[int, Decimal]:
    """Score of the role coverage on `day`."""
    del start
    return {unit: Decimal(score) for unit, score in scores_of(unit_ids, today=day).items()}


def plan_in_force(unit: KeyAccount) -> AccountPlan | None:
    return AccountPlan.objects.filter(unit=unit).in_force().select_related("unit", "author").first()


def plan_being_written(unit: KeyAccount) -> AccountPlan | None:
    states = [PlanState.DRAFT, PlanState.SUBMITTED, PlanState.RETURNED]
    return AccountPlan.objects.filter(unit=unit, state__in=states).select_related("unit", "author").first()


def freshness_of(plan: AccountPlan, today: date) -> Freshness | None:
    """Return when the plan in force is to be looked at again, None for any other."""
    if plan.state != PlanState.APPROVED or plan.approved_on is None:
        return None
    last = PlanReview.objects.filter(plan=plan).order_by("-on", "-id").first()
    return freshness(
        in_force_since=plan.approved_on,
        reviewed_on=last.on if last else None,
        promised_on=last.next_on if last else None,
        every=plan.review_days,
        today=today,
    )


def freshness_in_force(unit: KeyAccount, today: date) -> Freshness | None:
    """Return how fresh the unit's plan is, None where none is in force: two statements."""
    plan = AccountPlan.objects.filter(unit=unit).in_force().first()
    return freshness_of(plan, today) if plan else None


def shown_plan(plan: AccountPlan, today: date) -> ShownPlan:
    """Return a plan with its goals measured from the day it came into force (for a draft: as of today)."""
    chart = chart_of(plan.unit, today)
    return ShownPlan(
        plan,
        [_shown_goal(goal, plan, today) for goal in plan.goals.all()],
        list(plan.actions.select_related("owner", "task")),
        list(plan.reviews.select_related("by")),
        freshness_of(plan, today),
        chart.open_amount,
        chart.is_complete,
    )


def _shown_goal(goal: PlanGoal, plan: AccountPlan, today: date) -> ShownGoal:
    measure = measures().get(goal.measure)
    value = None
    if measure is not None:
        start = plan.approved_on or today
        value = measure.read([plan.unit_id], start, today).get(plan.unit_id, Decimal(0))
    state = goal_state(value, goal.target, due_on=goal.due_on, today=today)
    return ShownGoal(
        goal,
        measure.label if measure else "",
        measure.unit if measure else "",
        value,
        reached_percent(value, goal.target),
        GOAL_LABELS[state],
        GOAL_TONES[state],
    )
