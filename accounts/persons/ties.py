"""Acts between persons: who is the designated key person, and who is tied to whom. Split from services.py for its size."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.persons.models import KeyPersonPeriod, Person, Relation
from accounts.persons.registry import tell_key_person
from accounts.persons.rules import FirstVisit, designation_problem
from accounts.persons.services import lock_person
from accounts.persons.terms import RelationKind
from accounts.units.services import mark_dirty
from kam.audit.services import record
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.core.locks import locked
from kam.notes.terms import NOTHING, SourceKey
from kam.settings_rows.selectors import int_setting
from kam.users.models import User

_REFUSALS = {
    "no_visit": _("The key person is chosen at the first visit; no visit is recorded yet."),
    "not_met": _("This person was not met at the first visit."),
    "late": _("The time for choosing the key person is over; a later change needs two approvals."),
}


@transaction.atomic
def designate_key_person(
    person: Person, *, first_visit: FirstVisit | None, by: User, source: SourceKey | None = None
) -> KeyPersonPeriod:
    """Make the person the unit's designated key person from the first visit on (S-042 … S-045).

    Refused without a first visit, for somebody not met there, after the time allowed, and while another one is designated.
    """
    row = lock_person(person.pk)
    if row.left_on is not None:
        raise BusinessError(_("This person has left already."), code="left")
    if KeyPersonPeriod.objects.filter(unit=row.unit_id, ended_on__isnull=True).exists():
        raise ConflictError(_("This unit has a designated key person already."), code="designated")
    problem = designation_problem(
        row.pk, first_visit, now=timezone.now(), days=int_setting("key_person_days")
    )
    if problem or first_visit is None:
        raise BusinessError(_REFUSALS[problem], code=problem)
    return _open(row, first_visit.on, by=by, source=source or NOTHING, reason="")


@transaction.atomic
def replace_key_person(
    person: Person, *, on: date, by: User | None, reason: str, source: SourceKey | None = None
) -> KeyPersonPeriod:
    """Close the running period and open one for `person`: the effect of an approved change (12-decisions 19)."""
    row = lock_person(person.pk)
    if row.left_on is not None:
        raise BusinessError(_("This person has left already."), code="left")
    running = locked(KeyPersonPeriod.objects.filter(unit=row.unit_id, ended_on__isnull=True)).first()
    if running is not None:
        if running.person_id == row.pk:
            raise BusinessError(_("This person is the designated key person already."), code="same")
        end_key_person(running, by=by, on=on, reason=reason)
    return _open(row, on, by=by, source=source or NOTHING, reason=reason)


@transaction.atomic
def end_key_person(period: KeyPersonPeriod, *, by: User | None, on: date, reason: str) -> KeyPersonPeriod:
    """Close a period; from `on` on the person is not the key person any more."""
    person = lock_person(period.person_id)
    row = locked(KeyPersonPeriod.objects.filter(pk=period.pk)).get()
    if row.ended_on is not None:
        return row
    row.ended_on, row.end_reason = max(on, row.started_on), reason[:300]
    row.save(update_fields=["ended_on", "end_reason"])
    record(
        "accounts.key_person.ended", person, by=by, changes={"ended_on": (None, row.ended_on)}, reason=reason
    )
    mark_dirty(person.unit_id)
    tell_key_person(person.unit_id, by)
    return row


def _open(person: Person, on: date, *, by: User | None, source: SourceKey, reason: str) -> KeyPersonPeriod:
    try:
        with transaction.atomic():
            period = KeyPersonPeriod.objects.create(
                unit_id=person.unit_id,
                person=person,
                started_on=on,
                designated_at=timezone.now(),
                by=by,
                reason=reason[:300],
                source_kind=source.kind,
                source_id=source.id,
                source_label=source.label,
            )
    except IntegrityError as error:
        if (
            "key_person_one_at_a_time" in str(error)
            and not KeyPersonPeriod.objects.filter(unit=person.unit_id, ended_on__isnull=True).exists()
        ):
            raise BusinessError(
                _("Another key person was designated in this time."), code="overlap"
            ) from error
        raise
    record("accounts.key_person.designated", person, by=by, changes={"started_on": (None, on)}, reason=reason)
    mark_dirty(person.unit_id)
    tell_key_person(person.unit_id, by)
    return period


@transaction.atomic
def relate(
    person: Person,
    kind: RelationKind,
    *,
    by: User | None,
    other: Person | None = None,
    staff: User | None = None,
    strength: int = 3,
    note: str = "",
    on: date | None = None,
) -> Relation:
    """Tie a person to another person or to one of us; a running tie of the kind gets the new strength and note."""
    row = lock_person(person.pk)
    if (other is None) == (staff is None):
        raise BusinessError(_("Choose a person or one of us."), code="end", field="other")
    if other is not None and other.pk == row.pk:
        raise BusinessError(_("A person has no relation to themselves."), code="self", field="other")
    if other is not None and other.unit_id != row.unit_id:
        raise BusinessError(_("This person works at another unit."), code="unit", field="other")
    if not 1 <= strength <= 5:
        raise BusinessError(_("This number is out of range."), code="scale", field="strength")
    relation, made = Relation.objects.get_or_create(
        person=row,
        other=other,
        staff=staff,
        kind=kind,
        ended_on=None,
        defaults={
            "strength": strength,
            "note": note[:300],
            "started_on": on or business_date(),
            "by": by,
        },
    )
    if not made:
        relation.strength, relation.note = strength, note[:300]
        relation.save(update_fields=["strength", "note"])
    record(
        "accounts.relation.set",
        row,
        by=by,
        changes={str(kind): (None, other or staff), "strength": (None, strength)},
    )
    mark_dirty(row.unit_id)
    return relation


@transaction.atomic
def end_relation(relation: Relation, *, by: User | None, on: date | None = None) -> Relation:
    """The tie is over; it stays on the map of earlier days."""
    person = lock_person(relation.person_id)
    row = locked(Relation.objects.filter(pk=relation.pk)).get()
    if row.ended_on is None:
        row.ended_on = max(on or business_date(), row.started_on)
        row.save(update_fields=["ended_on"])
        record("accounts.relation.ended", person, by=by, changes={row.kind: (row.other or row.staff, None)})
        mark_dirty(person.unit_id)
    return row
