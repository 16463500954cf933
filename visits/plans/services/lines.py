"""Acts on one line. Order of locks: the plan, then the line; bookings are refused by their constraint."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kam.audit.services import changed_fields, record
from kam.core.errors import BusinessError
from kam.core.transitions import ensure_transition
from kam.notes.terms import SourceKey
from kam.users.models import User
from visits.bookings import services as bookings
from visits.plans.models import PlanLine, WeekPlan
from visits.plans.rules import half_of, needs_approval
from visits.plans.services.checks import (
    as_draft,
    check_day,
    check_draft,
    check_hanging,
    is_free,
    lock_line,
    lock_plan,
    reason_for,
    refuse_pending,
    refuse_unless_planned,
    refuse_waiting_week,
    save,
    terms_of,
    touch_unit,
)
from visits.plans.services.timing import FIELDS, SOURCE, LineDraft, Place, take_time, times_of
from visits.plans.terms import LINE_MOVES, HalfDay, LineState, PlanState


@transaction.atomic
def add_line(plan: WeekPlan, draft: LineDraft, *, by: User | None) -> PlanLine:
    """Put a line into the plan and take its time.

    In an approved plan it becomes a supplement: it is a draft with an approval of its own until `submit_supplement`.
    """
    plan = lock_plan(plan)
    refuse_waiting_week(plan)
    check_day(plan, draft.day)
    check_draft(plan, draft)
    start, end = times_of(plan, draft, source=None)
    line = PlanLine.objects.create(
        plan=plan,
        unit=draft.unit,
        day=draft.day,
        half_day=half_of(start),
        start=start,
        end=end,
        mode=draft.mode,
        purpose=draft.purpose,
        questions=draft.questions,
        materials=draft.materials,
        gifts=draft.gifts,
        vehicle=draft.vehicle,
        cost=draft.cost,
        is_supplement=plan.is_approved,
        approval=PlanState.DRAFT if plan.is_approved else "",
    )
    line.persons.add(*draft.persons)
    take_time(line)
    changes = {name: (None, getattr(line, name)) for name in ("unit", "day", "start", "purpose", "cost")}
    touch_unit(line)
    record("visits.plan_line.added", line, by=by, changes=changes)
    return line


@transaction.atomic
def edit_line(line: PlanLine, draft: LineDraft, *, by: User, version: int | None = None) -> PlanLine:
    """Change a line. Once it is approved, only what needs no approval; its time is changed by moving it."""
    line = lock_line(line, version)
    refuse_unless_planned(line)
    free = is_free(line)
    refuse_pending(line)
    if free:
        check_day(line.plan, draft.day)
    else:
        asked = needs_approval(terms_of(line), terms_of(draft))
        if asked:
            raise BusinessError(
                _("This was approved. A new unit, cost, gift or vehicle is planned as a supplement line."),
                code="needs_supplement",
                field=asked[0],
            )
        draft = replace(draft, day=line.day, half_day=HalfDay(line.half_day), start=line.start, end=line.end)
    check_draft(line.plan, draft)
    start, end = times_of(line.plan, draft, source=SourceKey.of(SOURCE, line.pk))
    values = {name: getattr(draft, name) for name in FIELDS} | {
        "start": start,
        "end": end,
        "half_day": half_of(start),
    }
    changes = changed_fields(line, values)
    _write(line, values)
    line.persons.set(draft.persons)
    take_time(line)
    record("visits.plan_line.edited", line, by=by, changes=changes)
    return line


@transaction.atomic
def move_line(
    line: PlanLine,
    *,
    to: Place,
    by: User,
    reason: str = "",
    version: int | None = None,
    agreed: bool = False,
) -> PlanLine:
    """Put a line elsewhere in its week; after approval with a reason.

    It keeps its hour in the same half of a day and takes the first free time of the other half, as long
    as before where that fits. `agreed` says that the customer's
    appointment moves with it.
    """
    line = lock_line(line, version)
    refuse_unless_planned(line)
    refuse_pending(line)
    check_day(line.plan, to.day)
    check_hanging(line, agreed=agreed)
    reason = reason_for(line, reason)
    half = to.half_day or HalfDay(line.half_day)
    draft = as_draft(line, day=to.day, half_day=half, start=to.start, end=to.end)
    if to.without_vehicle:
        draft = replace(draft, vehicle=None)
    length = line.ends_at - line.starts_at
    start, end = times_of(line.plan, draft, source=SourceKey.of(SOURCE, line.pk), length=length)
    first_day = line.day if line.day != to.day and not is_free(line) else None
    values = {
        "day": to.day,
        "start": start,
        "end": end,
        "half_day": half_of(start),
        "vehicle": draft.vehicle,
        "moved_reason": reason,
        "moved_from": line.moved_from or first_day,
    }
    changes = changed_fields(line, values)
    _write(line, values)
    take_time(line)
    touch_unit(line)
    record("visits.plan_line.moved", line, by=by, changes=changes, reason=reason)
    return line


def _write(line: PlanLine, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(line, name, value)
    save(line, *values)


@transaction.atomic
def postpone_line(
    line: PlanLine,
    *,
    to: WeekPlan,
    day: date,
    by: User,
    reason: str,
    start: time | None = None,
    agreed: bool = False,
) -> PlanLine:
    """Move a line into another week's plan: the line here stays as moved, the one there carries on. Return the new line."""
    if not reason.strip():
        raise BusinessError(_("Say why it is moved."), code="reason_missing", field="reason")
    line = lock_line(line, None)
    refuse_pending(line)
    check_hanging(line, agreed=agreed)
    ensure_transition(LineState(line.state), LineState.MOVED, LINE_MOVES)
    bookings.release(SourceKey.of(SOURCE, line.pk))
    new = add_line(to, as_draft(line, day=day, half_day=HalfDay(line.half_day), start=start), by=by)
    line.state, line.reason, line.moved_to = LineState.MOVED, reason.strip()[:300], new
    save(line, "state", "reason", "moved_to")
    record("visits.plan_line.postponed", line, by=by, changes={"day": (line.day, day)}, reason=reason)
    return new


@transaction.atomic
def cancel_line(
    line: PlanLine, *, by: User | None, reason: str = "", version: int | None = None, agreed: bool = False
) -> PlanLine:
    """Take a line out of the plan and give its time back; after approval with a reason."""
    line = lock_line(line, version)
    refuse_pending(line)
    check_hanging(line, agreed=agreed)
    ensure_transition(LineState(line.state), LineState.CANCELLED, LINE_MOVES)
    reason = reason_for(line, reason) or str(_("Taken out of the draft"))
    line.state, line.reason = LineState.CANCELLED, reason[:300]
    save(line, "state", "reason")
    bookings.release(SourceKey.of(SOURCE, line.pk))
    touch_unit(line)
    record("visits.plan_line.cancelled", line, by=by, reason=reason)
    return line


@transaction.atomic
def restore_line(line: PlanLine, *, by: User, version: int | None = None) -> PlanLine:
    """Take back that a line was taken out, as long as nobody approved it and its time is still free."""
    line = lock_line(line, version)
    refuse_pending(line)
    if not is_free(line):
        raise BusinessError(_("The plan is approved: what was taken out is planned anew."), code="approved")
    ensure_transition(LineState(line.state), LineState.PLANNED, LINE_MOVES)
    check_day(line.plan, line.day)
    line.state, line.reason = LineState.PLANNED, ""
    save(line, "state", "reason")
    take_time(line)
    touch_unit(line)
    record("visits.plan_line.restored", line, by=by)
    return line


@transaction.atomic
def finish_line(line: PlanLine, *, by: User) -> PlanLine:
    """Mark a line done, because its visit was logged; doing it twice changes nothing the second time."""
    line = lock_line(line, None)
    if line.state != LineState.DONE:
        ensure_transition(LineState(line.state), LineState.DONE, LINE_MOVES)
        line.state = LineState.DONE
        save(line, "state")
        record("visits.plan_line.done", line, by=by)
    return line


@transaction.atomic
def set_outline(line: PlanLine, questions: str, *, by: User) -> PlanLine:
    """Write the question outline; allowed at any time before the visit is done, approved or not (S-058)."""
    line = lock_line(line, None)
    refuse_unless_planned(line)
    changes = changed_fields(line, {"questions": questions})
    if changes:
        line.questions = questions
        save(line, "questions")
        touch_unit(line)
        record("visits.plan_line.outlined", line, by=by, changes=changes)
    return line
