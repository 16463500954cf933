"""The quick log of a telephone call: one row of the unit's contacts, counted for the day (S-230)."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.contacts.models import Contact
from accounts.contacts.services import record_contact
from accounts.contacts.terms import ContactChannel
from accounts.persons.models import Person
from accounts.units.models import KeyAccount
from accounts.units.services import mark_dirty
from kam.audit.services import record
from kam.core.clock import business_date
from kam.core.errors import BusinessError
from kam.core.house import in_house_words
from kam.notes.terms import SourceKey
from kam.users.models import User
from visits.visits.models import CALL_OUTCOMES


@transaction.atomic
def log_call(
    unit: KeyAccount,
    *,
    outcome: str,
    key: UUID,
    by: User,
    on: date | None = None,
    person: Person | None = None,
    text: str = "",
) -> Contact:
    """Record a call with its outcome."""
    if person is not None and person.unit_id != unit.pk:
        raise BusinessError(_("A person met belongs to another unit."), code="other_unit", field="person")
    day = on or business_date()
    if day > business_date():
        raise BusinessError(_("A call is recorded after it took place."), code="future", field="on")
    contact = record_contact(
        unit,
        on=day,
        channel=ContactChannel.CALL,
        persons=[person] if person else [],
        by=by,
        text=text,
        outcome=in_house_words(CALL_OUTCOMES.get(outcome, outcome)),
        source=SourceKey.of("call", str(key), in_house_words(_("Call"))),
        called=True,
    )
    record("visits.call.logged", contact, by=by, changes={"outcome": (None, outcome)})
    mark_dirty(unit.pk)
    return contact
