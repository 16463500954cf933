"""Asking for another key person once the time of designation is over. Split from ties.py: only this asks the approvals."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.persons.models import KeyPersonChange, KeyPersonPeriod, Person
from accounts.persons.services import lock_person
from accounts.persons.ties import replace_key_person
from accounts.units.models import KeyAccount
from kam.approvals import services as approvals
from kam.audit.services import record
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.core.house import in_house_words
from kam.core.locks import locked
from kam.notes.terms import SourceKey
from kam.users.models import User

SUBJECT = "key_person_change"
#: What the period of a key person names as its source.
APPROVED_CHANGE = _("approved change")


@transaction.atomic
def ask_key_person_change(person: Person, *, by: User, reason: str) -> KeyPersonChange:
    """Ask manager and director to make `person` the key person; one open question a unit."""
    row = lock_person(person.pk)
    if row.left_on is not None:
        raise BusinessError(_("This person has left already."), code="left")
    if not reason.strip():
        raise BusinessError(_("Say why."), code="reason", field="reason")
    if KeyPersonPeriod.objects.filter(person=row, ended_on__isnull=True).exists():
        raise BusinessError(_("This person is the designated key person already."), code="same")
    if KeyPersonChange.objects.filter(unit=row.unit_id, closed_at__isnull=True).exists():
        raise ConflictError(_("A change of key person is waiting for a decision already."), code="open")
    change = KeyPersonChange.objects.create(
        unit=row.unit, person=row, reason=reason.strip()[:300], asked_by=by
    )
    record("accounts.key_person.change_asked", row, by=by, reason=reason)
    approvals.submit(SUBJECT, change, by=by)
    return change


def open_change(unit: KeyAccount) -> KeyPersonChange | None:
    """Return the change that is not decided yet; there is at most one a unit."""
    rows = KeyPersonChange.objects.select_related("person", "asked_by")
    return rows.filter(unit=unit, closed_at__isnull=True).first()


@transaction.atomic
def approve_change(change: KeyPersonChange, by: User) -> None:
    """The effect of the last approval: from today on the new person is the key person."""
    row = _close(change)
    replace_key_person(
        row.person,
        on=business_date(),
        by=by,
        reason=row.reason,
        source=SourceKey.of("accounts.key_person_change", row.pk, in_house_words(APPROVED_CHANGE)),
    )


@transaction.atomic
def close_change(change: KeyPersonChange, by: User) -> None:
    """Returned, rejected or withdrawn: the key person stays. Who still wants another one asks anew."""
    del by
    if KeyPersonChange.objects.filter(pk=change.pk, closed_at__isnull=True).exists():
        _close(change)


def _close(change: KeyPersonChange) -> KeyPersonChange:
    row = locked(KeyPersonChange.objects.filter(pk=change.pk)).get()
    row.closed_at = timezone.now()
    row.save(update_fields=["closed_at"])
    return row


def snapshot(change: KeyPersonChange) -> Mapping[str, Any]:
    """What the deciders see: who is it now, who shall it be, why."""
    running = (
        KeyPersonPeriod.objects.filter(unit=change.unit_id, ended_on__isnull=True)
        .select_related("person")
        .first()
    )
    return {
        "title": f"{change.unit.name} · {change.person.name}",
        "subtitle": str(_("Change of the designated key person")),
        "unit": change.unit.name,
        "why": change.reason,
        "person": change.person.name,
        "facts": [
            [str(_("Key person now")), running.person.name if running else "–"],
            [str(_("Since")), running.started_on.isoformat() if running else "–"],
            [str(_("Shall be")), f"{change.person.name} · {change.person.post}".strip(" ·")],
        ],
        "url": change.person.get_absolute_url(),
    }
