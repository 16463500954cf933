"""Equipment from the request with its purpose to the hand that takes it back; booked once, held at a handover."""

from datetime import timedelta
from io import BytesIO

import pypdf
import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from kam.approvals import services as approvals
from kam.approvals.routes import load_default_routes
from kam.approvals.selectors import pending_stage, request_for
from kam.core.clock import business_date
from kam.core.errors import BusinessError
from kam.people.registry import all_holdings
from tests.factories.gifts import decide_all
from visits.bookings.models import Booking
from visits.bookings.services import add_resource
from visits.bookings.terms import ResourceKind
from visits.equipment import services
from visits.equipment.models import Loan
from visits.equipment.registers import collect_due, text_of_due

pytestmark = pytest.mark.django_db


@pytest.fixture
def camera(cast):
    load_default_routes()
    return add_resource(ResourceKind.EQUIPMENT, "数码相机", by=cast.clerk)


def ask(camera, by, first=0, days=3, purpose="拍摄样板房"):
    day = business_date() + timedelta(first)
    return services.ask_loan(camera, purpose, day, day + timedelta(days), by=by)


def refusal(code, act, *args, **kwargs):
    before = (Loan.objects.count(), Booking.objects.count())
    with pytest.raises(BusinessError) as caught, transaction.atomic():
        act(*args, **kwargs)
    assert (caught.value.code, Loan.objects.count(), Booking.objects.count()) == (code, *before)


def test_s228_a_loan_from_asking_to_giving_back(cast, camera):
    loan = ask(camera, cast.owner)
    assert pending_stage(request_for(services.SUBJECT, loan)).positions == ["manager"]
    refusal("clash", ask, camera, cast.same_team, 2)
    refusal("purpose", ask, camera, cast.owner, purpose=" ")
    refusal("transition_refused", services.hand_out, loan, by=cast.clerk)
    decide_all(services.SUBJECT, loan)
    loan = services.hand_out(loan, by=cast.clerk)
    due = collect_due([cast.owner, cast.lead], loan.ends_on)
    assert {pk: [row.pk for row in rows] for pk, rows in due.items()} == {cast.owner.pk: [loan.pk]}
    assert text_of_due(due[cast.owner.pk]).startswith("- 数码相机")
    with pytest.raises(IntegrityError, match="loan_given_back"), transaction.atomic():
        Loan.objects.filter(pk=loan.pk).update(state="back")
    loan = services.take_back(loan, condition="完好", by=cast.clerk)
    assert (loan.state, loan.condition, Booking.objects.count()) == ("back", "完好", 0)
    assert ask(camera, cast.same_team).state == "pending"


def test_what_is_not_lent_frees_its_days(cast, camera):
    loan = ask(camera, cast.owner)
    request = request_for(services.SUBJECT, loan)
    approvals.return_for_changes(request, by=cast.manager, version=request.version, reason="几天")
    loan.refresh_from_db()
    assert (loan.state, Booking.objects.count()) == ("sent_back", 0)
    day = business_date()
    stale = (loan, camera, "拍摄", day, day)
    refusal("stale", services.ask_again, *stale, by=cast.owner, version=99)
    loan = services.ask_again(*stale, by=cast.owner, version=loan.version)
    decide_all(services.SUBJECT, loan)
    services.cancel_loan(loan, by=cast.owner)
    assert Booking.objects.count() == 0
    request = request_for(services.SUBJECT, ask(camera, cast.owner))
    approvals.reject(request, by=cast.manager, version=request.version, reason="不必")
    assert Booking.objects.count() == 0


def test_what_is_still_out_is_not_handed_out_again(cast, camera):
    first = decide_all(services.SUBJECT, ask(camera, cast.owner))
    services.hand_out(first, by=cast.clerk)
    second = decide_all(services.SUBJECT, ask(camera, cast.same_team, 10))
    refusal("still_out", services.hand_out, second, by=cast.clerk)
    holding = next(one for one in all_holdings() if one.key == "visits.equipment")
    (row,) = holding.of(cast.owner)
    holding.move([row.id], cast.owner, cast.lead, cast.manager)
    first.refresh_from_db()
    assert (holding.is_public_item, first.user, holding.of(cast.owner)) == (True, cast.lead, [])


def test_a_loan_in_the_browser(cast, client_of, camera):
    owner, clerk, day = client_of(cast.owner), client_of(cast.clerk), business_date()
    body = {"resource": camera.pk, "purpose": "说明会拍摄𠮷", "starts_on": day.isoformat()}
    body |= {"ends_on": (day + timedelta(2)).isoformat()}
    address = owner.post("/visits/equipment/new/", body)["Location"]
    refused = client_of(cast.same_team).post("/visits/equipment/new/", body)
    assert (refused.status_code, Loan.objects.count()) == (422, 1)
    loan = decide_all(services.SUBJECT, Loan.objects.get())
    assert clerk.post(f"{address}out/").status_code == 302
    assert "Handed out" in clerk.get("/visits/equipment/").content.decode()
    assert clerk.post(f"{address}back/", {"condition": "完好"}).status_code == 302
    assert "完好" in owner.get(address).content.decode()
    paper = pypdf.PdfReader(BytesIO(owner.get(f"{address}request.pdf").content)).pages[0].extract_text()
    assert [word for word in (loan.number, "数码相机", "说明会拍摄𠮷", "完好") if word not in paper] == []

    def count():
        with CaptureQueriesContext(connection) as seen:
            assert owner.get("/visits/equipment/").status_code == 200
        return len(seen)

    count()
    one = count()
    ask(camera, cast.owner, 5)
    ask(camera, cast.owner, 15)
    assert count() == one
