"""A waiting transfer is on the handover sheet and goes along: taken back, and asked anew with the successor in the leaver's place."""

import pytest

from accounts.pool.models import Transfer
from accounts.pool.rules import Asked, taken_along
from accounts.pool.services import TRANSFER, approve_transfer, ask_transfer
from accounts.units.models import KeyAccount
from kam.approvals.models import Request
from kam.approvals.routes import load_default_routes
from kam.approvals.selectors import request_for
from kam.approvals.services import approve
from kam.people.services import handovers
from tests.factories.accounts import make_unit


@pytest.mark.rules
@pytest.mark.parametrize(
    ("asked", "owner", "anew"),
    [
        (Asked(9, 1), 2, Asked(9, 2)),  # asked by who leaves: the successor asks
        (Asked(9, 5), 2, Asked(9, 5)),  # asked by somebody else, who goes on asking
        (Asked(None, 1), 2, Asked(None, 2)),  # into the pool
        (Asked(1, 5), 7, Asked(2, 5)),  # to who leaves: to the successor
        (Asked(2, 5), 2, None),  # whom it was meant for has it by now
        (Asked(1, 5), 2, None),
        (Asked(None, 1), None, None),  # nobody has it
    ],
)
def test_what_is_asked_anew(asked, owner, anew):
    assert taken_along(asked, frm=1, successor=2, owner=owner) == anew


@pytest.fixture
def unit(db, cast):
    load_default_routes()
    return make_unit("泉州商会", owner=cast.owner)


def handed_over(cast, client_of, person, to):
    draft = handovers.prepare_handover(person, by=cast.manager)
    body = {"submit": "1", "reason": "调离", "all": to.pk}
    page = client_of(cast.manager).get(f"/people/handovers/{draft.pk}/").content.decode()
    assert client_of(cast.manager).post(f"/people/handovers/{draft.pk}/", body).status_code == 302
    request = Request.objects.get(subject_key="handover")
    approve(request, by=cast.director, version=request.version)
    return page


def told(state):
    rows = Transfer.objects.filter(state=state).order_by("pk")
    return [(row.owner, row.to, row.asked_by, row.reason) for row in rows]


def test_a_transfer_of_a_unit_goes_along_and_can_be_decided(cast, client_of, unit):
    first = ask_transfer(unit, to=cast.other_team, reason="产业归属", by=cast.owner)
    page = handed_over(cast, client_of, cast.owner, cast.same_team)
    assert ("Waiting transfers" in page, f"{cast.owner.name} → {cast.other_team.name}" in page) == (
        True,
        True,
    )
    assert told("withdrawn") == [(cast.owner, cast.other_team, cast.owner, "产业归属")]
    assert told("pending") == [(cast.same_team, cast.other_team, cast.same_team, "产业归属")]
    assert request_for(TRANSFER, first).state == "withdrawn"
    second = Transfer.objects.get(state="pending")
    assert (request_for(TRANSFER, second).state, handovers.held_by(cast.owner)) == ("pending", [])
    approve_transfer(second, cast.director)
    assert KeyAccount.objects.get().owner == cast.other_team


def test_a_transfer_to_who_leaves_goes_to_the_successor(cast, client_of, unit):
    ask_transfer(unit, to=cast.same_team, reason="同区", by=cast.owner)
    handed_over(cast, client_of, cast.same_team, cast.lead)
    assert told("pending") == [(cast.owner, cast.lead, cast.owner, "同区")]


def test_a_transfer_to_the_successor_is_settled_by_the_handover(cast, client_of, unit):
    ask_transfer(unit, to=cast.same_team, reason="同区", by=cast.owner)
    handed_over(cast, client_of, cast.owner, cast.same_team)
    assert (len(told("withdrawn")), told("pending"), KeyAccount.objects.get().owner) == (
        1,
        [],
        cast.same_team,
    )
