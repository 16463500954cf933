"""A ride is claimed at what it cost, for a visit of that day; the decider reads which vehicle was booked or free."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from campaigns.expenses import services
from campaigns.expenses.models import Receipt
from campaigns.expenses.selectors import ride_words
from kam.approvals.routes import load_default_routes
from kam.approvals.selectors import request_for, snapshot_of
from kam.core.clock import business_date
from kam.core.errors import BusinessError
from tests.factories.accounts import make_unit
from tests.factories.budgets import line_of, make_budget
from tests.factories.expenses import make_claim, receipt_told
from tests.factories.visits import make_visit
from visits.bookings.services import add_resource
from visits.bookings.terms import ResourceKind

pytestmark = pytest.mark.django_db


def test_s126_a_ride_names_its_visit_and_the_decider_reads_what_speaks_against_it(cast):
    load_default_routes()
    today = business_date()
    claim = make_claim(cast.owner, line_of(make_budget(cast.manager), "交通费用"))
    visit = make_visit(make_unit("泉州商会", owner=cast.owner), user=cast.owner, on=today)
    others = make_visit(make_unit("福建商会", owner=cast.same_team), user=cast.same_team, on=today)
    for code, changes in (
        ("visit", {"visit": others}),
        ("visit_day", {"visit": visit, "on": today - timedelta(1)}),
    ):
        with pytest.raises(BusinessError) as caught, transaction.atomic():
            services.add_receipt(claim, receipt_told(**changes), None, by=cast.owner)
        assert (caught.value.code, Receipt.objects.count()) == (code, 0)
    told = receipt_told("T-1", visit=visit, no_vehicle="taken")
    ride = services.add_receipt(claim, told, None, by=cast.owner)
    assert (ride.visit, ride_words(claim)) == (visit, [])
    add_resource(ResourceKind.VEHICLE, "闽C88", by=cast.clerk)
    services.add_receipt(claim, receipt_told("T-2", 9), None, by=cast.owner)
    words = ["Receipt T-1: 闽C88 was free the whole day.", "Receipt T-2: no visit is named for this ride."]
    assert ride_words(claim) == words
    services.submit_claim(claim, by=cast.owner)
    assert snapshot_of(request_for(services.SUBJECT, claim))["flags"] == words
    with pytest.raises(IntegrityError, match="receipt_only_rides"), transaction.atomic():
        Receipt.objects.filter(pk=ride.pk).update(kind="phone")
