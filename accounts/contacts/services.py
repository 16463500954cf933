"""The one door for contacts: visits, calls and messages all come through here, in the transaction of what caused them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max, Min, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.contacts.models import Contact, ContactPerson
from accounts.contacts.terms import ContactChannel, Direction
from accounts.persons.models import KeyPersonPeriod, Person
from accounts.persons.rules import FirstVisit, is_frozen
from accounts.persons.ties import designate_key_person
from accounts.units.models import KeyAccount
from accounts.units.services import lock_unit, mark_dirty
from kam.audit.services import record
from kam.core.clock import business_date
from kam.core.errors import BusinessError
from kam.notes.terms import NOTHING, SourceKey
from kam.settings_rows.selectors import int_setting
from kam.users.models import User

_WRITTEN = frozenset({ContactChannel.WECHAT, ContactChannel.EMAIL, ContactChannel.LETTER})


@dataclass(frozen=True, slots=True)
class Ways:
    """How we were in touch; None = as the channel says."""

    met: bool | None = None
    written: bool | None = None
    called: bool | None = None
    outline_used: bool = False


@transaction.atomic
def record_contact(  # noqa: PLR0913 -- a contact has these facts; every app above hands them on by name
    unit: KeyAccount,
    *,
    on: date,
    channel: ContactChannel,
    persons: Iterable[Person],
    by: User | None,
    text: str = "",
    outcome: str = "",
    source: SourceKey | None = None,
    met: bool | None = None,
    written: bool | None = None,
    called: bool | None = None,
    outline_used: bool = False,
    approved: bool = False,
    at: datetime | None = None,
    direction: Direction = Direction.OUT,
) -> Contact:
    """Write that we were in touch, or correct what the same source wrote before; last contact and last visit follow.

    Refused for a day to come, for persons of another unit, and where the persons met on the first visit are frozen.
    """
    row = lock_unit(unit.pk)
    people = list({person.pk: person for person in persons}.values())
    _check(row, on, people)
    source = source or NOTHING
    contact = _of_source(source) or Contact(unit=row, source_kind=source.kind, source_id=source.id)
    if contact.pk and not approved:
        _check_frozen(contact, {person.pk for person in people}, on)
    contact.on, contact.at, contact.channel, contact.direction = on, at, channel, direction
    contact.text, contact.outcome, contact.by = text, outcome[:300], by
    _set_ways(contact, Ways(met, written, called, outline_used))
    contact.source_label = source.label
    is_new = contact.pk is None
    contact.save()
    _set_persons(contact, people, is_new=is_new)
    refresh_last(row)
    record(
        "accounts.contact.recorded" if is_new else "accounts.contact.corrected",
        contact,
        by=by,
        changes={"on": (None, on), "channel": (None, channel), "persons": (None, [p.name for p in people])},
    )
    mark_dirty(row.pk)
    return contact


@transaction.atomic
def remove_contact(source: SourceKey, *, by: User | None) -> None:
    """Take back the contact that `source` wrote (a visit that did not take place); nothing there is fine."""
    contact = _of_source(source)
    if contact is None:
        return
    row = lock_unit(contact.unit_id)
    record("accounts.contact.removed", contact, by=by, changes={"on": (contact.on, None)})
    contact.delete()
    refresh_last(row)
    mark_dirty(row.pk)


@transaction.atomic
def designate(person: Person, *, by: User) -> KeyPersonPeriod:
    """Designate the key person from the unit's first visit as it is recorded here."""
    first = first_visit_of(person.unit_id)
    source = NOTHING
    if first is not None:
        contact = _first_visits(person.unit_id).first()
        if contact is not None:
            source = SourceKey(contact.source_kind, contact.source_id, contact.source_label)
    return designate_key_person(person, first_visit=first, by=by, source=source)


def first_visit_of(unit_id: int) -> FirstVisit | None:
    """Return the unit's first visit on which somebody was met, or None.

    Its clock is that of the visit entered first: one entered afterwards for an earlier day opens no new time for designation.
    """
    contact = _first_visits(unit_id).first()
    if contact is None:
        return None
    met = contact.contact_persons.values_list("person_id", flat=True)
    entered_at = _first_visits(unit_id).aggregate(at=Min("created_at"))["at"]
    return FirstVisit(contact.on, entered_at, frozenset(met))


def refresh_last(unit: KeyAccount) -> None:
    """Write the last contact and last visit of the unit and its persons as the contacts have them."""
    told = Contact.objects.filter(unit=unit).aggregate(
        contact=Max("on"), visit=Max("on", filter=Q(channel=ContactChannel.VISIT, met=True))
    )
    KeyAccount.objects.filter(pk=unit.pk).update(last_contact_on=told["contact"], last_visit_on=told["visit"])
    people = list(
        Person.objects.filter(unit=unit)
        .annotate(last=Max("contacts__on"), first=Min("contacts__on", filter=Q(contacts__met=True)))
        .only("last_contact_on", "first_met_on")
    )
    changed = []
    for person in people:
        first: date | None = getattr(person, "first")  # noqa: B009 -- annotated above; the checker sees the model only
        last: date | None = getattr(person, "last")  # noqa: B009 -- as above
        first_met_on = min(filter(None, (person.first_met_on, first)), default=None)
        if (person.last_contact_on, person.first_met_on) != (last, first_met_on):
            person.last_contact_on, person.first_met_on = last, first_met_on
            changed.append(person)
    Person.objects.bulk_update(changed, ["last_contact_on", "first_met_on"])


def _first_visits(unit_id: int):  # type: ignore[no-untyped-def]  # a queryset with its manager's own type
    return Contact.objects.filter(unit_id=unit_id, channel=ContactChannel.VISIT, met=True).order_by(
        "on", "id"
    )


def _of_source(source: SourceKey) -> Contact | None:
    if not source.kind:
        return None
    return Contact.objects.filter(source_kind=source.kind, source_id=source.id).first()


def _check(unit: KeyAccount, on: date, people: Collection[Person]) -> None:
    if on > business_date():
        raise BusinessError(_("This day is still to come."), code="future", field="on")
    if any(person.unit_id != unit.pk for person in people):
        raise BusinessError(_("This person works at another unit."), code="unit", field="persons")


def _check_frozen(contact: Contact, people: set[int], on: date) -> None:
    """Persons met on a first visit cannot be exchanged later: rewards hang on them (12-decisions 19)."""
    first = _first_visits(contact.unit_id).first()
    before = set(contact.contact_persons.values_list("person_id", flat=True))
    if first is None or first.pk != contact.pk or (before == people and contact.on == on):
        return
    hours = int_setting("key_person_freeze_hours")
    if is_frozen(contact.created_at, now=timezone.now(), hours=hours):
        raise BusinessError(
            _("The first visit is frozen: whom we met cannot be changed any more."),
            code="frozen",
            field="persons",
        )


def _set_ways(contact: Contact, ways: Ways) -> None:
    channel = contact.channel
    contact.met = channel in {ContactChannel.VISIT, ContactChannel.EVENT} if ways.met is None else ways.met
    contact.written = channel in _WRITTEN if ways.written is None else ways.written
    contact.called = channel == ContactChannel.CALL if ways.called is None else ways.called
    contact.outline_used = ways.outline_used


def _set_persons(contact: Contact, people: Collection[Person], *, is_new: bool) -> None:
    if not is_new:
        contact.contact_persons.exclude(person__in=people).delete()
    ContactPerson.objects.bulk_create(
        [ContactPerson(contact=contact, person=person) for person in people], ignore_conflicts=True
    )
