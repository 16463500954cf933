"""Handing in the evening form: rows per unit, next steps and asked help become tasks (S-154, S-155)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.units.models import KeyAccount
from accounts.units.services import mark_dirty
from kam.audit.services import record
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.core.locks import locked
from kam.notes.models import Task
from kam.notes.services import add_task, move_task, postpone_task
from kam.notes.terms import SourceKey, TaskKind
from kam.users.models import User
from kam.users.scopes import team_of
from visits.appointments.models import Appointment
from visits.appointments.services import mark_followed_up
from visits.appointments.terms import AppointmentState
from visits.followups.models import FollowUp, FollowUpRow
from visits.visits.models import Visit
from visits.visits.services.contacts import source_of

TEXTS = ("done", "problems", "result", "intention", "next_step", "help_wanted")


@dataclass(frozen=True, slots=True, kw_only=True)
class RowEntry:
    """What the form says about one unit."""

    unit: KeyAccount
    done: str = ""
    problems: str = ""
    result: str = ""
    intention: str = ""
    next_step: str = ""
    next_step_on: date | None = None
    next_step_owner: User | None = None
    help_wanted: str = ""
    help_from: User | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DayEntry:
    """What the form says about the day."""

    summary: str = ""
    problems: str = ""
    tomorrow: str = ""
    further_plan: str = ""
    rows: Sequence[RowEntry] = ()


@transaction.atomic
def file_followup(day: date, entry: DayEntry, *, by: User, version: int = 0) -> FollowUp:
    """Hand in the form of one day (again); tasks are made once and follow later changes. Late after that day's midnight."""
    _check(day, entry)
    locked(User.objects.filter(pk=by.pk), no_key=True).get()
    form = FollowUp.objects.filter(user=by, day=day).first()
    if (form.version if form else 0) != version:
        raise ConflictError(_("This form was handed in meanwhile. Look at it again."), code="stale")
    now = timezone.now()
    form = form or FollowUp(user=by, day=day, team=team_of(by), version=0)
    form.summary, form.problems = entry.summary, entry.problems
    form.tomorrow, form.further_plan = entry.tomorrow, entry.further_plan
    if form.submitted_at is None:
        form.submitted_at = now
        form.is_late = business_date(now) > day
    form.version += 1
    form.save()
    _write_rows(form, entry.rows, by=by)
    record("visits.followup.submitted", form, by=by, changes={"rows": (None, len(entry.rows))})
    return form


def _check(day: date, entry: DayEntry) -> None:
    if day > business_date():
        raise BusinessError(_("The form of a day is filled on that day."), code="future", field="day")
    if not entry.tomorrow.strip():
        raise BusinessError(_("Say what is planned for tomorrow."), code="no_plan", field="tomorrow")
    if not entry.rows and not entry.summary.strip():
        raise BusinessError(_("Say what was done today."), code="empty", field="summary")
    for row in entry.rows:
        if not row.done.strip():
            raise BusinessError(
                _("%(unit)s: say what was done.") % {"unit": row.unit.name}, code="empty_row", field="rows"
            )
        if row.help_wanted and row.help_from is None:
            raise BusinessError(
                _("%(unit)s: say from whom help is wanted.") % {"unit": row.unit.name},
                code="help_from",
                field="rows",
            )


def _write_rows(form: FollowUp, entries: Sequence[RowEntry], *, by: User) -> None:
    """Write the rows of the form, drop those of units that are no longer named, and settle what was held there."""
    units = [entry.unit.pk for entry in entries]
    form.rows.exclude(unit__in=units).delete()
    there = {row.unit_id: row for row in form.rows.select_related("step_task", "help_task")}
    for entry in entries:
        row = there.get(entry.unit.pk) or FollowUpRow(follow_up=form, unit=entry.unit)
        _write_row(row, entry, by=by)
        there[entry.unit.pk] = row
    for appointment in _held_appointments(form, units):
        mark_followed_up(appointment, by=by)
    for unit_id in sorted(units):
        mark_dirty(unit_id)


def _write_row(row: FollowUpRow, entry: RowEntry, *, by: User) -> None:
    for name in TEXTS:
        setattr(row, name, getattr(entry, name))
    row.next_step_on, row.help_from = entry.next_step_on, entry.help_from
    row.next_step_owner = entry.next_step_owner or by
    row.step_task = _task_for(
        row,
        row.step_task or _step_of_visit(row),
        text=row.next_step,
        assignee=row.next_step_owner,
        due_on=row.next_step_on,
        kind=TaskKind.STEP,
        by=by,
    )
    row.help_task = _task_for(
        row,
        row.help_task,
        text=row.help_wanted,
        assignee=row.help_from,
        due_on=row.next_step_on,
        kind=TaskKind.HELP,
        by=by,
    )
    row.version += 1
    row.save()


def _held_appointments(form: FollowUp, units: Sequence[int]) -> list[Appointment]:
    """Return the appointments of this person with these units that were held until that day and wait for their form."""
    held = Appointment.objects.filter(unit__in=units, state=AppointmentState.VISITED)
    return list(held.filter(visits__user=form.user, visits__on__lte=form.day).distinct().order_by("pk"))


def _step_of_visit(row: FollowUpRow) -> Task | None:
    """Return the open task that a visit of that day made of the same next step: it is one step, not two."""
    visits = Visit.objects.filter(unit=row.unit_id, user=row.follow_up.user_id, on=row.follow_up.day)
    keys = [source_of(visit) for visit in visits]
    there = Task.objects.open().filter(kind=TaskKind.STEP, text=row.next_step)
    mine = there.filter(source_kind__in={key.kind for key in keys}, source_id__in=[key.id for key in keys])
    return mine.order_by("pk").first()


def _task_for(
    row: FollowUpRow,
    task: Task | None,
    *,
    text: str,
    assignee: User | None,
    due_on: date | None,
    kind: TaskKind,
    by: User,
) -> Task | None:
    """Return the task of a row: the one there is while its text stays, else a new one; nothing for an empty text."""
    if not text or assignee is None:
        return None
    if task is not None and task.text == text and task.done_at is not None:
        return task
    if task is None or task.text != text:
        return add_task(
            text,
            assignee=assignee,
            by=by,
            subject=SourceKey.of("accounts.unit", row.unit_id, row.unit.name),
            due_on=due_on,
            kind=kind,
            source=SourceKey.of("followup", row.follow_up_id, row.follow_up.day.isoformat()),
        )
    return postpone_task(move_task(task, to=assignee, by=by), due_on=due_on, by=by)
