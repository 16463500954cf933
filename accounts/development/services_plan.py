"""The acts on account plans: write, submit, what follows an approval, review. Split from services.py: only these ask the approvals."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.development.models import AccountPlan, PlanAction, PlanGoal, PlanReview
from accounts.development.registry import measures
from accounts.development.rules.plans import Action, Goal
from accounts.development.terms import MAX_ROWS, OPEN_STATES, PlanState
from accounts.units.models import KeyAccount
from accounts.units.services import lock_unit, mark_dirty
from kam.approvals import services as approvals
from kam.audit.services import record
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.core.locks import locked
from kam.notes.services import add_task
from kam.notes.terms import SourceKey
from kam.users.models import User

SUBJECT = "development_plan"
STALE = _("Somebody has written this plan meanwhile. Look at it, then save again.")


@transaction.atomic
def begin_plan(unit: KeyAccount, *, by: User) -> AccountPlan:
    """Open the next revision as a draft, with what the plan in force says; the draft that is there already where one is."""
    row = lock_unit(unit.pk)
    rows = AccountPlan.objects.filter(unit=row)
    draft = rows.filter(state__in=[*OPEN_STATES, PlanState.SUBMITTED]).first()
    if draft is not None:
        return draft
    before = rows.in_force().first()
    last = rows.order_by("-revision").values_list("revision", flat=True).first() or 0
    plan = AccountPlan.objects.create(
        unit=row,
        revision=last + 1,
        author=by,
        vision=before.vision if before else "",
        review_days=before.review_days if before else 90,
    )
    if before is not None:
        for goal in before.goals.all():
            goal.pk, goal.plan = None, plan
            goal.save(force_insert=True)
        for action in before.actions.filter(task__done_at=None):
            action.pk, action.plan = None, plan
            action.save(force_insert=True)
    record("accounts.plan.begun", plan, by=by, changes={"revision": (last or None, plan.revision)})
    return plan


@transaction.atomic
def write_plan(
    plan: AccountPlan,
    *,
    vision: str,
    review_days: int,
    goals: Sequence[Goal],
    actions: Sequence[Action],
    by: User,
    version: int,
) -> AccountPlan:
    """Write the draft as a whole. ConflictError where somebody wrote meanwhile, BusinessError for what cannot be."""
    row = _open(plan, version)
    if len(goals) > MAX_ROWS or len(actions) > MAX_ROWS:
        raise BusinessError(_("At most %(n)s goals and actions.") % {"n": MAX_ROWS}, code="many")
    _check_measures(goals)
    changes = {"vision": (row.vision, vision.strip()), "review_days": (row.review_days, review_days)}
    row.vision, row.review_days, row.author = vision.strip(), review_days, by
    row.version += 1
    row.save(update_fields=["vision", "review_days", "author", "version"])
    tasks = {(a.text, a.owner_id, a.due_on): a.task_id for a in row.actions.all()}
    row.goals.all().delete()
    row.actions.all().delete()
    PlanGoal.objects.bulk_create(
        PlanGoal(plan=row, place=n, title=g.title, measure=g.measure, target=g.target, due_on=g.due_on)
        for n, g in enumerate(goals)
    )
    PlanAction.objects.bulk_create(
        PlanAction(
            plan=row,
            place=n,
            text=a.text,
            owner=a.owner,
            due_on=a.due_on,
            task_id=tasks.get((a.text, a.owner.pk, a.due_on)),
        )
        for n, a in enumerate(actions)
    )
    record("accounts.plan.written", row, by=by, changes={k: v for k, v in changes.items() if v[0] != v[1]})
    return row


def _check_measures(goals: Sequence[Goal]) -> None:
    known = measures()
    for number, goal in enumerate(goals):
        if goal.measure and (goal.measure not in known or goal.target is None or goal.target <= 0):
            raise BusinessError(
                _("Goal %(n)s: a measure needs a target above nought.") % {"n": number + 1}, code="target"
            )
        if not goal.measure and goal.target is not None:
            raise BusinessError(
                _("Goal %(n)s: say what the target is measured by.") % {"n": number + 1}, code="measure"
            )


def _open(plan: AccountPlan, version: int | None = None) -> AccountPlan:
    lock_unit(plan.unit_id)
    row = locked(AccountPlan.objects.filter(pk=plan.pk)).get()
    if version is not None and row.version != version:
        raise ConflictError(STALE, code="stale")
    if row.state not in OPEN_STATES:
        raise ConflictError(_("This plan is not being written any more."), code="closed")
    return row


@transaction.atomic
def submit_plan(plan: AccountPlan, *, by: User, version: int) -> AccountPlan:
    """Ask manager and director; a plan needs a vision, a goal and an action."""
    row = _open(plan, version)
    if not row.vision:
        raise BusinessError(_("Write the vision first."), code="vision", field="vision")
    if not row.goals.exists() or not row.actions.exists():
        raise BusinessError(_("A plan needs at least one goal and one action."), code="rows")
    _move(row, PlanState.SUBMITTED)
    record("accounts.plan.submitted", row, by=by)
    approvals.submit(SUBJECT, row, by=by)
    return row


def _move(row: AccountPlan, state: PlanState, **more: Any) -> None:
    row.state = state
    for name, value in more.items():
        setattr(row, name, value)
    row.version += 1
    row.save(update_fields=["state", "version", *more])


def _waiting(plan: AccountPlan) -> AccountPlan:
    lock_unit(plan.unit_id)
    return locked(AccountPlan.objects.filter(pk=plan.pk)).get()


@transaction.atomic
def approve_plan(plan: AccountPlan, by: User) -> None:
    """The effect of the last approval: the plan is in force, the one before is replaced, its actions become tasks."""
    row = _waiting(plan)
    for before in AccountPlan.objects.filter(unit=row.unit_id).in_force():
        _move(before, PlanState.REPLACED)
    _move(row, PlanState.APPROVED, approved_on=business_date())
    unit = SourceKey.of("accounts.unit", row.unit_id, row.unit.name)
    source = SourceKey.of("accounts.plan", row.unit_id, str(row))
    for action in row.actions.select_related("owner").filter(task=None, owner__is_active=True):
        action.task = add_task(
            action.text,
            assignee=action.owner,
            by=row.author,
            subject=unit,
            due_on=action.due_on,
            source=source,
        )
        action.save(update_fields=["task"])
    record("accounts.plan.approved", row, by=by)
    mark_dirty(row.unit_id)


@transaction.atomic
def return_plan(plan: AccountPlan, by: User) -> None:
    _move(_waiting(plan), PlanState.RETURNED, approved_on=None)
    record("accounts.plan.returned", plan, by=by)


@transaction.atomic
def reject_plan(plan: AccountPlan, by: User) -> None:
    _move(_waiting(plan), PlanState.REJECTED)
    record("accounts.plan.rejected", plan, by=by)


@transaction.atomic
def withdraw_plan(plan: AccountPlan, by: User) -> None:
    _move(_waiting(plan), PlanState.WITHDRAWN)
    record("accounts.plan.withdrawn", plan, by=by)


@transaction.atomic
def review_plan(plan: AccountPlan, *, conclusion: str, by: User, next_on: date | None = None) -> PlanReview:
    """Write down that the plan in force was looked at today."""
    row, today = _waiting(plan), business_date()
    if row.state != PlanState.APPROVED:
        raise ConflictError(_("Only the plan in force is reviewed."), code="state")
    if not conclusion.strip():
        raise BusinessError(_("Say what came out of it."), code="empty", field="conclusion")
    if next_on is not None and next_on <= today:
        raise BusinessError(_("This day has passed already."), code="past", field="next_on")
    review = PlanReview.objects.create(
        plan=row, on=today, conclusion=conclusion.strip(), next_on=next_on, by=by
    )
    record("accounts.plan.reviewed", row, by=by, reason=conclusion.strip()[:300])
    mark_dirty(row.unit_id)
    return review
