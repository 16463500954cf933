"""Who negotiates, plans, files and checks: the writers of the unit, the clerk, somebody else above."""

import pytest

from campaigns.contracts.models import ArchivedContract
from campaigns.contracts.permissions import (
    can_archive_contract,
    can_check_contract,
    can_negotiate,
    can_plan_contract,
)
from campaigns.deals.models import Deal
from campaigns.deals.terms import DealState
from tests.factories.accounts import make_unit

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("state", "negotiates", "plans", "files", "clerk_files"),
    [
        (DealState.AGREED, True, False, False, False),
        (DealState.SIGNED, True, True, True, True),
        (DealState.CANCELLED, False, False, True, True),
    ],
)
def test_by_state(cast, state, negotiates, plans, files, clerk_files):
    deal = Deal(unit=make_unit(owner=cast.owner), state=state)
    asked = (can_negotiate, can_plan_contract, can_archive_contract)
    assert [can(cast.owner, deal) for can in asked] == [negotiates, plans, files]
    assert [can(cast.lead, deal) for can in asked] == [False, False, False]
    assert [can(cast.clerk, deal) for can in asked] == [False, False, clerk_files]


def test_somebody_else_above_checks(cast):
    deal = Deal(unit=make_unit(owner=cast.owner), state=DealState.SIGNED)
    contract = ArchivedContract(deal=deal, by=cast.manager)
    people = (cast.owner, cast.manager, cast.director, cast.clerk)
    assert [can_check_contract(who, contract) for who in people] == [False, False, True, False]
    contract.checked_on = contract.archived_on = "2026-01-01"
    assert not can_check_contract(cast.director, contract)
