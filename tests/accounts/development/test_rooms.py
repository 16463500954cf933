"""What other rooms tell of a unit's development, on the day and before it."""

from datetime import date, timedelta

import pytest

from accounts.complaints.services import Received, record_complaint
from accounts.complaints.terms import ComplaintKind, Severity
from accounts.contacts.terms import ContactChannel
from accounts.development.registry import told_events
from accounts.development.terms import Told
from accounts.service_plans.services import conclude_review, propose_plans, write_plans
from campaigns.deals.services import cancel_deal
from kam.core.clock import business_date
from tests.factories.accounts import make_person, make_role, make_unit
from tests.factories.campaigns import make_campaign, make_deal, make_signed

pytestmark = pytest.mark.django_db
YESTERDAY = timedelta(days=1)


def told(unit, name, day=None):
    return told_events([unit.pk], day or business_date())[unit.pk][name]


def test_an_agreed_deal_is_a_commitment_a_signed_one_a_contract_a_trial_never(cast):
    unit, campaign = make_unit(owner=cast.owner), make_campaign()
    assert told(unit, Told.ORDERS) == ()
    make_deal(unit, campaign, is_trial=True)
    assert (len(told(unit, Told.ORDERS)), told(unit, Told.DEALS)) == (1, ())
    deal = make_signed(unit, campaign)
    assert [event.label for event in told(unit, Told.DEALS)] == [deal.number]
    assert told(unit, Told.DEALS, business_date() - YESTERDAY) == ()
    cancel_deal(deal, reason="moved away", by=cast.owner, version=deal.version)
    assert (len(told(unit, Told.ORDERS)), told(unit, Told.DEALS)) == (1, ())


def test_service_plans_tell_whom_they_serve_and_when_they_were_reviewed(cast):
    unit = make_unit(owner=cast.owner)
    make_role(make_person(unit))
    write_plans(unit, propose_plans(unit, business_date()), by=cast.owner, seen=0)
    assert [event.kind for event in told(unit, Told.SERVICE_PLANS)] == ["decision_maker"]
    conclude_review(unit, "Warmer", by=cast.owner)
    assert [event.label for event in told(unit, Told.REVIEWS)] == ["Warmer"]


def test_a_complaint_is_there_from_its_day_on(cast):
    unit = make_unit(owner=cast.owner)
    day = business_date() - timedelta(days=3)
    received = Received(ComplaintKind.QUALITY, Severity.SEVERE, "Water", ContactChannel.CALL, day)
    complaint = record_complaint(unit, received, owner=cast.owner, by=cast.owner)
    assert [event.label for event in told(unit, Told.COMPLAINTS)] == [complaint.number]
    assert told(unit, Told.COMPLAINTS, day - YESTERDAY) == ()
    assert told(unit, Told.SURVEYS, date(2026, 1, 1)) == ()
