"""What a person may claim for the phone: asked for, decided, counted month by month; the rest is theirs to pay (S-227)."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from campaigns.expenses import permissions, phone, services
from campaigns.expenses.models import ExpenseClaim, PhoneLimit, Receipt
from campaigns.expenses.rules import month_start, months_from
from campaigns.expenses.selectors import phone_month
from kam.approvals import services as approvals
from kam.approvals.routes import load_default_routes
from kam.approvals.selectors import pending_stage, request_for
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from tests.factories.budgets import line_of, make_budget
from tests.factories.expenses import make_claim, receipt_told
from tests.factories.gifts import decide_all
from tests.racing import at_once, meeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(cast):
    load_default_routes()
    return line_of(make_budget(cast.manager), "交通费用")


def asked(amount, month=None, *, only=False):
    return phone.Asked(Decimal(amount), month or month_start(business_date()), only, "外呼多")


def bill(number, amount, *, own=False, on=None):
    told = receipt_told(number, amount, kind="phone", text="话费", own=own)
    return told | {"on": on or business_date()}


def refusal(code, act, *args, **kwargs):
    def held():
        claims = list(ExpenseClaim.objects.order_by("pk").values_list("state", "amount"))
        return Receipt.objects.count(), claims, list(PhoneLimit.objects.order_by("pk").values_list("state"))

    before = held()
    with pytest.raises(BusinessError) as caught, transaction.atomic():
        act(*args, **kwargs)
    assert (caught.value.code, held()) == (code, before)
    return str(caught.value)


def test_s227_costs_of_a_month_are_counted_over_all_claims_and_the_rest_is_the_persons(cast, line):
    first, second = make_claim(cast.owner, line), make_claim(cast.owner, line)
    services.add_receipt(first, bill("1", 70), None, by=cast.owner)
    words = refusal("phone_limit", services.add_receipt, second, bill("2", 50), None, by=cast.owner)
    assert "30.00 are free: 20.00 would be yours to pay" in words
    receipt = services.add_receipt(second, bill("2", 50, own=True), None, by=cast.owner)
    second.refresh_from_db()
    assert (receipt.own_amount, receipt.paid_amount, second.amount) == (20, 30, 30)
    words = refusal("phone_limit", services.add_receipt, first, bill("3", 9, own=True), None, by=cast.owner)
    assert "is used up: 9.00" in words
    other = make_claim(cast.same_team, line)
    assert services.add_receipt(other, bill("4", 100), None, by=cast.same_team).own_amount == 0
    ride = services.add_receipt(first, receipt_told("5", 300, own=True), None, by=cast.owner)
    assert ride.own_amount == 0
    services.drop_receipt(receipt, by=cast.owner)
    assert phone_month(cast.owner.pk, business_date()).free == 30
    with pytest.raises(IntegrityError, match="receipt_only_phone_is_shared"), transaction.atomic():
        Receipt.objects.filter(pk=ride.pk).update(own_amount=1)


def test_s227_a_higher_limit_is_decided_by_the_manager_and_replaces_the_one_of_its_month(cast, line):
    limit = phone.ask_limit(cast.owner, asked(150), by=cast.owner)
    assert pending_stage(request_for(phone.SUBJECT, limit)).positions == ["manager"]
    assert phone_month(cast.owner.pk, business_date()).limit == 100
    decide_all(phone.SUBJECT, limit)
    assert phone_month(cast.owner.pk, business_date()).limit == 150
    later = decide_all(phone.SUBJECT, phone.ask_limit(cast.owner, asked(80), by=cast.lead))
    once = decide_all(phone.SUBJECT, phone.ask_limit(cast.owner, asked(200, only=True), by=cast.owner))
    limit.refresh_from_db()
    assert (limit.state, later.state, once.state) == ("replaced", "approved", "approved")
    assert phone_month(cast.owner.pk, business_date()).limit == 200
    assert phone_month(cast.owner.pk, months_from(business_date(), 1)).limit == 80
    with pytest.raises(IntegrityError, match="phone_limit_one_a_month"), transaction.atomic():
        PhoneLimit.objects.filter(pk=limit.pk).update(state="approved")


def test_a_limit_that_was_lowered_meanwhile_is_looked_at_again(cast, line):
    claim = make_claim(cast.owner, line)
    services.add_receipt(claim, bill("1", 90), None, by=cast.owner)
    decide_all(phone.SUBJECT, phone.ask_limit(cast.owner, asked(50), by=cast.lead))
    assert "come to 90.00 yuan, the limit is 50.00" in refusal(
        "phone_limit", services.submit_claim, claim, by=cast.owner
    )


def test_what_cannot_be_asked_for(cast, line):
    early = asked(150, months_from(business_date(), -2))
    refusal("month", phone.ask_limit, cast.owner, early, by=cast.owner)
    refusal("person", phone.ask_limit, cast.other_team, asked(150), by=cast.lead)
    limit = phone.ask_limit(cast.owner, asked(150), by=cast.owner)
    request = request_for(phone.SUBJECT, limit)
    approvals.return_for_changes(request, by=cast.manager, version=request.version, reason="少一些")
    limit.refresh_from_db()
    with pytest.raises(ConflictError):
        phone.ask_again(limit, asked(120), by=cast.owner, version=99)
    limit = phone.ask_again(limit, asked(120), by=cast.owner, version=limit.version)
    request = request_for(phone.SUBJECT, limit)
    approvals.reject(request, by=cast.manager, version=request.version, reason="不必")
    limit.refresh_from_db()
    assert (limit.state, limit.amount) == ("rejected", 120)
    assert phone_month(cast.owner.pk, business_date()).limit == 100
    assert not permissions.can_edit_limit(cast.owner, limit)


def test_a_limit_in_the_browser(cast, client_of, line):
    owner = client_of(cast.owner)
    month = month_start(business_date()).isoformat()
    body = {"user": cast.owner.pk, "amount": "180", "starts_on": month, "reason": "外呼多𠮷"}
    assert owner.post("/expenses/phone/new/", body | {"user": cast.same_team.pk}).status_code == 422
    address = owner.post("/expenses/phone/new/", body)["Location"]
    decide_all(phone.SUBJECT, PhoneLimit.objects.get())
    services.add_receipt(make_claim(cast.owner, line), bill("1", 130), None, by=cast.owner)
    page = owner.get(address).content.decode()
    assert [word for word in ("外呼多𠮷", "180.00", "130.00", "50.00") if word not in page] == []
    assert "claimed 130.00, free 50.00" in owner.get("/expenses/phone/").content.decode()

    def count():
        with CaptureQueriesContext(connection) as seen:
            assert owner.get("/expenses/phone/").status_code == 200
        return len(seen)

    one = count()
    for ahead in (1, 2):
        later = asked(200, months_from(date.fromisoformat(month), ahead))
        phone.ask_limit(cast.owner, later, by=cast.owner)
    assert count() == one


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_the_last_yuan_of_a_phone_limit_is_claimed_once(cast, monkeypatch):
    load_default_routes()
    line = line_of(make_budget(cast.manager), "交通费用")
    claims = [make_claim(cast.owner, line) for _ in range(2)]
    monkeypatch.setattr(services, "_write", meeting(services._write))
    day = business_date()
    acts = [
        lambda claim=claim: type(
            services.add_receipt(claim, bill(f"T-{claim.pk}", 100, on=day), None, by=cast.owner)
        )
        for claim in claims
    ]
    answers = at_once(*acts)
    assert sorted(answers, key=str) == sorted([Receipt, BusinessError], key=str)
    assert phone_month(cast.owner.pk, day).paid == 100
