"""Whom a visit met: freely corrected at first; on a first visit later only with manager and director (12-decisions, 19)."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.persons.models import Person
from accounts.units.services import lock_unit, mark_dirty
from kam.approvals import services as approvals
from kam.audit.services import record
from kam.core.errors import BusinessError, ConflictError
from kam.core.locks import locked
from kam.users.models import User
from visits.visits.models import PersonsChange, Visit, VisitPerson
from visits.visits.selectors import is_frozen
from visits.visits.services.contacts import write_contact
from visits.visits.services.rights import lock_unit_of
from visits.visits.terms import ChangeResult

PERSONS_SUBJECT = "first_visit_change"


def change_persons(visit: Visit, persons: Sequence[Person], *, by: User) -> None:
    """Correct the list while it is free; the same list changes nothing."""
    if {person.pk for person in persons} == set(visit.persons_met.values_list("person", flat=True)):
        return
    if is_frozen(visit):
        raise BusinessError(
            _("Whom the first visit met is fixed after a day; a change needs the manager and the director."),
            code="frozen",
            field="persons",
        )
    _write(visit, persons, by=by)


@transaction.atomic
def ask_persons_change(
    visit: Visit, persons: Sequence[Person], *, by: User, reason: str, version: int | None = None
) -> PersonsChange:
    """Ask manager and director to change whom a first visit met; one open question a visit."""
    lock_unit_of(visit.unit_id, by=by)
    row = locked(Visit.objects.filter(pk=visit.pk)).get()
    if version is not None and row.version != version:
        raise ConflictError(_("Somebody changed this visit meanwhile. Look at it again."), code="stale")
    _check(row, persons, reason)
    change = PersonsChange.objects.create(visit=row, reason=reason.strip()[:300], asked_by=by)
    change.persons.set(persons)
    record("visits.visit.persons_change_asked", row, by=by, changes=_words(row, persons), reason=reason)
    approvals.submit(PERSONS_SUBJECT, change, by=by)
    return change


def _check(visit: Visit, persons: Collection[Person], reason: str) -> None:
    if not is_frozen(visit):
        raise BusinessError(_("This list is still free: correct the visit itself."), code="free")
    if not persons:
        raise BusinessError(_("Say who was met."), code="nobody", field="persons")
    if any(person.unit_id != visit.unit_id for person in persons):
        raise BusinessError(_("A person met belongs to another unit."), code="other_unit", field="persons")
    if {person.pk for person in persons} == set(visit.persons_met.values_list("person", flat=True)):
        raise BusinessError(_("These are the persons met already."), code="same", field="persons")
    if not reason.strip():
        raise BusinessError(_("Say why."), code="reason", field="reason")
    if visit.persons_changes.filter(closed_at__isnull=True).exists():
        raise ConflictError(_("A change of these persons is waiting for a decision already."), code="open")


@transaction.atomic
def approve_persons_change(change: PersonsChange, by: User) -> None:
    """The effect of the last approval: the list is what was asked for; the unit's contact follows."""
    lock_unit(change.visit.unit_id)
    row = _close(change, ChangeResult.APPROVED)
    visit = locked(Visit.objects.filter(pk=row.visit_id)).get()
    persons = list(row.persons.all())
    _write(visit, persons, by=by, reason=row.reason)
    visit.version += 1
    visit.save(update_fields=["version"])
    used = visit.answers.exclude(answer="").exists()
    write_contact(visit, persons, outline_used=used, by=visit.user, approved=True)
    mark_dirty(visit.unit_id)


@transaction.atomic
def refuse_persons_change(change: PersonsChange, by: User) -> None:
    """Returned, rejected or withdrawn: the list stays. Who still wants it asks anew."""
    del by
    if PersonsChange.objects.filter(pk=change.pk, closed_at__isnull=True).exists():
        _close(change, ChangeResult.REFUSED)


def _close(change: PersonsChange, result: ChangeResult) -> PersonsChange:
    row = locked(PersonsChange.objects.filter(pk=change.pk)).get()
    row.closed_at, row.result = timezone.now(), result
    row.save(update_fields=["closed_at", "result"])
    return row


def _write(visit: Visit, persons: Sequence[Person], *, by: User, reason: str = "") -> None:
    changes = _words(visit, persons)
    there = set(visit.persons_met.values_list("person", flat=True))
    visit.persons_met.exclude(person__in=persons).delete()
    VisitPerson.objects.bulk_create(
        [VisitPerson(visit=visit, person=person) for person in persons if person.pk not in there]
    )
    record("visits.visit.persons_changed", visit, by=by, changes=changes, reason=reason)


def _words(visit: Visit, persons: Collection[Person]) -> dict[str, tuple[Any, Any]]:
    before = sorted(row.person.name for row in visit.persons_met.select_related("person"))
    return {"persons": (before, sorted(person.name for person in persons))}


def persons_snapshot(change: PersonsChange) -> Mapping[str, Any]:
    """Return what manager and director see: who is listed now, who shall be, why, how long ago."""
    visit = change.visit
    now = [str(row.person) for row in visit.persons_met.select_related("person").order_by("pk")]
    wanted = [str(person) for person in change.persons.order_by("pk")]
    return {
        "title": f"{visit.unit.name} · {visit.on.isoformat()}",
        "subtitle": str(_("Persons met on a first visit")),
        "unit": visit.unit.name,
        "why": change.reason,
        "persons": wanted,
        "facts": [
            [str(_("Listed now")), "、".join(now) or "–"],
            [str(_("Shall be")), "、".join(wanted)],
            [str(_("Added")), "、".join(name for name in wanted if name not in now) or "–"],
            [str(_("Removed")), "、".join(name for name in now if name not in wanted) or "–"],
            [str(_("entered at")), timezone.localtime(visit.entered_at).strftime("%Y-%m-%d %H:%M")],
        ],
        "flags": [str(_("Rewards of this unit hang on this list"))],
        "url": f"/visits/{visit.pk}/",
    }
