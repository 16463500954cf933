"""What every act on a line asks first."""

from datetime import date, time

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.units.models import KeyAccount
from accounts.units.services import mark_dirty
from kam.core.errors import BusinessError, ConflictError
from kam.core.locks import locked
from kam.core.sentences import listed
from visits.plans.labels import DAY_OVER, UNIT_MISSING
from visits.plans.models import PlanLine, WeekPlan
from visits.plans.registry import objection_to_moving
from visits.plans.rules import Terms, shifted
from visits.plans.services.timing import LineDraft, today
from visits.plans.terms import OPEN_STATES, HalfDay, LineState, PlanState, VisitMode


def lock_plan(plan: WeekPlan) -> WeekPlan:
    """Lock and re-read a plan."""
    return locked(WeekPlan.objects.filter(pk=plan.pk).select_related("user", "team")).get()


def lock_line(line: PlanLine, version: int | None) -> PlanLine:
    """Lock the plan, then the line; raises ConflictError for a stale `version`."""
    plan = lock_plan(line.plan)
    row = locked(PlanLine.objects.filter(pk=line.pk).select_related("unit", "vehicle")).get()
    if version is not None and row.version != version:
        raise ConflictError(_("Somebody changed this line meanwhile. Look at it again."), code="stale")
    row.plan = plan
    return row


def lock_standing(line: PlanLine) -> PlanLine | None:
    """Lock a line for what is done there; None where it was taken out or moved into another week meanwhile."""
    row = lock_line(line, None)
    return row if row.state in {LineState.PLANNED, LineState.DONE} else None


def save(line: PlanLine, *fields: str) -> None:
    """Write the named fields and count the version."""
    line.version += 1
    line.save(update_fields=[*fields, "version"])


def touch_unit(line: PlanLine) -> None:
    """Have the unit's red flags computed again: what is planned there today has an outline, or not."""
    if line.unit_id is not None:
        mark_dirty(line.unit_id)


def is_free(line: PlanLine) -> bool:
    """Say whether nobody approved the line yet, so that everything may change."""
    return line.approval in OPEN_STATES if line.is_supplement else line.plan.is_open


def refuse_pending(line: PlanLine) -> None:
    """Raise BusinessError while the line waits for a decision, or after it was refused."""
    state = line.approval if line.is_supplement else line.plan.state
    if state == PlanState.PENDING:
        raise BusinessError(_("This is waiting for approval; withdraw it to change it."), code="pending")
    if state in {PlanState.REJECTED, PlanState.WITHDRAWN}:
        raise BusinessError(_("This was not approved. Plan it anew."), code="final")


def refuse_waiting_week(plan: WeekPlan) -> None:
    """Raise BusinessError where no line can be added: neither a draft nor, as a supplement, an approved week."""
    if not plan.is_open and not plan.is_approved:
        raise BusinessError(_("The plan is waiting for approval; withdraw it to change it."), code="pending")


def refuse_unless_planned(line: PlanLine) -> None:
    if not line.is_planned:
        raise BusinessError(_("This line is no longer planned."), code="not_planned")


def check_day(plan: WeekPlan, day: date) -> None:
    """Raise BusinessError for a day outside the week or in the past."""
    if not plan.monday <= day <= plan.sunday:
        raise BusinessError(_("This day is not in the plan's week."), code="other_week", field="day")
    if day < today():
        raise BusinessError(
            DAY_OVER,
            code="day_over",
            field="day",
        )


def check_hanging(line: PlanLine, *, agreed: bool) -> None:
    """Raise BusinessError where something agreed with the customer hangs on the line, unless that changes with it."""
    objection = None if agreed else objection_to_moving(line.pk)
    if objection:
        raise BusinessError(objection, code="agreed_with_customer")


def reason_for(line: PlanLine, reason: str) -> str:
    """Return the reason; raises BusinessError where an approved line needs one and has none."""
    reason = reason.strip()[:300]
    if not reason and not is_free(line):
        raise BusinessError(
            _("The plan is approved: say why this changes."), code="reason_missing", field="reason"
        )
    return reason


def check_draft(plan: WeekPlan, draft: LineDraft) -> None:
    """Raise BusinessError for a unit that is not the planner's, persons of another unit, or nothing to do."""
    if not draft.purpose.strip():
        raise BusinessError(_("Say what the visit is for."), code="empty", field="purpose")
    if draft.cost < 0:
        raise BusinessError(_("The cost cannot be negative."), code="negative", field="cost")
    if draft.unit is None:
        if draft.mode != VisitMode.CALLS:
            raise BusinessError(UNIT_MISSING, code="unit_missing", field="unit")
        return
    if not KeyAccount.objects.visible_to(plan.user).filter(pk=draft.unit.pk).exists():
        raise BusinessError(
            _("%(name)s does not see this unit.") % {"name": plan.user.name},
            code="unit_foreign",
            field="unit",
        )
    if any(person.unit_id != draft.unit.pk or person.left_on is not None for person in draft.persons):
        raise BusinessError(
            _("Choose persons who work at this unit."), code="person_foreign", field="persons"
        )


def refuse_moved_on(plan: WeekPlan, lines: QuerySet[PlanLine]) -> None:
    """Raise BusinessError where a visit still to come is at a unit that went to somebody else since it was planned."""
    to_come = lines.filter(state=LineState.PLANNED, day__gte=today(), unit__isnull=False)
    gone = to_come.exclude(unit__in=KeyAccount.objects.visible_to(plan.user)).order_by("day", "start")
    names = list(dict.fromkeys(gone.values_list("unit__name", flat=True)))
    if names:
        raise BusinessError(
            _("These units belong to somebody else by now: %(names)s. Take their visits out of the plan.")
            % {"names": listed(names)},
            code="unit_foreign",
        )


def terms_of(thing: PlanLine | LineDraft) -> Terms:
    """Return the part of a line, or of a draft, that is approved."""
    return Terms(
        unit_id=thing.unit.pk if thing.unit else None,
        cost=thing.cost,
        gifts=thing.gifts,
        vehicle_id=thing.vehicle.pk if thing.vehicle else None,
    )


def as_draft(
    line: PlanLine, *, day: date, half_day: HalfDay, start: time | None, end: time | None = None
) -> LineDraft:
    """Return the line as a draft for another day: its own hours in the same half, else open or as wished."""
    same_half = half_day == line.half_day
    if start is not None:
        end = end or shifted(line.start, line.end, start)
    elif same_half:
        start, end = line.start, line.end
    return LineDraft(
        day=day,
        purpose=line.purpose,
        unit=line.unit,
        persons=[p for p in line.persons.all() if p.left_on is None],
        half_day=half_day,
        start=start,
        end=end,
        mode=VisitMode(line.mode),
        questions=line.questions,
        materials=line.materials,
        gifts=line.gifts,
        vehicle=line.vehicle,
        cost=line.cost,
    )
