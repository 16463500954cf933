"""The acts of service after the sale: start the checklist for a unit, and keep the checklists themselves."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.complaints.models import ChecklistStep, Complaint, ServiceRound
from accounts.complaints.terms import StepKind
from accounts.persons.models import PersonRole
from accounts.units.models import KeyAccount
from accounts.units.services import lock_unit
from kam.audit.services import changed_fields, record
from kam.calendar.selectors import work_calendar
from kam.core.clock import business_date
from kam.core.errors import BusinessError
from kam.core.locks import locked
from kam.notes.services import add_task
from kam.notes.terms import SourceKey
from kam.users.models import User


@transaction.atomic
def start_service(
    unit: KeyAccount, occasion: str, *, assignee: User, by: User | None, complaint: Complaint | None = None
) -> ServiceRound:
    """Make a task of every step of the checklist, per person who has its role; a role that nobody has gets one task all the same.

    The same occasion is started once a unit.
    """
    row, occasion = lock_unit(unit.pk), occasion.strip()[:200]
    if not occasion:
        raise BusinessError(_("Say after what."), code="empty", field="occasion")
    if ServiceRound.objects.filter(unit=row, occasion=occasion).exists():
        raise BusinessError(
            _("Service for this occasion was started already."), code="twice", field="occasion"
        )
    steps = list(ChecklistStep.objects.in_force(StepKind.AFTER_SALES))
    if not steps:
        raise BusinessError(_("The checklist is empty."), code="no_steps")
    made = ServiceRound.objects.create(
        unit=row, complaint=complaint, occasion=occasion, started_on=business_date(), by=by
    )
    source = SourceKey.of("accounts.service", made.pk, occasion)
    subject = SourceKey.of("accounts.unit", row.pk, row.name)
    calendar = work_calendar()
    for step, name in _who(row, steps):
        add_task(
            f"{step} – {name}" if name else str(step),
            assignee=assignee,
            by=by,
            subject=subject,
            source=source,
            due_on=calendar.add(made.started_on, step.due_in),
        )
    record("accounts.service.started", made, by=by, changes={"assignee": (None, assignee)})
    return made


def _who(unit: KeyAccount, steps: list[ChecklistStep]) -> list[tuple[ChecklistStep, str]]:
    """Return each step with each person of its role who is there; with nobody's name where the seat is empty."""
    names: dict[str, list[str]] = {}
    held = PersonRole.objects.filter(
        person__unit=unit, person__left_on__isnull=True, ended_on__isnull=True
    ).select_related("person")
    for role in held.order_by("pk"):
        names.setdefault(role.role, []).append(role.person.name)
    return [(step, name) for step in steps for name in dict.fromkeys(names.get(step.role, [""]))]


@transaction.atomic
def add_checklist_step(values: Mapping[str, Any], *, by: User) -> ChecklistStep:
    """Add a row to a checklist; its code is for ever."""
    _check_role(values)
    row = ChecklistStep.objects.create(**values)
    record("accounts.checklist.added", row, by=by, changes={"label": (None, row.label)})
    return row


@transaction.atomic
def change_checklist_step(step: ChecklistStep, values: Mapping[str, Any], *, by: User) -> ChecklistStep:
    """Reword, reorder or retire a row; tasks and steps made from it stay as they are."""
    row = locked(ChecklistStep.objects.filter(pk=step.pk)).get()
    _check_role({"kind": row.kind, "role": row.role} | dict(values))
    changes = changed_fields(row, {name: value for name, value in values.items() if name != "code"})
    for name, (_old, new) in changes.items():
        setattr(row, name, new)
    if changes:
        row.save(update_fields=[*changes])
        record("accounts.checklist.changed", row, by=by, changes=changes)
    return row


def _check_role(values: Mapping[str, Any]) -> None:
    if (values["kind"] == StepKind.AFTER_SALES) != bool(values.get("role")):
        raise BusinessError(_("Service after the sale names a role, a crisis does not."), code="role")
