"""What becomes of the lines of somebody who leaves, or whose unit goes to somebody else: nothing stays behind, the old plan keeps its history (S-222)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.units.models import KeyAccount
from accounts.units.permissions import loses
from accounts.units.registry import Went
from kam.approvals.services import withdraw_for
from kam.audit.services import record
from kam.core.errors import BusinessError, BusyError
from kam.core.house import house_words
from kam.notes.services import add_task
from kam.notes.terms import SourceKey
from kam.users.models import User
from visits.bookings.services import release
from visits.plans.models import PlanLine
from visits.plans.services.checks import as_draft, lock_line, save, terms_of, touch_unit
from visits.plans.services.lines import add_line
from visits.plans.services.plans import PLAN_SUBJECT, SUPPLEMENT_SUBJECT, open_week
from visits.plans.services.timing import SOURCE, take_time, today
from visits.plans.terms import FINAL_STATES, HalfDay, LineState


@transaction.atomic
def hand_over_line(line: PlanLine, *, to: User, by: User | None) -> PlanLine | None:
    """Cancel the line here and plan it with the successor; where that is not possible the successor gets a task instead."""
    new, refusal = carry_over(line, to=to, by=by)
    if refusal is not None and line.unit is not None:
        add_task(
            _("Planned by %(name)s: %(purpose)s (%(why)s)")
            % {"name": line.plan.user.name, "purpose": line.purpose, "why": refusal},
            assignee=to,
            by=by,
            due_on=line.day,
            subject=SourceKey.of("accounts.unit", line.unit.pk, line.unit.name),
            source=SourceKey.of(SOURCE, line.pk, line),
        )
    return new


@transaction.atomic
def carry_over(line: PlanLine, *, to: User, by: User | None) -> tuple[PlanLine | None, BusinessError | None]:
    """Cancel the line here and plan it with the successor: the new line, or None and why it could not be.

    A line that comes back to the plan it was taken out of stands there again as it was approved, not as a supplement; not where the plan
    was submitted without it meanwhile.
    """
    reason = _("Handed over to %(name)s") % {"name": to.name}
    taken = take_out(line, to=to, by=by, reason=reason)
    if taken is None or taken.unit is None:
        return None, None
    try:
        with transaction.atomic():
            new = _back_where_it_was(taken, to, by=by) or _plan_anew(taken, to, by=by)
    except BusyError:
        raise
    except BusinessError as refusal:
        return None, refusal
    taken.moved_to = new if new.pk != taken.pk else None
    save(taken, "moved_to")
    return new, None


def _plan_anew(line: PlanLine, to: User, *, by: User | None) -> PlanLine:
    draft = as_draft(line, day=line.day, half_day=HalfDay(line.half_day), start=line.start)
    year, week, _weekday = line.day.isocalendar()
    return add_line(open_week(to, year=year, week=week, by=by), draft, by=by)


def _back_where_it_was(line: PlanLine, to: User, *, by: User | None) -> PlanLine | None:
    """Let the line that this one came from stand again, where it is still the same and its plan counts; None where it is not."""
    came_from = PlanLine.objects.filter(moved_to=line, plan__user=to, state=LineState.CANCELLED).first()
    if came_from is None:
        return None
    was = lock_line(came_from, None)
    same_time = (was.day, was.start, was.end) == (line.day, line.start, line.end)
    if not same_time or terms_of(was) != terms_of(line) or {was.plan.state, was.approval} & FINAL_STATES:
        return None
    if _was_asked_without(was, taken_out_at=line.created_at):
        return None
    was.state, was.reason, was.moved_to, was.questions = LineState.PLANNED, "", None, line.questions
    save(was, "state", "reason", "moved_to", "questions")
    take_time(was)
    touch_unit(was)
    record("visits.plan_line.restored", was, by=by)
    return was


def _was_asked_without(line: PlanLine, *, taken_out_at: datetime) -> bool:
    """Say whether its week was submitted after the line was taken out: then nobody decides, or decided, on the line."""
    plan = line.plan
    if line.is_supplement or plan.is_open or plan.submitted_at is None:
        return False
    return plan.submitted_at > taken_out_at


@transaction.atomic
def take_out(line: PlanLine, *, to: User | None, by: User | None, reason: str) -> PlanLine | None:
    """Cancel a planned line, give its hours back, and withdraw what waits about it; None where it is not planned any more."""
    line = lock_line(line, None)
    if not line.is_planned:
        return None
    line.state, line.reason = LineState.CANCELLED, reason[:300]
    save(line, "state", "reason")
    release(SourceKey.of(SOURCE, line.pk))
    record("visits.plan_line.handed_over", line, by=by, changes={"user": (line.plan.user, to)}, reason=reason)
    _take_back_what_waits(line, by=by, reason=reason)
    return line


def _take_back_what_waits(line: PlanLine, *, by: User | None, reason: str) -> None:
    """Withdraw the supplement's request, and the plan's once nothing to come is left in it: nobody decides an empty week."""
    if line.is_supplement:
        withdraw_for(SUPPLEMENT_SUBJECT, line, by=by, reason=reason)
    to_come = line.plan.lines.standing().filter(day__gte=today(), is_supplement=False)
    if not to_come.exclude(state=LineState.DONE).exists():
        withdraw_for(PLAN_SUBJECT, line.plan, by=by, reason=reason)


def follow_owner(unit: KeyAccount, former: User | None, by: User | None) -> list[Went]:
    """Hand the former owner's visits to come to the new owner of the unit (locked); out of the plans of others who do not see it any more they go."""
    went = []
    to_come = PlanLine.objects.standing().of_live_plans().filter(unit=unit, day__gte=today())
    rows = to_come.filter(state=LineState.PLANNED).select_related("plan__user").order_by("plan", "pk")
    for line in rows:
        person = line.plan.user
        if not loses(person, unit, former):
            continue
        to = unit.owner if former is not None and person.pk == former.pk else None
        if to is not None:
            hand_over_line(line, to=to, by=by)
        else:
            take_out(line, to=None, by=by, reason=_why_out(unit))
        touch_unit(line)
        went.append(Went(person, to))
    return went


def reclaim(unit: KeyAccount, other: KeyAccount, by: User) -> None:
    """Give `unit` the visits to come that were planned at `other` from its own, however often they were put off since."""
    made = PlanLine.objects.filter(unit=other)
    found = set(made.filter(moved_from_line__unit=unit).values_list("pk", flat=True))
    later = found
    while later:
        later = set(made.filter(moved_from_line__in=later).values_list("pk", flat=True)) - found
        found |= later
    to_come = PlanLine.objects.standing().of_live_plans().filter(pk__in=found, day__gte=today())
    for line in to_come.filter(state=LineState.PLANNED).select_related("plan__user").order_by("plan", "pk"):
        row = lock_line(line, None)
        row.unit = unit
        save(row, "unit")
        record("visits.plan_line.reclaimed", row, by=by, changes={"unit": (other.name, unit.name)})


def _why_out(unit: KeyAccount) -> str:
    with house_words():
        if unit.owner is None:
            return _("The unit is in the pool")
        return _("The unit belongs to %(name)s now") % {"name": unit.owner.name}
