"""A purchase from its plan and offers to what came and was paid; its money held, spent, given back."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from campaigns.budgets.selectors import balance_on, verify_ledger
from campaigns.budgets.services import ledger
from campaigns.purchases import services
from campaigns.purchases.models import Offer, Purchase
from kam.approvals import services as approvals
from kam.approvals.routes import load_default_routes
from kam.approvals.selectors import pending_stage, request_for, snapshot_of
from kam.core.clock import business_date
from kam.core.errors import BusinessError
from kam.core.transitions import TransitionRefusedError
from tests.factories.budgets import line_of, make_budget
from tests.factories.gifts import decide_all
from tests.factories.purchases import (
    make_approved,
    make_offer,
    make_purchase,
    make_ready,
    make_received,
    purchase_told,
)
from tests.racing import at_once, meeting

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def line(cast):
    load_default_routes()
    return line_of(make_budget(cast.manager), "不可预计费用")


def refusal(code, act, *args, **kwargs):
    def held():
        rows = Purchase.objects.order_by("pk").values_list("state", "amount", "version")
        return list(rows), list(Offer.objects.order_by("pk").values_list("amount", "is_chosen"))

    before = held()
    with pytest.raises(BusinessError) as caught, transaction.atomic():
        act(*args, **kwargs)
    assert (caught.value.code, held()) == (code, before)
    return str(caught.value)


def money(line):
    balance = balance_on(line)
    return balance.reserved, balance.spent


def test_s226_a_purchase_from_its_plan_to_its_payment(cast, line):
    purchase = make_purchase(cast.owner, line)
    refusal("choice", services.submit_purchase, purchase, by=cast.owner)
    dear, cheap = make_offer(purchase, 1_200, "A"), make_offer(purchase, 1_000, "B")
    refusal("twice", make_offer, purchase, 5, "A")
    services.choose_offer(cheap, "", by=cast.owner)
    services.choose_offer(dear, "", by=cast.owner)
    assert "say why" in refusal("reason", services.submit_purchase, purchase, by=cast.owner)
    services.choose_offer(dear, "两天到货", by=cast.owner)
    purchase = services.submit_purchase(purchase, by=cast.owner)
    request = request_for(services.SUBJECT, purchase)
    assert pending_stage(request).positions == ["manager"]
    assert snapshot_of(request)["lines"][1][0] == "✓ A"
    refusal("not_draft", make_offer, purchase, 5, "C")
    decide_all(services.SUBJECT, purchase)
    assert money(line) == (1_200, 0)
    with pytest.raises(TransitionRefusedError):
        services.pay_purchase(purchase, Decimal(9), document="ZF-1", by=cast.finance)
    purchase = services.receive_goods(purchase, "十二个，完好", by=cast.clerk)
    refusal("own", services.pay_purchase, purchase, Decimal(9), document="ZF-1", by=cast.owner)
    purchase = services.pay_purchase(purchase, Decimal(1_150), document="ZF-1", by=cast.finance)
    assert (money(line), purchase.paid_amount, verify_ledger().ok) == ((0, 1_150), 1_150, True)
    with pytest.raises(TransitionRefusedError):
        services.pay_purchase(purchase, Decimal(9), document="ZF-2", by=cast.finance)


def test_what_is_not_bought_gives_its_money_back(cast, line):
    purchase = make_approved(cast.owner, line)
    assert money(line) == (680, 0)
    purchase = services.cancel_purchase(purchase, "已借到", by=cast.owner)
    assert (purchase.state, money(line), verify_ledger().ok) == ("cancelled", (0, 0), True)
    with pytest.raises(TransitionRefusedError):
        services.receive_goods(purchase, "一套", by=cast.clerk)
    returned = services.submit_purchase(make_ready(cast.owner, line), by=cast.owner)
    request = request_for(services.SUBJECT, returned)
    approvals.return_for_changes(request, by=cast.manager, version=request.version, reason="报价")
    returned.refresh_from_db()
    services.drop_offer(returned.offers.get(), by=cast.owner)
    returned.refresh_from_db()
    assert (returned.state, returned.amount, money(line)) == ("draft", 0, (0, 0))


def test_what_cannot_be_asked_for(cast, line):
    yesterday = business_date() - timedelta(1)
    refusal("past", make_purchase, cast.owner, line, needed_on=yesterday)
    dear = make_ready(cast.owner, line, 5_001)
    assert "it takes 2 offers" in refusal("offers", services.submit_purchase, dear, by=cast.owner)
    make_offer(dear, 5_002, "B")
    assert "5,000.00 free" in refusal("not_enough", services.submit_purchase, dear, by=cast.owner)
    plain = make_purchase(cast.owner, line, plan="")
    services.choose_offer(make_offer(plain), "", by=cast.owner)
    refusal("plan", services.submit_purchase, plain, by=cast.owner)
    told = purchase_told(line, plan="", is_urgent=True)
    refusal("stale", services.edit_purchase, plain, told, by=cast.owner, version=99)
    plain.refresh_from_db()
    plain = services.edit_purchase(plain, told, by=cast.owner, version=plain.version)
    assert services.submit_purchase(plain, by=cast.owner).state == "pending"


def test_s226_what_the_database_refuses(cast, line):
    purchase = make_approved(cast.owner, line)
    offer = make_offer(make_ready(cast.owner, line), 5, "B")
    for match, rows, change in (
        ("purchase_approved_holds", Purchase.objects.filter(pk=purchase.pk), {"reservation": None}),
        ("purchase_received_by", Purchase.objects.filter(pk=purchase.pk), {"state": "received"}),
        ("purchase_offer_chosen_once", Offer.objects.filter(pk=offer.pk), {"is_chosen": True}),
    ):
        with pytest.raises(IntegrityError, match=match), transaction.atomic():
            rows.update(**change)


def test_a_purchase_in_the_browser(cast, client_of, line):
    owner, clerk, finance = (client_of(one) for one in (cast.owner, cast.clerk, cast.finance))
    body = {"title": "投影幕布𠮷", "reason": "无幕布", "plan": "一套", "line": line.pk}
    address = owner.post("/purchases/new/", body)["Location"]
    assert "Add an offer and choose one" in owner.get(address).content.decode()
    offer = {"supplier": "晨光文具", "amount": "680"}
    paper = SimpleUploadedFile("o.pdf", PDF, content_type="application/pdf")
    assert owner.post(f"{address}offers/new/", offer | {"file": paper}).status_code == 302
    assert owner.post(f"{address}offers/new/", offer).status_code == 422
    row = Offer.objects.get()
    assert b"".join(owner.get(row.file.get_absolute_url()).streaming_content).startswith(b"%PDF")
    assert client_of(cast.other_team).get(row.file.get_absolute_url()).status_code == 404
    assert owner.post(f"/purchases/offers/{row.pk}/choose/", {"why": ""}).status_code == 302
    assert owner.post(f"{address}submit/").status_code == 302
    decide_all(services.SUBJECT, Purchase.objects.get())
    assert clerk.post(f"{address}receive/", {"received": "一套，完好"}).status_code == 302
    assert finance.post(f"{address}pay/", {"amount": "5700", "document": "ZF-1"}).status_code == 422
    assert finance.post(f"{address}pay/", {"amount": "650", "document": "ZF-1"}).status_code == 302
    assert finance.post(f"{address}pay/", {"amount": "650", "document": "ZF-1"}).status_code == 403
    paper = pypdf.PdfReader(BytesIO(owner.get(f"{address}request.pdf").content)).pages[0].extract_text()
    words = ("投影幕布𠮷", "晨光文具", "680.00", "650.00", "ZF-1", "一套，完好")
    assert [word for word in words if word not in paper.replace("\n", "")] == []

    def count():
        with CaptureQueriesContext(connection) as seen:
            assert owner.get("/purchases/").status_code == 200
        return len(seen)

    count()
    one = count()
    make_purchase(cast.owner, line)
    make_purchase(cast.owner, line)
    assert count() == one


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_a_purchase_paid_by_two_at_once_is_paid_once(cast, monkeypatch):
    load_default_routes()
    line = line_of(make_budget(cast.manager), "不可预计费用")
    purchase = make_received(cast.owner, line, cast.clerk)
    monkeypatch.setattr(services.budgets, "spend", meeting(services.budgets.spend))
    pay = lambda: type(services.pay_purchase(purchase, Decimal(600), document="ZF-1", by=cast.finance))  # noqa: E731 -- run twice
    answers = at_once(pay, pay)
    assert sorted(answers, key=str) == sorted([Purchase, TransitionRefusedError], key=str)
    assert money(line) == (0, 600)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_two_purchases_approved_at_once_one_gets_the_last_money(cast, monkeypatch):
    load_default_routes()
    line = line_of(make_budget(cast.manager, (1, "不可预计费用", 1_000)), "不可预计费用")
    rows = [services.submit_purchase(make_ready(cast.owner, line), by=cast.owner) for _n in range(2)]
    monkeypatch.setattr(ledger, "_book", meeting(ledger._book))
    answers = at_once(*(lambda row=row: services.approve_purchase(row, cast.manager) for row in rows))
    assert sorted(answers, key=str) == sorted([None, BusinessError], key=str)
    assert (money(line), balance_on(line).free) == ((680, 0), 320)
