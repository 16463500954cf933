"""The one door for contacts."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.contacts import services
from accounts.contacts.models import Contact
from accounts.contacts.terms import ContactChannel
from accounts.units.models import DirtyUnit
from kam.core.errors import BusinessError
from kam.notes.terms import SourceKey
from tests.factories.accounts import make_person, make_unit

DAY = date(2026, 6, 1)


def test_a_visit_moves_last_visit_and_last_contact(cast):
    unit = make_unit(owner=cast.owner)
    met, other = make_person(unit), make_person(unit)
    services.record_contact(
        unit, on=DAY, channel=ContactChannel.VISIT, persons=[met, met], by=cast.owner, outline_used=True
    )
    services.record_contact(
        unit, on=DAY + timedelta(days=3), channel=ContactChannel.WECHAT, persons=[other], by=cast.owner
    )
    for row in (unit, met, other):
        row.refresh_from_db()
    assert (unit.last_visit_on, unit.last_contact_on) == (DAY, DAY + timedelta(days=3))
    assert (met.first_met_on, met.last_contact_on) == (DAY, DAY)
    assert (other.first_met_on, other.last_contact_on) == (None, DAY + timedelta(days=3))
    assert list(Contact.objects.order_by("on").values_list("met", "written", "called", "outline_used")) == [
        (True, False, False, True),
        (False, True, False, False),
    ]
    assert DirtyUnit.objects.filter(unit=unit).exists()


def test_the_same_source_corrects_its_own_contact(cast):
    unit = make_unit(owner=cast.owner)
    source = SourceKey("visits.visit", "1", "visit 1")
    for day in (DAY, DAY - timedelta(days=1)):
        services.record_contact(
            unit, on=day, channel=ContactChannel.VISIT, persons=[], by=cast.owner, source=source
        )
    unit.refresh_from_db()
    assert (Contact.objects.count(), unit.last_visit_on) == (1, DAY - timedelta(days=1))
    services.remove_contact(source, by=cast.owner)
    services.remove_contact(source, by=cast.owner)
    unit.refresh_from_db()
    assert (Contact.objects.count(), unit.last_visit_on, unit.last_contact_on) == (0, None, None)


def test_refused_days_and_persons_write_nothing(cast):
    unit = make_unit(owner=cast.owner)
    stranger = make_person(make_unit(owner=cast.owner))
    tomorrow = timezone.localdate() + timedelta(days=1)
    for on, persons, field in ((tomorrow, [], "on"), (DAY, [stranger], "persons")):
        with pytest.raises(BusinessError) as refusal:
            services.record_contact(unit, on=on, channel=ContactChannel.CALL, persons=persons, by=cast.owner)
        assert refusal.value.field == field
    assert Contact.objects.count() == 0


def recorded(unit, number, *, on=DAY, persons=(), by, **more):
    """Write what the visit `number` says about whom it met."""
    source = SourceKey("visits.visit", str(number), f"visit {number}")
    return services.record_contact(
        unit, on=on, channel=ContactChannel.VISIT, persons=persons, by=by, source=source, **more
    )


@pytest.fixture
def frozen_first(cast, time_machine):
    """Return a unit whose first visit is long past the time in which it could be corrected, and who was met."""
    time_machine.move_to("2026-06-01T02:00:00Z")
    unit = make_unit(owner=cast.owner)
    met = make_person(unit, "许志远")
    recorded(unit, 1, persons=[met], by=cast.owner)
    time_machine.move_to("2026-06-20T02:00:00Z")
    return unit, met


@pytest.mark.parametrize("change", ["person", "day"])
def test_a_frozen_first_visit_keeps_its_persons_and_its_day(frozen_first, cast, change):
    unit, met = frozen_first
    persons, on = ([make_person(unit)], DAY) if change == "person" else ([met], DAY + timedelta(days=1))
    with pytest.raises(BusinessError) as refusal:
        recorded(unit, 1, persons=persons, on=on, by=cast.owner, text="other words")
    contact = Contact.objects.get()
    assert (refusal.value.code, refusal.value.field) == ("frozen", "persons")
    assert (contact.on, contact.text, list(contact.persons.all())) == (DAY, "", [met])


def test_a_frozen_first_visit_takes_other_words_and_what_was_approved(frozen_first, cast):
    unit, met = frozen_first
    other = make_person(unit)
    recorded(unit, 1, persons=[met], by=cast.owner, text="other words")
    assert Contact.objects.get().text == "other words"
    recorded(unit, 1, persons=[other], by=cast.owner, approved=True)
    assert list(Contact.objects.get().persons.all()) == [other]


def test_later_visits_are_never_frozen(frozen_first, cast, time_machine):
    unit, met = frozen_first
    recorded(unit, 2, on=DAY + timedelta(days=9), persons=[met], by=cast.owner)
    time_machine.move_to("2026-09-01T02:00:00Z")
    other = make_person(unit)
    recorded(unit, 2, on=DAY + timedelta(days=9), persons=[other], by=cast.owner)
    assert list(Contact.objects.get(source_id="2").persons.all()) == [other]
