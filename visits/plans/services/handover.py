"""What becomes of the lines of somebody who leaves: nothing stays behind, the old plan keeps its history (S-222)."""

from django.db import transaction
from django.utils.translation import gettext as _

from kam.approvals.services import withdraw_for
from kam.audit.services import record
from kam.core.errors import BusinessError, BusyError
from kam.notes.services import add_task
from kam.notes.terms import SourceKey
from kam.users.models import User
from visits.bookings.services import release
from visits.plans.models import PlanLine
from visits.plans.services.checks import as_draft, lock_line, save
from visits.plans.services.lines import add_line
from visits.plans.services.plans import PLAN_SUBJECT, SUPPLEMENT_SUBJECT, open_week
from visits.plans.services.timing import SOURCE, today
from visits.plans.terms import HalfDay, LineState


@transaction.atomic
def hand_over_line(line: PlanLine, *, to: User, by: User) -> PlanLine | None:
    """Cancel the line here and plan it with the successor; where that is not possible the successor gets a task instead."""
    line = lock_line(line, None)
    if not line.is_planned:
        return None
    reason = _("Handed over to %(name)s") % {"name": to.name}
    line.state, line.reason = LineState.CANCELLED, reason
    save(line, "state", "reason")
    release(SourceKey.of(SOURCE, line.pk))
    record("visits.plan_line.handed_over", line, by=by, changes={"user": (line.plan.user, to)}, reason=reason)
    _take_back_what_waits(line, by=by, reason=reason)
    if line.unit is None:
        return None
    draft = as_draft(line, day=line.day, half_day=HalfDay(line.half_day), start=line.start)
    year, week, _weekday = line.day.isocalendar()
    try:
        with transaction.atomic():
            return add_line(open_week(to, year=year, week=week, by=by), draft, by=by)
    except BusyError:
        raise
    except BusinessError as refusal:
        add_task(
            _("Planned by %(name)s: %(purpose)s (%(why)s)")
            % {"name": line.plan.user.name, "purpose": line.purpose, "why": refusal},
            assignee=to,
            by=by,
            due_on=line.day,
            subject=SourceKey.of("accounts.unit", line.unit.pk, line.unit.name),
            source=SourceKey.of(SOURCE, line.pk, line),
        )
        return None


def _take_back_what_waits(line: PlanLine, *, by: User, reason: str) -> None:
    """Withdraw the supplement's request, and the plan's once nothing to come is left in it: nobody decides an empty week."""
    if line.is_supplement:
        withdraw_for(SUPPLEMENT_SUBJECT, line, by=by, reason=reason)
    to_come = line.plan.lines.standing().filter(day__gte=today(), is_supplement=False)
    if not to_come.exclude(state=LineState.DONE).exists():
        withdraw_for(PLAN_SUBJECT, line.plan, by=by, reason=reason)
