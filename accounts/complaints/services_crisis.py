"""The acts in a crisis: open with the checklist, add and finish steps, write down what was said, close with a lesson."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.complaints.letters import tell_crisis, tell_step_overdue
from accounts.complaints.models import ChecklistStep, Complaint, Crisis, CrisisStatement, CrisisStep
from accounts.complaints.rules import step_due
from accounts.complaints.terms import ComplaintState, Severity, StepKind
from accounts.units.services import lock_unit
from kam.audit.services import record
from kam.core.errors import BusinessError, ConflictError
from kam.core.locks import locked
from kam.users.models import User


@transaction.atomic
def open_crisis(complaint: Complaint, *, leader: User, by: User) -> Crisis:
    """Open the handling of a severe complaint: every step of the checklist gets the leader and its hour."""
    lock_unit(complaint.unit_id)
    row = locked(Complaint.objects.filter(pk=complaint.pk)).get()
    if row.severity != Severity.SEVERE:
        raise BusinessError(_("Only a severe complaint is handled as a crisis."), code="severity")
    if row.state == ComplaintState.CLOSED:
        raise BusinessError(_("This complaint is closed."), code="closed")
    if Crisis.objects.filter(complaint=row).exists():
        raise ConflictError(_("This crisis was opened already."), code="twice")
    _check_person(leader, "leader")
    now = timezone.now()
    crisis = Crisis.objects.create(complaint=row, leader=leader, opened_at=now, by=by)
    CrisisStep.objects.bulk_create(
        CrisisStep(crisis=crisis, text=str(step), responsible=leader, due_at=step_due(now, step.due_in))
        for step in ChecklistStep.objects.in_force(StepKind.CRISIS)
    )
    record("accounts.crisis.opened", crisis, by=by, changes={"leader": (None, leader)})
    tell_crisis(crisis, by=by)
    return crisis


@transaction.atomic
def add_step(crisis: Crisis, text: str, *, responsible: User, due_at: datetime, by: User) -> CrisisStep:
    """Add a step beside those of the checklist."""
    row = _open(crisis)
    _check_person(responsible, "responsible")
    if not text.strip():
        raise BusinessError(_("Say what is to be done."), code="empty", field="text")
    step = CrisisStep.objects.create(
        crisis=row, text=text.strip()[:300], responsible=responsible, due_at=due_at
    )
    record("accounts.crisis.step_added", step, by=by, changes={"responsible": (None, responsible)})
    tell_crisis(row, by=by)
    return step


@transaction.atomic
def give_step(step: CrisisStep, responsible: User, *, by: User) -> CrisisStep:
    """Make somebody else responsible for an open step."""
    row = _open_step(step)
    _check_person(responsible, "responsible")
    if row.responsible_id != responsible.pk:
        old, row.responsible = row.responsible, responsible
        row.save(update_fields=["responsible"])
        record("accounts.crisis.step_given", row, by=by, changes={"responsible": (old, responsible)})
        tell_crisis(row.crisis, by=by)
    return row


@transaction.atomic
def finish_step(step: CrisisStep, *, note: str, by: User) -> CrisisStep:
    """Note that a step is done and what came of it; a second time changes nothing."""
    row = locked(CrisisStep.objects.filter(pk=step.pk)).get()
    if row.done_at is not None:
        return row
    _open(row.crisis)
    row.done_at, row.done_by, row.note = timezone.now(), by, note.strip()[:500]
    row.save(update_fields=["done_at", "done_by", "note"])
    record("accounts.crisis.step_done", row, by=by, reason=row.note[:300])
    return row


@transaction.atomic
def say_in_crisis(crisis: Crisis, text: str, *, audience: str, by: User) -> CrisisStatement:
    """Write down what was said to whom: the customer, the press, our own people."""
    row = _open(crisis)
    if not text.strip():
        raise BusinessError(_("Write down what was said."), code="empty", field="text")
    said = CrisisStatement.objects.create(
        crisis=row, audience=audience.strip()[:200], text=text.strip(), said_at=timezone.now(), by=by
    )
    record("accounts.crisis.stated", said, by=by, changes={"audience": (None, said.audience)})
    return said


@transaction.atomic
def close_crisis(crisis: Crisis, *, lesson: str, by: User) -> Crisis:
    """Close a crisis whose steps are all done, with what we learn from it."""
    row = _open(crisis)
    if not lesson.strip():
        raise BusinessError(_("Say what we learn from it."), code="lesson", field="lesson")
    if row.steps.filter(done_at__isnull=True).exists():
        raise BusinessError(_("Some steps are not done yet."), code="steps")
    row.closed_at, row.lesson = timezone.now(), lesson.strip()
    row.version += 1
    row.save(update_fields=["closed_at", "lesson", "version"])
    record("accounts.crisis.closed", row, by=by, reason=row.lesson[:300])
    return row


def pass_up_overdue_steps() -> str:
    """Tell those above which steps are overdue; each once. Runs every ten minutes."""
    rows = CrisisStep.objects.filter(
        done_at__isnull=True, due_at__lt=timezone.now(), crisis__closed_at__isnull=True
    ).select_related("crisis__complaint__unit", "crisis__leader", "responsible")
    return str(sum(tell_step_overdue(step) for step in rows.order_by("pk")))


def _open(crisis: Crisis) -> Crisis:
    row = locked(Crisis.objects.filter(pk=crisis.pk)).get()
    if row.closed_at is not None:
        raise BusinessError(_("This crisis is closed."), code="closed")
    return row


def _open_step(step: CrisisStep) -> CrisisStep:
    row = locked(CrisisStep.objects.filter(pk=step.pk)).get()
    _open(row.crisis)
    if row.done_at is not None:
        raise BusinessError(_("This step is done."), code="done")
    return row


def _check_person(person: User, field: str) -> None:
    if not person.is_active:
        raise BusinessError(_("This person does not work here any more."), code="gone", field=field)
