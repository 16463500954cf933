"""The quick log of a telephone call: one row of the unit's contacts, counted for the day (S-230)."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.contacts.models import Contact
from accounts.contacts.services import record_contact
from accounts.contacts.terms import ContactChannel
from accounts.persons.models import Person
from accounts.units.models import KeyAccount
from accounts.units.services import mark_dirty
from kam.audit.services import record
from kam.calendar.selectors import add_working_days
from kam.core.clock import business_date
from kam.core.errors import BusinessError
from kam.core.house import in_house_words
from kam.notes.terms import SourceKey
from kam.settings_rows.selectors import int_setting
from kam.users.models import User
from visits.visits.models import CALL_OUTCOMES
from visits.visits.registry import is_month_closed
from visits.visits.rules import is_late
from visits.visits.services.rights import lock_unit_of


@transaction.atomic
def log_call(
    unit: KeyAccount,
    *,
    outcome: str,
    key: UUID,
    by: User,
    on: date | None = None,
    typed_at: datetime | None = None,
    person: Person | None = None,
    text: str = "",
) -> Contact:
    """Record a call with its outcome: of the day `on`, or of the one on which it was typed, however much later it is sent."""
    unit = lock_unit_of(unit.pk, by=by)
    if person is not None and person.unit_id != unit.pk:
        raise BusinessError(_("A person met belongs to another unit."), code="other_unit", field="person")
    day = on or _day_typed(typed_at, by=by)
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


def _day_typed(typed_at: datetime | None, *, by: User) -> date:
    """Return the day of a call by the clock of the device; refused where a visit of that day would be entered late."""
    now = timezone.now()
    today = business_date(now)
    if typed_at is None or typed_at > now:
        return today
    day = business_date(typed_at)
    last_day = add_working_days(day, int_setting("visit_entry_working_days"))
    if is_late(last_day_in_time=last_day, entered_on=today) or is_month_closed(by.pk, day):
        raise BusinessError(
            _("Calls of that day are not recorded any more: it is too long ago."), code="late"
        )
    return day
