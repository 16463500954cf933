"""Who pays, cancels and edits a claim, and who changes a phone limit that came back."""

from types import SimpleNamespace

import pytest

from campaigns.expenses.permissions import (
    can_cancel_claim,
    can_claim,
    can_edit_claim,
    can_edit_limit,
    can_pay_claim,
)
from campaigns.expenses.terms import ClaimState, LimitState
from kam.users.terms import Position

CLAIMANT, PAYER, OTHER = (
    SimpleNamespace(pk=pk, is_active=True, position=position)
    for pk, position in ((1, Position.SPECIALIST), (2, Position.FINANCE), (3, Position.DIRECTOR))
)
GONE = SimpleNamespace(pk=1, is_active=False, position=Position.SPECIALIST)


def claim_in(state, claimant=CLAIMANT):
    return SimpleNamespace(state=state, claimant_id=claimant.pk)


@pytest.mark.parametrize("state", list(ClaimState))
def test_each_act_on_a_claim_is_for_its_people_in_its_state(state):
    claim = claim_in(state)
    asked = (CLAIMANT, PAYER, OTHER, GONE)
    is_draft, is_approved = state is ClaimState.DRAFT, state is ClaimState.APPROVED
    assert [can_edit_claim(who, claim) for who in asked] == [is_draft, False, False, False]
    assert [can_pay_claim(who, claim) for who in asked] == [False, is_approved, False, False]
    assert [can_cancel_claim(who, claim) for who in asked] == [is_approved, is_approved, False, False]


def test_finance_does_not_pay_the_own_claim_and_may_cancel_it():
    own = claim_in(ClaimState.APPROVED, PAYER)
    assert (can_pay_claim(PAYER, own), can_cancel_claim(PAYER, own)) == (False, True)


@pytest.mark.parametrize("state", list(LimitState))
def test_a_limit_is_changed_by_whoever_asked_once_it_came_back(state):
    limit = SimpleNamespace(state=state, asked_by_id=CLAIMANT.pk)
    told = [can_edit_limit(who, limit) for who in (CLAIMANT, PAYER, GONE)]
    assert told == [state is LimitState.RETURNED, False, False]


def test_whoever_has_a_part_in_the_money_claims():
    assert [can_claim(who) for who in (CLAIMANT, PAYER, OTHER, GONE)] == [True, True, True, False]
