"""Who may do what with bids: the writers of the unit, nobody who only reads it."""

import pytest

from campaigns.bids.permissions import can_bid, can_move_bid, can_see_bids
from campaigns.bids.terms import BidState
from tests.factories.accounts import make_unit
from tests.factories.offers import make_bid

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit(cast):
    return make_unit("泉州商会", owner=cast.owner)


def test_who_moves(cast, unit):
    row = make_bid(unit, cast.owner)
    people = (cast.owner, cast.manager, cast.lead, cast.finance)
    assert [can_see_bids(who) for who in people] == [True, True, True, False]
    assert [can_bid(who, unit) for who in people] == [True, True, False, False]
    assert [can_move_bid(who, row) for who in people] == [True, True, False, False]
    row.state = BidState.WON
    assert not can_move_bid(cast.owner, row)
