"""What a decision does to a plan or to a supplement line. Called by the approvals engine inside its transaction."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils import timezone

from kam.audit.models import AuditEntry
from kam.audit.services import record
from kam.core.transitions import ensure_transition
from kam.notes.terms import SourceKey
from kam.users.models import User
from visits.bookings.services import release
from visits.plans.models import PlanLine, WeekPlan
from visits.plans.services.checks import lock_line, lock_plan, save
from visits.plans.services.plans import save_plan
from visits.plans.services.timing import SOURCE
from visits.plans.terms import PLAN_MOVES, LineState, PlanState


def approve_plan(plan: WeekPlan, by: User) -> None:
    """The plan stands; its bookings stay."""
    _decide_plan(plan, PlanState.APPROVED, by)


def return_plan(plan: WeekPlan, by: User) -> None:
    """The plan may be changed again; its bookings stay, so that nobody takes the hours meanwhile."""
    _decide_plan(plan, PlanState.RETURNED, by)


def close_plan(plan: WeekPlan, by: User | None, *, state: PlanState) -> None:
    """Rejected or withdrawn: final, and all hours are free again."""
    plan = _decide_plan(plan, state, by)
    for line in plan.lines.filter(state=LineState.PLANNED):
        release(SourceKey.of(SOURCE, line.pk))


def approve_supplement(line: PlanLine, by: User) -> None:
    _decide_line(line, PlanState.APPROVED, by)


def return_supplement(line: PlanLine, by: User) -> None:
    _decide_line(line, PlanState.RETURNED, by)


def close_supplement(line: PlanLine, by: User | None, *, state: PlanState) -> None:
    """Rejected or withdrawn: the rest of the plan stays valid, the line's hour is free again."""
    _decide_line(line, state, by)
    release(SourceKey.of(SOURCE, line.pk))


def _decide_plan(plan: WeekPlan, state: PlanState, by: User | None) -> WeekPlan:
    plan = lock_plan(plan)
    ensure_transition(PlanState(plan.state), state, PLAN_MOVES)
    old, plan.state, plan.decided_at = plan.state, state, timezone.now()
    save_plan(plan, "state", "decided_at")
    record(f"visits.week_plan.{state.value}", plan, by=by, changes={"state": (old, state.value)})
    return plan


def _decide_line(line: PlanLine, state: PlanState, by: User | None) -> None:
    line = lock_line(line, None)
    ensure_transition(PlanState(line.approval), state, PLAN_MOVES)
    old, line.approval = line.approval, state
    save(line, "approval")
    record(f"visits.plan_line.{state.value}", line, by=by, changes={"approval": (old, state.value)})


def last_to_set_cost(lines: Iterable[PlanLine]) -> User | None:
    """Return who last wrote or changed a cost in these lines: they decide nothing about it (12-decisions, 9)."""
    entries = AuditEntry.objects.filter(
        object_type="visits.planline",
        object_id__in=[str(line.pk) for line in lines],
        act__in=["visits.plan_line.added", "visits.plan_line.edited"],
        changes__has_key="cost",
    ).select_related("actor")
    for entry in entries.order_by("-pk"):
        before, after = (Decimal(value or 0) for value in entry.changes["cost"])
        if before != after:
            return entry.actor
    return None
