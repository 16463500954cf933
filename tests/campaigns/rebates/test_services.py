"""Rebates through their services: asked for, approved, checked, paid once, taken back; each refusal leaves everything as it was."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from accounts.persons.models import KeyPersonPeriod
from accounts.persons.terms import Official
from campaigns.budgets.selectors import balance_on
from campaigns.deals.models import Deal, Payment
from campaigns.deals.services import cancel_deal
from campaigns.integrity.models import Benefit
from campaigns.rebates.models import Rebate, RebatePayment, RebateVersion, Recovery
from campaigns.rebates.rules import Tier
from campaigns.rebates.selectors import answer_for, answers_for
from campaigns.rebates.services import (
    Papers,
    Wish,
    check_papers,
    claim,
    pay,
    pay_many,
    put_in_force,
    settle,
    void_rebate,
)
from campaigns.rebates.services.claims import SUBJECT
from campaigns.rebates.terms import RebateMode, RecoveryState
from kam.approvals import services as approvals
from kam.approvals.selectors import request_for
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.core.transitions import TransitionRefusedError
from tests.factories.accounts import make_person
from tests.factories.budgets import line_of, make_budget
from tests.factories.campaigns import make_signed
from tests.factories.rebates import (
    PAPERS,
    WHY,
    make_checked,
    make_closed,
    make_payable,
    make_place,
    make_rebate,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(cast):
    return make_place(cast)


def test_paid_once_and_entered_in_the_register(place, cast):
    unit, campaign, person = place
    deal = make_closed(unit, campaign, cast, quantity=2)
    rebate = make_rebate(deal, cast)
    assert (rebate.amount, rebate.person, rebate.due_on) == (2_000, person, deal.signed_on + timedelta(7))
    assert Benefit.objects.get().state == "reserved"
    with pytest.raises(ConflictError):
        make_rebate(deal, cast)
    rebate = Rebate.objects.get()
    for who in (cast.director, cast.gm, cast.finance):
        request = request_for(SUBJECT, rebate)
        approvals.approve(request, by=who, version=request.version)
    rebate.refresh_from_db()
    with pytest.raises(BusinessError, match="documents are checked first"):
        pay(rebate, by=cast.finance, version=rebate.version)
    papers = Papers(**PAPERS, escort=cast.owner)
    rebate = check_papers(rebate, papers, by=cast.finance, version=rebate.version)
    kept = (rebate.identity_last, rebate.permit_last, len(rebate.identity_hash))
    assert kept == ("0418", "0712", 64)
    with pytest.raises(BusinessError, match="tax is less"):
        pay(rebate, by=cast.finance, version=rebate.version, tax=Decimal(2_000))
    payment = pay(rebate, by=cast.finance, version=rebate.version, tax=Decimal(400))
    assert (payment.gross_amount, payment.tax_amount, payment.net_amount) == (2_000, 400, 1_600)
    with pytest.raises(ConflictError, match="It is not paid twice"):
        pay(rebate, by=cast.finance, version=rebate.version)
    assert (RebatePayment.objects.count(), Benefit.objects.get().state) == (1, "given")


def test_t17_a_deal_of_a_replaced_key_person_is_refused_with_the_reason(place, cast):
    unit, campaign, _person = place
    deal = make_closed(unit, campaign, cast)
    rebate = make_checked(make_closed(unit, campaign, cast, "乙"), cast)
    KeyPersonPeriod.objects.update(ended_on=deal.first_paid_on)
    with pytest.raises(BusinessError, match="Personnel change not recognised"):
        make_rebate(deal, cast)
    with pytest.raises(BusinessError, match="Personnel change not recognised"):
        pay(rebate, by=cast.finance, version=rebate.version)
    assert (answer_for(deal).verdict.earned, RebatePayment.objects.count()) == (0, 0)


def test_t18_refused_the_day_before_a_week_has_passed(place, cast):
    unit, campaign, _person = place
    deal = make_closed(unit, campaign, cast, signed_on=business_date())
    rebate = make_payable(deal, cast)
    papers = Papers(**PAPERS, escort=cast.owner)
    for days, is_due in ((6, False), (7, True)):
        with time_machine.travel(timezone.now() + timedelta(days)):
            if not is_due:
                with pytest.raises(BusinessError, match="one week after signing"):
                    check_papers(rebate, papers, by=cast.finance, version=rebate.version)
                assert Rebate.objects.get().state == "approved"
                continue
            rebate = check_papers(rebate, papers, by=cast.finance, version=rebate.version)
            assert pay(rebate, by=cast.finance, version=rebate.version).gross_amount == 1_000


def test_t19_without_identity_permit_escort_or_finance_it_is_refused_naming_what_is_missing(place, cast):
    unit, campaign, _person = place
    rebate = make_payable(make_closed(unit, campaign, cast), cast)
    full = PAPERS | {"escort": cast.owner}
    for changed, by, words in (
        ({"identity": ""}, cast.finance, "the identity card"),
        ({"permit": "12"}, cast.finance, "the work permit"),
        ({"escort": None}, cast.finance, "the member of the department"),
        ({"escort": cast.finance}, cast.finance, "the member of the department"),
        ({}, cast.owner, "finance, who pays"),
    ):
        with pytest.raises(BusinessError, match=words):
            check_papers(rebate, Papers(**(full | changed)), by=by, version=rebate.version)
    rebate.refresh_from_db()
    assert (rebate.state, rebate.identity_last) == ("approved", "")


def test_t20_a_set_off_needs_an_own_purchase_and_lowers_what_is_owed(place, cast):
    unit, campaign, person = place
    deal = make_closed(unit, campaign, cast, quantity=9)
    with pytest.raises(BusinessError, match="no own purchase"):
        make_rebate(deal, cast, RebateMode.SET_OFF)
    stranger = make_signed(unit, campaign, "别人")
    with pytest.raises(BusinessError, match="It can be paid in cash"):
        make_rebate(deal, cast, RebateMode.SET_OFF, stranger)
    assert not Rebate.objects.exists()
    own = make_signed(unit, campaign, customer=person, special_amount=Decimal("424496.80"))
    rebate = make_checked(deal, cast, mode=RebateMode.SET_OFF, own=own)
    pay(rebate, by=cast.finance, version=rebate.version)
    assert (own.net_total(), own.net_total() - own.paid_total()) == (
        Decimal("424496.80"),
        Decimal("415496.80"),
    )
    assert Payment.objects.get(deal=own).is_set_off


def test_a_set_off_never_comes_to_more_than_is_owed(place, cast):
    unit, campaign, person = place
    own = make_signed(unit, campaign, customer=person, special_amount=Decimal(1_500))
    deals = [make_closed(unit, campaign, cast, name) for name in ("甲", "乙")]
    make_rebate(deals[0], cast, RebateMode.SET_OFF, own)
    with pytest.raises(BusinessError, match=r"500\.00 yuan are still owed"):
        make_rebate(deals[1], cast, RebateMode.SET_OFF, own)
    assert Rebate.objects.count() == 1


def test_an_official_gets_no_cash_and_others_need_reason_and_documents(cast):
    unit, campaign, _person = make_place(cast, official=Official.UNKNOWN)
    deal = make_closed(unit, campaign, cast)
    with pytest.raises(BusinessError, match="policy refuses"):
        make_rebate(deal, cast)
    unit.persons.update(official=Official.NO)
    with pytest.raises(BusinessError, match="compliance approval"):
        claim(deal, Wish(), by=cast.owner)
    assert (Rebate.objects.count(), Benefit.objects.count()) == (0, 0)
    assert make_rebate(deal, cast).reason == WHY.reason


def test_a_higher_tier_is_followed_by_a_supplement(cast):
    unit, campaign, _person = make_place(cast, Tier(1, Decimal(1_000)), Tier(2, Decimal(1_200), "茶具"))
    first = make_closed(unit, campaign, cast, "甲")
    base = make_checked(first, cast)
    pay(base, by=cast.finance, version=base.version)
    second = make_closed(unit, campaign, cast, "乙")
    more, whole = make_rebate(first, cast), make_rebate(second, cast)
    assert [(row.kind, row.amount) for row in (more, whole)] == [("supplement", 200), ("base", 1_200)]
    with pytest.raises(ConflictError, match="already"):
        make_rebate(first, cast)
    assert Rebate.objects.count() == 3


def test_a_cancelled_deal_voids_what_waits_and_opens_a_recovery_for_what_is_paid(place, cast):
    unit, campaign, _person = place
    deals = [make_closed(unit, campaign, cast, name) for name in ("甲", "乙", "丙")]
    paid, waiting, asked = (
        make_checked(deals[0], cast),
        make_payable(deals[1], cast),
        make_rebate(deals[2], cast),
    )
    pay(paid, by=cast.finance, version=paid.version)
    for deal in Deal.objects.all():
        cancel_deal(deal, reason="退房", by=cast.director, version=deal.version)
    states = [Rebate.objects.get(pk=row.pk).state for row in (paid, waiting, asked)]
    assert states == ["paid", "void", "void"]
    assert request_for(SUBJECT, asked).state == "withdrawn"
    assert sorted(row.state for row in Benefit.objects.all()) == ["freed", "freed", "given"]
    recovery = Recovery.objects.get()
    told = {"note": "已退回", "version": recovery.version}
    with pytest.raises(BusinessError, match="director lets it go"):
        settle(recovery, what=RecoveryState.WAIVED, by=cast.finance, **told)
    with pytest.raises(ConflictError):
        settle(recovery, what=RecoveryState.RECOVERED, by=cast.finance, **(told | {"version": 7}))
    assert Recovery.objects.get().state == "open"
    settle(recovery, what=RecoveryState.RECOVERED, by=cast.finance, **told)
    assert {row.state for row in Benefit.objects.all()} == {"freed"}
    with pytest.raises(TransitionRefusedError):
        settle(recovery, what=RecoveryState.WAIVED, by=cast.director, **(told | {"version": 2}))


def test_returned_is_changed_and_handed_in_again_and_refused_can_be_asked_anew(place, cast):
    unit, campaign, _person = place
    deal = make_closed(unit, campaign, cast)
    rebate = make_rebate(deal, cast)
    request = request_for(SUBJECT, rebate)
    approvals.return_for_changes(request, by=cast.director, version=request.version, reason="缺文件")
    assert (Rebate.objects.get().state, Benefit.objects.get().state) == ("returned", "freed")
    again = make_rebate(deal, cast)
    assert (again.pk, Benefit.objects.count()) == (rebate.pk, 2)
    request = request_for(SUBJECT, again)
    approvals.reject(request, by=cast.director, version=request.version, reason="不同意")
    assert Rebate.objects.get().state == "void"
    assert make_rebate(deal, cast).pk != rebate.pk


def test_the_director_takes_back_and_the_line_gets_its_money(place, cast):
    unit, campaign, _person = place
    budget = make_budget(cast.manager, (1, "返点", 1_500))
    line = line_of(budget, "返点")
    version = RebateVersion.objects.get()
    version.budget_line = line
    version.save()
    deals = [make_closed(unit, campaign, cast, name) for name in ("甲", "乙")]
    rebate = make_payable(deals[0], cast)
    with pytest.raises(BusinessError, match=r"has 500\.00 free"):
        make_rebate(deals[1], cast)
    assert (balance_on(line).reserved, Rebate.objects.count()) == (1_000, 1)
    with pytest.raises(ConflictError):
        void_rebate(rebate, reason="x", by=cast.director, version=1)
    void_rebate(rebate, reason="重复", by=cast.director, version=rebate.version)
    assert (balance_on(line).free, Benefit.objects.get().state) == (1_500, "freed")
    rebate = make_checked(deals[1], cast)
    pay(rebate, by=cast.finance, version=rebate.version)
    assert (balance_on(line).spent, balance_on(line).free) == (1_000, 500)


def test_a_bulk_payment_pays_what_it_can_and_says_why_not(place, cast):
    unit, campaign, _person = place
    good = make_checked(make_closed(unit, campaign, cast, "甲"), cast)
    unchecked = make_payable(make_closed(unit, campaign, cast, "乙"), cast)
    told = pay_many([good, unchecked], by=cast.finance)
    assert [row.error for row in told] == ["", "The documents are checked first."]
    assert RebatePayment.objects.get().rebate == good


def test_versions_follow_one_another_and_a_deal_keeps_its_own(place, cast):
    unit, campaign, _person = place
    deal = make_closed(unit, campaign, cast)
    with pytest.raises(BusinessError, match="begins on"):
        put_in_force(campaign, [Tier(1, Decimal(5))], business_date() - timedelta(91), by=cast.director)
    put_in_force(campaign, [Tier(1, Decimal(2_000))], business_date(), by=cast.director)
    assert answer_for(deal).verdict.earned == 1_000
    later = make_closed(unit, campaign, cast, "乙", signed_on=business_date())
    assert answer_for(later).verdict.earned == 2_000
    assert RebateVersion.objects.order_by("number").first().last_day == business_date() - timedelta(1)


def test_another_unit_and_another_person_earn_nothing_and_statements_stay_constant(
    place, cast, django_assert_num_queries
):
    unit, campaign, person = place
    make_closed(unit, campaign, cast, "甲")
    own = make_closed(unit, campaign, cast, customer=person)
    stranger = make_closed(unit, campaign, cast, "乙")
    stranger.customer.unit = make_person(unit, "x").unit
    rows = list(Deal.objects.select_related("unit", "campaign", "customer"))
    with django_assert_num_queries(10):
        many = answers_for(rows)
    with django_assert_num_queries(10):
        answers_for(rows[:1])
    assert answer_for(own).verdict.earned == 0
    assert sum(row.verdict.earned for row in many) == 2_000
