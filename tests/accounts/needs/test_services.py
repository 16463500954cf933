"""Needs go from state to state (S-021)."""

from decimal import Decimal

import pytest

from accounts.needs import services
from accounts.needs.models import Need
from accounts.needs.rules import is_loss_making
from accounts.needs.terms import NeedKind, NeedState
from kam.core.errors import BusinessError, ConflictError
from tests.factories.accounts import make_person, make_unit


@pytest.fixture
def need(cast):
    unit = make_unit(owner=cast.owner)
    return services.add_need(unit, "The lift is slow", kind=NeedKind.IMPLICIT, by=cast.owner)


def test_an_implicit_need_becomes_explicit_by_a_solution(cast, need):
    services.move_need(need, NeedState.CLARIFIED, by=cast.owner, text="old people live upstairs")
    services.move_need(need, NeedState.PROPOSED, by=cast.owner, text="ground-floor sets first")
    services.move_need(need, NeedState.EXPLICIT, by=cast.owner)
    services.move_need(need, NeedState.SATISFIED, by=cast.owner)
    need.refresh_from_db()
    assert (need.state, need.clarification, need.solution, need.version) == (
        *(NeedState.SATISFIED, "old people live upstairs"),
        *("ground-floor sets first", 5),
    )


@pytest.mark.parametrize(
    ("to", "text", "code"),
    [
        (NeedState.EXPLICIT, "", "transition_refused"),
        (NeedState.SATISFIED, "", "transition_refused"),
        (NeedState.CLARIFIED, " ", "text"),
        (NeedState.DROPPED, "", "text"),
    ],
)
def test_steps_are_not_skipped(cast, need, to, text, code):
    with pytest.raises(BusinessError) as refusal:
        services.move_need(need, to, by=cast.owner, text=text)
    assert refusal.value.code == code
    assert Need.objects.get().state == NeedState.RECORDED


def test_a_stale_page_and_a_stranger_are_refused(cast, need):
    with pytest.raises(ConflictError):
        services.move_need(need, NeedState.CLARIFIED, by=cast.owner, text="x", version=9)
    stranger = make_person(make_unit(owner=cast.owner))
    for text, person in (("x", stranger), (" ", None)):
        with pytest.raises(BusinessError):
            services.add_need(need.unit, text, kind=NeedKind.EXPLICIT, person=person, by=cast.owner)
    assert Need.objects.count() == 1


@pytest.mark.parametrize(
    ("value", "cost", "flag"),
    [("100", "100.01", True), ("100", "100", False), (None, "5", False), ("5", None, False)],
)
def test_loss_making_needs_are_flagged(value, cost, flag):
    assert is_loss_making(value and Decimal(value), cost and Decimal(cost)) is flag
