"""Who may do what with proposals: the writers of the unit, nobody who only reads it."""

import pytest

from campaigns.proposals.permissions import (
    can_answer_proposal,
    can_propose,
    can_see_proposals,
    can_write_proposal,
)
from campaigns.proposals.terms import ProposalState
from tests.factories.accounts import make_unit
from tests.factories.offers import make_proposal

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit(cast):
    return make_unit("泉州商会", owner=cast.owner)


def test_who_writes(cast, unit):
    row = make_proposal(unit, cast.owner)
    found = [
        (can_see_proposals(who), can_write_proposal(who, row), can_answer_proposal(who, row))
        for who in (cast.owner, cast.manager, cast.lead, cast.finance)
    ]
    assert found == [(True, True, True), (True, True, True), (True, False, False), (False, False, False)]
    assert can_propose(cast.owner, unit)
    row.state = ProposalState.ACCEPTED
    assert not can_write_proposal(cast.owner, row)
    assert not can_answer_proposal(cast.owner, row)
