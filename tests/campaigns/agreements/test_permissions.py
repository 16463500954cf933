"""Who may do what with agreements: the writers of the unit, nobody who only reads it."""

import pytest

from campaigns.agreements.permissions import (
    can_end_agreement,
    can_record_agreement,
    can_renew_agreement,
    can_see_agreements,
)
from kam.core.clock import business_date
from tests.factories.accounts import make_unit
from tests.factories.offers import make_agreement

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit(cast):
    return make_unit("泉州商会", owner=cast.owner)


def test_who_renews_and_ends(cast, unit):
    row, today = make_agreement(unit, cast.owner), business_date()
    people = (cast.owner, cast.manager, cast.lead, cast.finance)
    assert [can_see_agreements(who) for who in people] == [True, True, True, False]
    assert [can_renew_agreement(who, row) for who in people] == [True, True, False, False]
    assert [can_end_agreement(who, row, today) for who in people] == [False, True, False, False]
    assert can_record_agreement(cast.owner, unit)
    row.ended_on = today
    assert not can_renew_agreement(cast.owner, row)
    assert not can_end_agreement(cast.manager, row, today)
