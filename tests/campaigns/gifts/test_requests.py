"""A gift from asking to acknowledgement, and what comes back when it is cancelled or taken back."""

from datetime import timedelta
from decimal import Decimal

import psycopg2
import pytest
from django.db import transaction

from accounts.persons.terms import Official
from campaigns.budgets.selectors import balance_on
from campaigns.budgets.selectors import verify_ledger as verify
from campaigns.gifts import services, stock
from campaigns.gifts.models import GiftItem, GiftRequest, StockEntry
from campaigns.gifts.permissions import can_ask_gift
from campaigns.integrity.models import Benefit
from campaigns.integrity.selectors import received_by
from campaigns.integrity.services import Excuse
from kam.approvals import services as approvals
from kam.approvals.routes import load_default_routes
from kam.approvals.selectors import request_for, snapshot_of
from kam.core.clock import business_date
from kam.core.errors import BusinessError
from tests.factories.accounts import make_unit
from tests.factories.budgets import line_of, make_budget
from tests.factories.gifts import decide_all, gift_terms, make_gift, make_handed, make_issued, make_item
from tests.factories.integrity import make_receiver

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit(cast):
    load_default_routes()
    return make_unit("泉州商会", owner=cast.owner)


@pytest.fixture
def person(unit):
    return make_receiver(unit)


@pytest.fixture
def line(cast):
    return line_of(make_budget(cast.manager), "精品礼品")


@pytest.fixture
def item(db):
    return make_item()


def worth(line, item, person):
    balance = balance_on(line)
    item.refresh_from_db()
    return balance.reserved, balance.spent, item.stock, received_by(person, business_date()).total


def refusal(code, act, *args, **kwargs):
    before = (GiftRequest.objects.count(), Benefit.objects.count(), StockEntry.objects.count())
    with pytest.raises(BusinessError) as caught, transaction.atomic():
        act(*args, **kwargs)
    assert caught.value.code == code
    assert (GiftRequest.objects.count(), Benefit.objects.count(), StockEntry.objects.count()) == before
    return str(caught.value)


def test_a_gift_is_asked_decided_issued_handed_over_acknowledged(cast, person, line, item):
    gift = make_gift(person, item, line, cast.owner)
    assert worth(line, item, person) == (0, 0, 30, 198)
    request = request_for("gift_request", gift)
    assert [s.positions for s in request.rounds.get().stages.all()] == [
        ["manager"],
        ["director"],
        ["finance"],
    ]
    decide_all("gift_request", gift)
    assert worth(line, item, person) == (198, 0, 30, 198)
    services.issue_gift(gift, by=cast.clerk)
    assert worth(line, item, person) == (198, 0, 29, 198)
    services.hand_over(gift, by=cast.owner)
    assert worth(line, item, person) == (0, 198, 29, 198)
    services.acknowledge(gift, how="签名", on=business_date(), by=cast.owner)
    gift.refresh_from_db()
    assert (gift.state, gift.benefit.state, verify().ok) == ("acknowledged", "given", True)


def test_the_card_shows_money_before_and_after_and_what_the_person_has_received(cast, person, line, item):
    make_handed(person, item, line, cast.owner, cast.clerk)
    cheap = make_item("台历", 40)
    gift = make_gift(person, cheap, line, cast.same_team, on=business_date() + timedelta(30))
    card = snapshot_of(request_for("gift_request", gift))
    budget = {key: Decimal(str(card["budget"][key])) for key in ("before", "this", "after")}
    assert budget == {"before": 4802, "this": 40, "after": 4762}
    assert [row[1:] for row in card["history"]] == [["赵敏: 品牌打火机 · Gift", "198.00"]]
    assert (card["why"], card["flags"], card["amount"]) == ("中秋走访", [], "40.00")


def test_above_a_limit_the_general_manager_decides_too(cast, person, line, item):
    words = refusal("compliance", make_gift, person, item, line, cast.owner, quantity=4)
    assert "792.00 the limit of 600.00 a person is exceeded" in words
    gift = make_gift(person, item, line, cast.owner, quantity=4, excuse=Excuse("年会答谢"))
    request = request_for("gift_request", gift)
    positions = [stage.positions for stage in request.rounds.get().stages.all()]
    assert positions == [["manager"], ["director"], ["general_manager"], ["finance"]]
    assert "the limit of 600.00 a person is exceeded" in snapshot_of(request)["flags"][0]


def test_an_official_gets_no_voucher_and_a_gift_only_by_compliance(cast, unit, line, item):
    official = make_receiver(unit, Official.UNKNOWN)
    voucher = make_item("美容消费卷", 300, kind="cash_equivalent")
    excuse = Excuse("答谢", "协议", "告知函")
    refusal("refused", make_gift, official, voucher, line, cast.owner, excuse=excuse)
    refusal("compliance", make_gift, official, item, line, cast.owner)


def test_a_line_without_the_money_refuses_and_says_what_is_free(cast, person, line):
    dear = make_item("茶具", 2600)
    excuse = Excuse("会长")
    words = refusal("not_enough", make_gift, person, dear, line, cast.owner, quantity=2, excuse=excuse)
    assert "5,000.00 free; 5,200.00 was asked for" in words


@pytest.mark.parametrize("end", ["return", "reject", "withdraw"])
def test_what_is_not_approved_counts_nowhere(cast, person, line, item, end):
    gift = make_gift(person, item, line, cast.owner)
    request = request_for("gift_request", gift)
    if end == "return":
        approvals.return_for_changes(request, by=cast.manager, version=request.version, reason="太贵")
    elif end == "reject":
        approvals.reject(request, by=cast.manager, version=request.version, reason="不合适")
    else:
        approvals.withdraw(request, by=cast.owner, version=request.version)
    assert worth(line, item, person) == (0, 0, 30, 0)


def test_a_returned_request_is_written_anew_and_enters_the_register_again(cast, person, line, item):
    gift = make_gift(person, item, line, cast.owner)
    request = request_for("gift_request", gift)
    approvals.return_for_changes(request, by=cast.manager, version=request.version, reason="太贵")
    gift.refresh_from_db()
    terms = gift_terms(person, make_item("钢笔", 60), line)
    with pytest.raises(BusinessError):
        services.ask_again(gift, terms, by=cast.owner, version=gift.version - 1)
    again = services.ask_again(gift, terms, by=cast.owner, version=gift.version)
    assert (again.state, again.amount, worth(line, item, person)[3]) == ("pending", 60, 60)


def test_cancelled_before_and_taken_back_after_give_everything_back(cast, person, line, item):
    gift = make_issued(person, item, line, cast.owner, cast.clerk)
    services.cancel_gift(gift, reason="拜访取消", by=cast.owner)
    assert worth(line, item, person) == (0, 0, 30, 0)
    gift = make_handed(person, item, line, cast.owner, cast.clerk)
    services.take_back(gift, reason="单位规定不收", by=cast.owner)
    gift.refresh_from_db()
    assert (worth(line, item, person), gift.state, verify().ok) == ((0, 0, 30, 0), "taken_back", True)
    approved = decide_all("gift_request", make_gift(person, item, line, cast.owner))
    services.cancel_gift(approved, reason="改期", by=cast.owner)
    assert worth(line, item, person) == (0, 0, 30, 0)
    for act in (services.cancel_gift, services.take_back):
        with pytest.raises(BusinessError):
            act(approved, reason="x", by=cast.owner)


def test_nothing_is_issued_that_is_not_there(cast, person, line):
    empty = make_item("台历", 9, in_stock=0)
    gift = decide_all("gift_request", make_gift(person, empty, line, cast.owner))
    assert "0 are in stock, 1 are asked for" in refusal("stock", services.issue_gift, gift, by=cast.clerk)
    gift.refresh_from_db()
    assert gift.state == "approved"


def test_days_and_visits_must_fit(cast, person, line, item):
    gift = make_issued(person, item, line, cast.owner, cast.clerk)
    tomorrow = business_date() + timedelta(1)
    refusal("future", services.hand_over, gift, by=cast.owner, on=tomorrow)
    services.hand_over(gift, by=cast.owner)
    refusal("day", services.acknowledge, gift, how="x", on=tomorrow, by=cast.owner)


def test_catalogue_and_stock(cast, person, line, item):
    assert stock.count(item, 28, document="PD-1", by=cast.clerk).quantity == -2
    told = {"name": "x", "kind": "gift", "price_amount": Decimal(210), "note": "", "is_offered": False}
    changed = stock.change_item(item, told, by=cast.clerk, version=1)
    assert GiftItem.objects.get().stock == 28
    refusal("same", stock.count, item, 28, document="", by=cast.clerk)
    refusal("positive", stock.receive, item, 0, document="", by=cast.clerk)
    refusal("stale", stock.change_item, item, told, by=cast.clerk, version=1)
    other = make_item("y")
    refusal("taken", stock.add_item, told, by=cast.clerk)
    refusal("taken", stock.change_item, other, told, by=cast.clerk, version=1)
    refusal("item", make_gift, person, changed, line, cast.owner)
    person.left_on = business_date()
    refusal("left", make_gift, person, other, line, cast.owner)
    assert (can_ask_gift(cast.owner, person.unit), can_ask_gift(cast.other_team, person.unit)) == (
        True,
        False,
    )


@pytest.mark.django_db(transaction=True)
def test_the_application_neither_changes_an_entry_nor_the_stock(item, as_application):
    for sql in (
        "update campaigns_stockentry set quantity = 5",
        "delete from campaigns_stockentry",
        "update campaigns_giftitem set stock = 99",
    ):
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            as_application(sql)
    assert GiftItem.objects.get().stock == 30
