"""A person's page leads to the strengthening sheet of this very person, and to the one that is open."""

from datetime import timedelta

import pytest

from accounts.relationships.services import Aim, open_sheet
from accounts.relationships.terms import Strength
from kam.core.clock import business_date
from tests.factories.accounts import make_person, make_unit

pytestmark = pytest.mark.django_db


def test_the_page_offers_a_sheet_and_then_shows_the_open_one(cast, client_of):
    person = make_person(make_unit("泉州商会", owner=cast.owner), "许志远")
    client, way = client_of(cast.owner), f'href="/persons/{person.pk}/strengthen/"'
    page = client.get(f"/persons/{person.pk}/").content.decode()
    assert (way in page, "not judged yet" in page) == (True, True)
    assert "许志远" in client.get(f"/persons/{person.pk}/strengthen/").content.decode()
    assert way not in client_of(cast.gm).get(f"/persons/{person.pk}/").content.decode()
    aim = Aim(Strength.ACQUAINTED, Strength.TRUSTING, "每月一次", business_date() + timedelta(30))
    sheet = open_sheet(person, aim, by=cast.owner)
    page = client.get(f"/persons/{person.pk}/").content.decode()
    assert (way in page, f'href="{sheet.get_absolute_url()}"' in page) == (False, True)
