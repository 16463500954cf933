"""Signing, the ninth set, cancelling, paying – through the services."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from campaigns.campaigns.models import CampaignProduct
from campaigns.campaigns.terms import OfferChannel
from campaigns.deals.losses import charge_back, decide_loss
from campaigns.deals.models import Adjustment, Crossing, Deal, Payment
from campaigns.deals.selectors import balance, preview_of, standings
from campaigns.deals.services import DealTerms, cancel_deal, open_deal, receive_payment, sign_deal
from campaigns.discounts.models import Certificate
from campaigns.discounts.rules.benefits import Tier
from campaigns.discounts.services import NewVersion, check_certificate, put_in_force
from kam.approvals import services as approvals
from kam.approvals.models import Request
from kam.approvals.routes import load_default_routes
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.core.transitions import TransitionRefusedError
from kam.outbox.models import Notice
from tests.campaigns.discounts.books import factor, group
from tests.factories.accounts import make_person, make_unit
from tests.factories.campaigns import make_campaign, make_deal, make_rules, make_signed

COLUMNS = "created_at, deal_id, crossing_id, kind, amount, booked_on"
TWICE = f"insert into campaigns_adjustment ({COLUMNS}) select {COLUMNS} from campaigns_adjustment"
REGULAR, FINAL = Decimal("433160.00"), Decimal("424496.80")
CREDIT = Decimal("8663.20")


@pytest.fixture
def campaign(db):
    campaign = make_campaign(window_from=None, window_to=None)
    make_rules(campaign, sets=3)
    return campaign


@pytest.fixture
def unit(cast):
    return make_unit("泉州商会", owner=cast.owner, channel="chamber")


def nets():
    return [deal.net_total() for deal in Deal.objects.order_by("pk")]


def test_the_set_that_reaches_the_number_credits_the_earlier_ones(unit, campaign):
    first, second, third = (make_signed(unit, campaign, name) for name in ("甲", "乙", "丙"))
    assert [d.price_amount for d in (first, second, third)] == [REGULAR, REGULAR, FINAL]
    assert [d.group_state for d in (first, second, third)] == ["not_reached", "not_reached", "reached"]
    crossing = Crossing.objects.get()
    assert (crossing.kind, crossing.deal, crossing.count) == ("reached", third, 3)
    booked = list(Adjustment.objects.values_list("deal", "kind", "amount"))
    assert booked == [(first.pk, "credit", CREDIT), (second.pk, "credit", CREDIT)]
    fourth = make_signed(unit, campaign, "丁")
    assert nets() == [FINAL] * 4
    assert (fourth.group_version.number, Adjustment.objects.count()) == (1, 2)
    assert third.priced["steps"][1]["rule"] == "housing-2026/group/chamber"


def test_a_signed_deal_is_credited_by_the_channel_it_was_signed_in(unit, campaign):
    first, second = (make_signed(unit, campaign, name) for name in ("甲", "乙"))
    unit.channel = "bank"
    unit.save(update_fields=["channel"])
    third = make_signed(unit, campaign, "丙")
    assert (third.group_state, third.price_amount) == ("no_rule", REGULAR)
    booked = list(Adjustment.objects.values_list("deal", "kind", "amount"))
    assert booked == [(first.pk, "credit", CREDIT), (second.pk, "credit", CREDIT)]


def test_a_signed_deal_stays_inside_the_offer_it_was_counted_in(unit, campaign):
    make_signed(unit, campaign, quantity=2)
    day = business_date()
    campaign.window_from, campaign.window_to = day - timedelta(days=90), day - timedelta(days=60)
    campaign.save(update_fields=["window_from", "window_to"])
    assert [row.due for row in standings([unit.pk], campaign, count=3)] == [2 * FINAL]


def test_one_deal_of_three_sets_reaches_three(unit, campaign):
    deal = make_signed(unit, campaign, quantity=3)
    assert (deal.price_amount, deal.signed_total) == (FINAL, 3 * FINAL)
    assert not Crossing.objects.exists()


def test_trial_orders_other_units_and_other_campaigns_do_not_count(unit, campaign, cast):
    other = make_campaign("other", window_from=None, window_to=None)
    make_signed(unit, campaign, quantity=5, is_trial=True)
    make_signed(unit, other, quantity=5)
    make_signed(make_unit("温州商会", owner=cast.owner, channel="chamber"), campaign, quantity=5)
    assert make_signed(unit, campaign).priced["group"]["count"] == 1


def test_subsidiaries_count_together_only_where_the_campaign_says_so(unit, cast):
    child = make_unit("泉州商会晋江分会", owner=cast.owner, channel="chamber", parent=unit)
    for code, pools, expected in (("apart", False, 1), ("together", True, 3)):
        campaign = make_campaign(code, pools_subsidiaries=pools, window_from=None, window_to=None)
        make_rules(campaign, sets=3)
        make_signed(unit, campaign, quantity=2)
        assert make_signed(child, campaign).priced["group"]["count"] == expected
    assert Adjustment.objects.get().deal.unit == unit


def test_outside_the_offer_the_regular_discount_stays_and_nothing_counts(unit):
    campaign = make_campaign(window_from=date(2020, 5, 15), window_to=date(2020, 7, 15))
    make_rules(campaign, sets=1, day=date(2020, 1, 1))
    late = make_signed(unit, campaign)
    assert (late.price_amount, late.group_state, late.is_counted) == (REGULAR, "outside_window", False)
    early = make_signed(unit, campaign, "乙", offer_on=date(2020, 7, 15))
    assert (early.price_amount, early.is_counted) == (FINAL, True)


def test_a_certificate_makes_the_offer_the_teachers(unit, campaign, cast):
    teacher = make_person(unit, "吴老师")
    check_certificate(teacher, kind="教师资格证", number="20083500123", by=cast.owner)
    with pytest.raises(BusinessError, match="on file already"):
        check_certificate(make_person(unit, "另一位"), kind="教师资格证", number="20083500123", by=cast.owner)
    yesterday = business_date() - timedelta(days=1)
    with pytest.raises(BusinessError, match="run out"):
        check_certificate(teacher, kind="x", number="1", valid_until=yesterday, by=cast.owner)
    deal = make_deal(unit, campaign, customer=teacher)
    assert preview_of(deal)["final"] == "424496.80"
    signed = sign_deal(deal, contract_no="HT-1", signed_on=business_date(), by=cast.owner, version=1)
    assert (signed.offer_channel, signed.price_amount) == ("teachers", FINAL)
    assert str(Certificate.objects.get()) == "教师资格证 …0123"


def test_a_deal_keeps_the_version_of_its_own_offer_day(unit, campaign, cast):
    first = make_signed(unit, campaign, "甲", offer_on=business_date() - timedelta(days=2))
    put_in_force(
        NewVersion(campaign, group(OfferChannel.CHAMBER, Tier(2, factor("0.90"))), business_date()), by=None
    )
    second = make_signed(unit, campaign, "乙")
    assert second.price_amount == Decimal("389844.00")
    first.refresh_from_db()
    assert first.net_total() == REGULAR, "the first one still needs three sets by its own version"
    make_signed(unit, campaign, "丙")
    assert first.net_total() == FINAL


def test_losing_the_number_takes_nothing_back_and_asks_the_director(unit, campaign, cast):
    deals = [make_signed(unit, campaign, name) for name in ("甲", "乙", "丙")]
    cancel_deal(deals[2], reason="没有贷款", by=cast.manager, version=deals[2].version)
    loss = Crossing.objects.to_decide().get()
    assert (loss.count, loss.stake_amount) == (2, 2 * CREDIT)
    told = Notice.objects.get(kind="campaigns.deal.number_lost")
    assert (told.to, told.url) == (cast.director, f"/deals/numbers/{loss.pk}/")
    assert f"{2 * CREDIT:,.2f} yuan" in told.text
    assert nets()[:2] == [FINAL, FINAL]
    decide_loss(loss, keep=True, reason="好客户", by=cast.director, version=loss.version)
    with pytest.raises(ConflictError):
        decide_loss(loss, keep=False, reason="x", by=cast.director, version=loss.version)
    make_signed(unit, campaign, "丁")
    assert nets()[:2] == [FINAL, FINAL], "reached again: nothing is credited twice"
    assert Adjustment.objects.count() == 2


def test_a_charge_back_is_booked_when_others_approved_it_and_credited_when_reached_again(
    unit, campaign, cast
):
    load_default_routes()
    deals = [make_signed(unit, campaign, name) for name in ("甲", "乙", "丙")]
    cancel_deal(deals[2], reason="没有贷款", by=cast.manager, version=deals[2].version)
    loss = Crossing.objects.to_decide().get()
    decide_loss(loss, keep=False, reason="合同约定", by=cast.director, version=loss.version)
    request = Request.objects.get()
    assert nets()[:2] == [FINAL, FINAL]
    approvals.approve(request, by=cast.marketing, version=request.version)
    loss.refresh_from_db()
    assert (loss.decision, nets()[:2]) == ("charged_back", [REGULAR, REGULAR])
    make_signed(unit, campaign, "丁")
    assert nets()[:2] == [FINAL, FINAL]


def test_a_rejected_charge_back_leaves_everything(unit, campaign, cast):
    load_default_routes()
    deals = [make_signed(unit, campaign, name) for name in ("甲", "乙", "丙")]
    cancel_deal(deals[0], reason="x", by=cast.manager, version=deals[0].version)
    loss = Crossing.objects.to_decide().get()
    decide_loss(loss, keep=False, reason="x", by=cast.director, version=loss.version)
    request = Request.objects.get()
    approvals.reject(request, by=cast.marketing, version=request.version, reason="不值得")
    loss.refresh_from_db()
    assert (loss.decision, Adjustment.objects.filter(kind="charge_back").exists()) == ("kept", False)


def test_payments_close_the_deal_and_never_exceed_what_is_owed(unit, campaign, cast):
    deal = make_signed(unit, campaign)
    day = business_date()
    receive_payment(deal, amount=Decimal(130_000), received_on=day, reference="R-1", by=cast.finance)
    deal.refresh_from_db()
    assert (deal.is_closed, balance(deal)) == (True, (REGULAR, Decimal(130_000), Decimal("303160.00")))
    for amount, reference, code in (
        (Decimal("303160.01"), "R-2", "too_much"),
        (Decimal(0), "R-2", "too_much"),
        (Decimal(1), "R-1", "receipt"),
    ):
        with pytest.raises(BusinessError) as refusal:
            receive_payment(deal, amount=amount, received_on=day, reference=reference, by=cast.finance)
        assert refusal.value.code == code
    for late, code in ((1, "future"), (-1, "early")):
        with pytest.raises(BusinessError) as refusal:
            receive_payment(
                deal, amount=Decimal(1), received_on=day + timedelta(days=late), reference="R-3", by=None
            )
        assert refusal.value.code == code
    assert Payment.objects.count() == 1
    with pytest.raises(BusinessError, match="Only a signed deal"):
        receive_payment(
            make_deal(unit, campaign, "乙"), amount=Decimal(1), received_on=day, reference="R-9", by=None
        )


def test_what_cannot_be_agreed_or_signed_is_refused_and_nothing_written(unit, campaign, cast):
    stranger = make_person(make_unit("温州商会", owner=cast.owner), "外人")
    person = make_person(unit, "洪嘉伟")
    closed = make_campaign("closed", state="closed")
    product = CampaignProduct.objects.create(campaign=closed, code="x", name="X", measure="㎡")
    tomorrow = business_date() + timedelta(days=1)
    price = Decimal(100)
    for terms, field in (
        (DealTerms(closed, person, price), "campaign"),
        (DealTerms(campaign, stranger, price), "customer"),
        (DealTerms(campaign, person, price, product=product), "product"),
        (DealTerms(campaign, person, price, offer_on=tomorrow), "offer_on"),
        (DealTerms(campaign, person, Decimal(0)), "quantity"),
    ):
        with pytest.raises(BusinessError) as refusal:
            open_deal(unit, terms, by=cast.owner)
        assert refusal.value.field == field
    assert not Deal.objects.exists()
    deal = make_deal(unit, campaign, "乙", offer_on=business_date())
    for day, code in ((tomorrow, "future"), (business_date() - timedelta(days=1), "before_offer")):
        with pytest.raises(BusinessError) as refusal:
            sign_deal(deal, contract_no="C", signed_on=day, by=cast.owner, version=1)
        assert refusal.value.code == code
    with pytest.raises(ConflictError):
        sign_deal(deal, contract_no="C", signed_on=business_date(), by=cast.owner, version=7)
    campaign.state = "closed"
    campaign.save()
    with pytest.raises(BusinessError) as refusal:
        sign_deal(deal, contract_no="C", signed_on=business_date(), by=cast.owner, version=1)
    assert refusal.value.code == "not_running"
    deal.refresh_from_db()
    assert (deal.state, deal.price_amount) == ("agreed", None)


def test_a_cancelled_deal_costs_nothing_and_owes_the_buyer_what_was_received(unit, campaign, cast, client_of):
    deal = make_signed(unit, campaign, "甲")
    receive_payment(
        deal, amount=Decimal(30_000), received_on=business_date(), reference="SK-9", by=cast.finance
    )
    deal.refresh_from_db()
    gone = cancel_deal(deal, reason="不买了", by=cast.manager, version=deal.version)
    assert balance(gone) == (0, 30_000, -30_000)
    page = client_of(cast.owner).get(gone.get_absolute_url()).content.decode()
    assert "To be given back to the buyer" in page
    assert "Owed" not in page


def test_a_contract_number_is_taken_once_and_a_cancelled_deal_stays_cancelled(unit, campaign, cast):
    make_signed(unit, campaign)
    number = Deal.objects.get().contract_no
    deal = make_deal(unit, campaign, "乙")
    with pytest.raises(BusinessError) as refusal:
        sign_deal(deal, contract_no=number, signed_on=business_date(), by=cast.owner, version=1)
    assert refusal.value.field == "contract_no"
    gone = cancel_deal(deal, reason="不买了", by=cast.owner, version=1)
    with pytest.raises(TransitionRefusedError):
        sign_deal(gone, contract_no="C", signed_on=business_date(), by=cast.owner, version=gone.version)
    assert not Crossing.objects.exists()


def test_standings_read_the_rules_once_a_day_of_offer(unit, campaign, django_assert_num_queries):
    for name in ("甲", "乙"):
        make_signed(unit, campaign, name)
    with django_assert_num_queries(4):
        assert len(standings([unit.pk], campaign, count=2)) == 2
    make_signed(unit, campaign, "丙")
    with django_assert_num_queries(4):
        assert len(standings([unit.pk], campaign, count=3)) == 3


@pytest.mark.parametrize(
    "attack",
    [
        "update campaigns_adjustment set amount = 1",
        "delete from campaigns_payment",
        "update campaigns_deal set price_amount = null where state = 'signed'",
        "update campaigns_deal set state = 'agreed'",
        TWICE,
    ],
)
def test_the_database_itself_refuses(unit, campaign, cast, attack):
    deals = [make_signed(unit, campaign, name) for name in ("甲", "乙", "丙")]
    receive_payment(deals[0], amount=Decimal(1), received_on=business_date(), reference="R", by=cast.finance)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attack)
    assert (Adjustment.objects.count(), Payment.objects.count(), Deal.objects.signed().count()) == (2, 1, 3)


def test_a_charge_back_books_each_deal_once(unit, campaign, cast):
    deals = [make_signed(unit, campaign, name) for name in ("甲", "乙", "丙")]
    cancel_deal(deals[2], reason="x", by=cast.manager, version=deals[2].version)
    loss = Crossing.objects.to_decide().get()
    charge_back(loss, cast.marketing)
    with pytest.raises(IntegrityError, match="adjustment_once_a_crossing"), transaction.atomic():
        Adjustment.objects.create(
            deal=deals[0], crossing=loss, kind="charge_back", amount=1, booked_on=business_date()
        )
    charge_back(loss, cast.marketing)
    assert Adjustment.objects.filter(kind="charge_back").count() == 2
