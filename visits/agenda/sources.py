"""What the rooms below give to the calendar, each with its own row rights: one or two statements a source, however many people."""

from collections.abc import Iterable

from django.db.models import Q

from kam.core.clock import department_zone
from kam.core.sentences import listed
from kam.notes.models import Task
from kam.notes.registry import link_of
from kam.notes.terms import TaskKind
from kam.people.models import Absence
from kam.users.models import User
from visits.agenda.labels import KIND_LABELS
from visits.agenda.registry import Asked, Entry
from visits.agenda.terms import EntryKind
from visits.appointments.models import Appointment
from visits.appointments.permissions import can_change_appointment
from visits.appointments.selectors import day_bounds
from visits.appointments.terms import OPEN, AppointmentState
from visits.followups.models import FollowUp
from visits.plans.models import PlanLine
from visits.plans.permissions import can_edit_plan
from visits.plans.terms import OPEN_STATES, PlanState, VisitMode
from visits.preparation.selectors.day import addressed
from visits.trips.models import Trip
from visits.trips.terms import TAKEN_STATES
from visits.visits.models import Visit

_LINE_KINDS = {
    VisitMode.PHONE: EntryKind.CALL,
    VisitMode.CALLS: EntryKind.CALL,
    VisitMode.BRIEFING: EntryKind.BRIEFING,
}
_TASK_KINDS = {
    TaskKind.STEP: EntryKind.STEP,
    TaskKind.PROMISE: EntryKind.PROMISE,
    TaskKind.THEIR_PROMISE: EntryKind.PROMISE,
}


def plan_lines(asked: Asked) -> Iterable[Entry]:
    """Lines of the plans that count; one that stands for an open appointment is shown as the appointment."""
    rows = (
        PlanLine.objects.visible_to(asked.reader)
        .of_live_plans()
        .standing()
        .filter(plan__user__any_of=asked.people, day__range=(asked.days.first, asked.days.last))
        .exclude(Q(appointment__isnull=False) & Q(appointment__state__in=sorted(OPEN)))
        .select_related("plan", "unit")
    )
    for line in rows.prefetch_related("persons") if asked.with_persons else rows:
        plan = line.plan
        state = line.approval if line.is_supplement else plan.state
        yield Entry(
            key=f"line-{line.pk}",
            kind=_LINE_KINDS.get(VisitMode(line.mode), EntryKind.VISIT),
            user_id=plan.user_id,
            day=line.day,
            start=line.start,
            end=line.end,
            title=line.title,
            text=line.purpose if line.unit else "",
            state="" if line.is_planned else line.get_state_display(),
            url=_url(line, asked.reader),
            tier=line.unit.tier if line.unit else "",
            met=_met(line) if asked.with_persons else "",
            version=line.version,
            made_at=line.created_at,
            is_done=not line.is_planned,
            is_movable=line.is_planned
            and state in OPEN_STATES | {PlanState.APPROVED}
            and can_edit_plan(asked.reader, plan),
        )


def _url(line: PlanLine, reader: User) -> str:
    """The preparation of a visit; a line without a unit where it is changed, for others the day it stands on."""
    if line.unit:
        return f"/visits/prepare/{line.pk}/"
    if can_edit_plan(reader, line.plan):
        return f"/visits/week/lines/{line.pk}/"
    return f"/visits/calendar/?view=day&on={line.day}"


def _met(line: PlanLine) -> str:
    return listed(addressed(person.name, person.post) for person in line.persons.all())


def appointments(asked: Asked) -> Iterable[Entry]:
    """Open appointments, and held ones that no plan line stands for."""
    start, end = day_bounds(asked.days.first, asked.days.last)
    rows = Appointment.objects.visible_to(asked.reader).filter(
        user__any_of=asked.people, starts_at__gte=start, starts_at__lt=end
    )
    rows = rows.filter(Q(state__in=sorted(OPEN)) | Q(plan_line__isnull=True))
    rows = rows.exclude(state=AppointmentState.BROKEN).select_related("unit", "person")
    zone = department_zone()
    for row in rows:
        if row.starts_at is None or row.ends_at is None:
            continue
        begins, ends = row.starts_at.astimezone(zone), row.ends_at.astimezone(zone)
        yield Entry(
            key=f"appointment-{row.pk}",
            kind=EntryKind.APPOINTMENT,
            user_id=row.user_id,
            day=begins.date(),
            start=begins.time(),
            end=ends.time(),
            title=row.unit.name,
            text=row.topic,
            state=row.get_state_display(),
            url=f"/visits/appointments/{row.pk}/",
            tier=row.unit.tier,
            place=row.place,
            met=addressed(row.person.name, row.person.post) if row.person else "",
            version=row.version,
            made_at=row.created_at,
            is_done=not row.is_open,
            is_movable=row.is_open and can_change_appointment(asked.reader, row),
        )


def unplanned_visits(asked: Asked) -> Iterable[Entry]:
    """Visits that were made without a plan."""
    rows = Visit.objects.visible_to(asked.reader).filter(
        user__any_of=asked.people, plan_line__isnull=True, appointment__isnull=True
    )
    zone = department_zone()
    for row in rows.between(asked.days.first, asked.days.last).select_related("unit"):
        yield Entry(
            key=f"visit-{row.pk}",
            kind=EntryKind.VISIT,
            user_id=row.user_id,
            day=row.on,
            start=row.started_at.astimezone(zone).time() if row.started_at else None,
            end=row.ended_at.astimezone(zone).time() if row.started_at and row.ended_at else None,
            title=row.unit.name,
            text=row.purpose,
            state=row.get_outcome_display(),
            url=f"/visits/{row.pk}/",
            tier=row.unit.tier,
            made_at=row.entered_at,
            is_done=True,
        )


def trips(asked: Asked) -> Iterable[Entry]:
    """Business trips that are asked for, allowed or travelled."""
    rows = Trip.objects.visible_to(asked.reader).filter(
        user__any_of=asked.people,
        state__in=sorted(TAKEN_STATES),
        starts_on__lte=asked.days.last,
        ends_on__gte=asked.days.first,
    )
    for trip in rows.prefetch_related("units"):
        names = [unit.name for unit in trip.units.all()]
        yield Entry(
            key=f"trip-{trip.pk}",
            kind=EntryKind.TRIP,
            user_id=trip.user_id,
            day=trip.starts_on,
            until=trip.ends_on,
            title=listed([*names, trip.place] if trip.place else names),
            text=trip.purpose,
            state=trip.get_state_display(),
            url=trip.get_absolute_url(),
            made_at=trip.created_at,
        )


def tasks(asked: Asked) -> Iterable[Entry]:
    """Next steps, promises and tasks that are due, of those the reader does or asked for."""
    rows = Task.objects.visible_to(asked.reader).open()
    rows = rows.filter(assignee__any_of=asked.people, due_on__range=(asked.days.first, asked.days.last))
    for task in rows:
        if task.due_on is None:
            continue
        yield Entry(
            key=f"task-{task.pk}",
            kind=_TASK_KINDS.get(TaskKind(task.kind), EntryKind.TASK),
            user_id=task.assignee_id,
            day=task.due_on,
            title=task.subject_label or task.get_kind_display(),
            text=task.text,
            state=task.get_kind_display(),
            url=link_of(task.subject) or "/tasks/",
            version=task.version,
            made_at=task.created_at,
            is_movable=True,
        )


def follow_ups(asked: Asked) -> Iterable[Entry]:
    """Evening forms that were handed in."""
    rows = FollowUp.objects.visible_to(asked.reader).submitted()
    for row in rows.filter(user__any_of=asked.people, day__range=(asked.days.first, asked.days.last)):
        yield Entry(
            key=f"followup-{row.pk}",
            kind=EntryKind.FOLLOWUP,
            user_id=row.user_id,
            day=row.day,
            title=str(KIND_LABELS[EntryKind.FOLLOWUP]),
            url=f"/followups/{row.pk}/",
            made_at=row.created_at,
            is_done=True,
        )


def absences(asked: Asked) -> Iterable[Entry]:
    """Who is away, as far as the reader may know."""
    rows = Absence.objects.visible_to(asked.reader).filter(
        user__any_of=asked.people,
        cancelled_at__isnull=True,
        started_on__lte=asked.days.last,
        ended_on__gte=asked.days.first,
    )
    for row in rows:
        yield Entry(
            key=f"away-{row.pk}",
            kind=EntryKind.AWAY,
            user_id=row.user_id,
            day=row.started_on,
            until=row.ended_on,
            title=str(row.get_kind_display()),
            url="/me/absences/" if row.user_id == asked.reader.pk else "",
            made_at=row.created_at,
        )
