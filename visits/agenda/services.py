"""Moving what stands in the calendar through the services of its own room, and planning what is due on a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kam.core.clock import department_zone
from kam.core.errors import BusinessError, ConflictError
from kam.notes import services as notes
from kam.notes.models import Task
from kam.users.models import User
from visits.appointments import services as appointments
from visits.appointments.models import Appointment
from visits.appointments.terms import BreakReason
from visits.plans import services as plans
from visits.plans.models import PlanLine
from visits.plans.services import LineDraft, Place
from visits.plans.terms import HalfDay


@dataclass(frozen=True, slots=True)
class Target:
    """Where an entry goes: a day, the hour where it changes, why, and which version the page showed."""

    day: date
    start: time | None = None
    end: time | None = None
    reason: str = ""
    reason_kind: str = ""
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """What was put where; `back` are the words of the same act that puts it back."""

    title: str
    day: date
    start: time | None
    back: Mapping[str, Any]


Movable = PlanLine | Appointment | Task


def move_entry(row: Movable, to: Target, *, by: User) -> Moved:
    """Put a line, an appointment or a task on another day; the refusals are those of its own room."""
    if isinstance(row, PlanLine):
        return _move_line(row, to, by=by)
    if isinstance(row, Appointment):
        return _move_appointment(row, to, by=by)
    return _move_task(row, to, by=by)


def _move_line(line: PlanLine, to: Target, *, by: User) -> Moved:
    was = {"day": line.day.isoformat(), "start": f"{line.start:%H:%M}", "end": f"{line.end:%H:%M}"}
    if line.plan.monday <= to.day <= line.plan.sunday:
        place = Place(to.day, start=to.start, end=to.end)
        moved = plans.move_line(line, to=place, by=by, reason=to.reason, version=to.version)
        back = {"reason": to.reason}
    else:
        if to.version is not None and line.version != to.version:
            raise ConflictError(
                _("Somebody changed this line meanwhile. Look at it again."), code="stale", field="day"
            )
        year, week, _weekday = to.day.isocalendar()
        other = plans.open_week(line.plan.user, year=year, week=week, by=by)
        moved = plans.postpone_line(line, to=other, day=to.day, by=by, reason=to.reason, start=to.start)
        back = {"reason": gettext("Taken back: %(reason)s") % {"reason": to.reason}}
    key = {"entry": f"line-{moved.pk}", "version": moved.version}
    return Moved(moved.title, moved.day, moved.start, was | key | back)


def _move_appointment(row: Appointment, to: Target, *, by: User) -> Moved:
    zone = department_zone()
    old = row.starts_at.astimezone(zone) if row.starts_at else None
    start = to.start or (old.time() if old else time(9))
    moved = appointments.book_appointment(
        row,
        starts_at=datetime.combine(to.day, start, tzinfo=zone),
        ends_at=datetime.combine(to.day, to.end, tzinfo=zone) if to.end and to.end > start else None,
        by=by,
        reason_kind=BreakReason(to.reason_kind) if to.reason_kind else None,
        reason=to.reason,
        version=to.version,
    )
    back: dict[str, Any] = {"entry": f"appointment-{moved.pk}", "version": moved.version}
    if old is not None:
        back |= {"day": old.date().isoformat(), "start": f"{old:%H:%M}"}
        back |= {"reason_kind": BreakReason.OUR_CHANGE.value, "reason": gettext("Taken back")}
    return Moved(row.unit.name, to.day, start, back)


def _move_task(task: Task, to: Target, *, by: User) -> Moved:
    old = task.due_on
    moved = notes.postpone_task(task, due_on=to.day, by=by, version=to.version)
    back = {"entry": f"task-{moved.pk}", "version": moved.version, "day": old.isoformat() if old else ""}
    return Moved(moved.text, to.day, None, back)


def plan_on(owner: User, draft: LineDraft, *, by: User) -> PlanLine:
    """Plan a visit at the hour of `draft`, without one at the first free time of its day, in the morning or else in the afternoon."""
    year, week, _weekday = draft.day.isocalendar()
    plan = plans.open_week(owner, year=year, week=week, by=by)
    try:
        return plans.add_line(plan, draft, by=by)
    except BusinessError as refused:
        if draft.start is not None or refused.code not in {"clash", "day_over"}:
            raise
    return plans.add_line(plan, _afternoon(draft), by=by)


def _afternoon(draft: LineDraft) -> LineDraft:
    return LineDraft(
        day=draft.day,
        purpose=draft.purpose,
        unit=draft.unit,
        persons=draft.persons,
        half_day=HalfDay.AFTERNOON,
        mode=draft.mode,
    )
