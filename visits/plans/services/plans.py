"""Acts on a whole week: opening, copying, submitting, revising."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kam.approvals import services as approvals
from kam.audit.services import record
from kam.core.errors import BusinessError, BusyError, ConflictError
from kam.core.transitions import ensure_transition
from kam.users.models import User
from kam.users.scopes import team_of
from visits.plans.models import PlanLine, WeekPlan
from visits.plans.services.checks import as_draft, lock_line, lock_plan, refuse_moved_on, save
from visits.plans.services.lines import add_line
from visits.plans.services.timing import LineDraft, next_slot, today
from visits.plans.terms import (
    FINAL_STATES,
    OPEN_STATES,
    PLAN_MOVES,
    HalfDay,
    LineState,
    PlanState,
)

PLAN_SUBJECT = "visit_plan"
SUPPLEMENT_SUBJECT = "visit_plan_supplement"


@dataclass(frozen=True, slots=True)
class CopyResult:
    """How many lines were copied, and which were left out and why."""

    copied: int
    left_out: tuple[tuple[str, Any], ...]


def open_week(user: User, *, year: int, week: int, by: User | None) -> WeekPlan:
    """Return the person's plan of that week, made as a draft when there is none."""
    rows = WeekPlan.objects.filter(user=user, year=year, week=week).select_related("user", "team")
    found = rows.live().first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            last = rows.aggregate(last=Max("revision"))["last"] or 0
            plan = WeekPlan.objects.create(
                user=user, team=team_of(user), year=year, week=week, revision=last + 1
            )
            record("visits.week_plan.opened", plan, by=by)
            return plan
    except IntegrityError:
        return rows.live().get()  # somebody opened it at the same moment


@transaction.atomic
def set_goal(plan: WeekPlan, goal: str, *, by: User) -> WeekPlan:
    """Write the goal of the week; it is no part of what is approved."""
    plan = lock_plan(plan)
    if plan.goal != goal.strip():
        old, plan.goal = plan.goal, goal.strip()[:300]
        save_plan(plan, "goal")
        record("visits.week_plan.goal_set", plan, by=by, changes={"goal": (old, plan.goal)})
    return plan


@transaction.atomic
def submit_plan(plan: WeekPlan, *, by: User, version: int | None = None) -> WeekPlan:
    """Ask for approval of the whole week; from then on it stands still until somebody decides."""
    plan = lock_plan(plan)
    if version is not None and plan.version != version:
        raise ConflictError(_("The plan changed meanwhile. Look at it again."), code="stale")
    ensure_transition(PlanState(plan.state), PlanState.PENDING, PLAN_MOVES)
    if plan.sunday < today():
        raise BusinessError(_("This week is over; it is not approved any more."), code="week_over")
    if not plan.lines.standing().exists():
        raise BusinessError(_("Plan at least one line before you submit."), code="empty")
    refuse_moved_on(plan, plan.lines.standing().filter(is_supplement=False))
    plan.state, plan.submitted_at = PlanState.PENDING, timezone.now()
    save_plan(plan, "state", "submitted_at")
    record("visits.week_plan.submitted", plan, by=by)
    approvals.submit(PLAN_SUBJECT, plan, by=by)
    plan.refresh_from_db()
    return plan


@transaction.atomic
def submit_supplement(line: PlanLine, *, by: User) -> PlanLine:
    """Ask for approval of one line that was added to an approved plan."""
    line = lock_line(line, None)
    if not line.is_supplement or line.approval not in OPEN_STATES or not line.is_planned:
        raise BusinessError(_("This line needs no approval of its own."), code="no_supplement")
    refuse_moved_on(line.plan, PlanLine.objects.filter(pk=line.pk))
    line.approval = PlanState.PENDING
    save(line, "approval")
    record("visits.plan_line.submitted", line, by=by)
    approvals.submit(SUPPLEMENT_SUBJECT, line, by=by)
    line.refresh_from_db()
    return line


@transaction.atomic
def copy_lines(plan: WeekPlan, *, source: WeekPlan, by: User) -> CopyResult:
    """Copy the standing lines of another week to the same weekdays; what clashes or is over is left out and named."""
    plan = lock_plan(plan)
    if not plan.is_open:
        raise BusinessError(_("Lines are copied into a draft only."), code="not_open")
    shift = plan.monday - source.monday
    copied, left_out = 0, []
    rows = source.lines.exclude(state=LineState.MOVED).select_related("unit", "vehicle")
    for line in rows.prefetch_related("persons"):
        if line.state == LineState.CANCELLED and source.state not in FINAL_STATES:
            continue
        draft = as_draft(line, day=line.day + shift, half_day=HalfDay(line.half_day), start=line.start)
        try:
            with transaction.atomic():
                add_line(plan, draft, by=by)
            copied += 1
        except BusyError:
            raise
        except BusinessError as refusal:
            left_out.append((str(line), refusal.message))
    return CopyResult(copied, tuple(left_out))


@transaction.atomic
def place_lines(plan: WeekPlan, drafts: Sequence[LineDraft], *, by: User) -> CopyResult:
    """Put each draft at the week's next free time of the person; what fits nowhere is left out and named."""
    placed, left_out = 0, []
    for draft in drafts:
        slot = next_slot(plan, draft)
        if slot is None:
            left_out.append((draft.unit.name if draft.unit else draft.purpose, _("The week is full.")))
            continue
        at = replace(draft, day=slot.start.date(), start=slot.start.time(), end=slot.end.time())
        add_line(plan, at, by=by)
        placed += 1
    return CopyResult(placed, tuple(left_out))


@transaction.atomic
def revise_plan(plan: WeekPlan, *, by: User) -> tuple[WeekPlan, CopyResult]:
    """Copy a rejected or withdrawn plan to a new draft, the next revision (12-decisions 10)."""
    if plan.state not in FINAL_STATES:
        raise BusinessError(
            _("Only a rejected or withdrawn plan is copied to a new draft."), code="not_final"
        )
    new = open_week(plan.user, year=plan.year, week=plan.week, by=by)
    if new.lines.exists():
        raise ConflictError(_("There is a new draft of this week already."), code="exists")
    return new, copy_lines(new, source=plan, by=by)


def previous_plan(plan: WeekPlan) -> WeekPlan | None:
    """Return the person's live plan of the week before."""
    year, week, _day = (plan.monday - timedelta(days=7)).isocalendar()
    return WeekPlan.objects.live().filter(user_id=plan.user_id, year=year, week=week).first()


def save_plan(plan: WeekPlan, *fields: str) -> None:
    plan.version += 1
    plan.save(update_fields=[*fields, "version"])
