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
