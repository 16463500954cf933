"""The money of a rebate is held from the closing of its deal on; what came back after a cancellation is reversed in the ledger."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils.translation import override

from accounts.persons.models import KeyPersonPeriod
from accounts.persons.ties import end_key_person, replace_key_person
from campaigns.budgets.models import Movement
from campaigns.budgets.selectors import balance_on, verify_ledger
from campaigns.budgets.services import reverse
from campaigns.deals.models import Deal, Payment
from campaigns.deals.services import cancel_deal
from campaigns.integrity.models import Benefit
from campaigns.rebates.models import Rebate, RebateHold, RebateVersion, Recovery
from campaigns.rebates.rules import Tier
from campaigns.rebates.services import pay, settle
from campaigns.rebates.services.claims import SUBJECT
from campaigns.rebates.terms import RecoveryState
from kam.approvals import services as approvals
from kam.approvals.selectors import request_for
from kam.audit.models import AuditEntry
from kam.core.clock import business_date
from tests.factories.budgets import line_of, make_budget
from tests.factories.rebates import make_checked, make_closed, make_place, make_rebate

pytestmark = pytest.mark.django_db


def with_line(cast, amount, *tiers):
    unit, campaign, _person = make_place(cast, *tiers)
    line = line_of(make_budget(cast.manager, (1, "返点", amount)), "返点")
    RebateVersion.objects.update(budget_line=line)
    return unit, campaign, line


def held():
    return [hold.amount for hold in RebateHold.objects.open()]


def test_held_at_closing_and_taken_by_the_request(cast):
    unit, campaign, line = with_line(cast, 5_000)
    deal = make_closed(unit, campaign, cast, quantity=2)
    assert (held(), balance_on(line).reserved) == ([2_000], 2_000)
    rebate = make_rebate(deal, cast)
    assert (held(), balance_on(line).reserved, Movement.objects.filter(kind="reserve").count()) == (
        [],
        2_000,
        1,
    )
    assert rebate.reservation.source_label == deal.number
    with pytest.raises(IntegrityError), transaction.atomic():
        RebateHold.objects.create(deal=deal, reservation=rebate.reservation, amount=1)


@pytest.mark.parametrize(("end", "kept"), [("return", [1_000]), ("withdraw", [1_000]), ("reject", [])])
def test_what_is_returned_or_withdrawn_stays_held_and_what_is_rejected_does_not(cast, end, kept):
    unit, campaign, line = with_line(cast, 5_000)
    rebate = make_rebate(make_closed(unit, campaign, cast), cast)
    request = request_for(SUBJECT, rebate)
    if end == "return":
        approvals.return_for_changes(request, by=cast.director, version=request.version, reason="缺文件")
    elif end == "withdraw":
        approvals.withdraw(request, by=cast.owner, version=request.version)
    else:
        approvals.reject(request, by=cast.director, version=request.version, reason="不同意")
    assert (held(), balance_on(line).reserved) == (kept, sum(kept))
    assert make_rebate(rebate.deal, cast).reservation is not None
    assert (held(), balance_on(line).reserved, verify_ledger().ok) == ([], 1_000, True)


def test_a_higher_tier_holds_more_for_earlier_deals_and_a_cancellation_gives_it_back(cast):
    unit, campaign, line = with_line(cast, 5_000, Tier(1, Decimal(1_000)), Tier(2, Decimal(1_200)))
    make_closed(unit, campaign, cast, "甲")
    second = make_closed(unit, campaign, cast, "乙")
    assert (held(), balance_on(line).reserved) == ([1_200, 1_200], 2_400)
    cancel_deal(second, reason="退房", by=cast.director, version=second.version)
    assert (held(), balance_on(line).reserved, verify_ledger().ok) == ([1_000], 1_000, True)


def test_a_line_with_too_little_takes_no_payment_away_from_the_customer(cast, client_of):
    unit, campaign, line = with_line(cast, 1_500)
    deals = [make_closed(unit, campaign, cast, name) for name in ("甲", "乙")]
    assert (Payment.objects.count(), held(), balance_on(line).free) == (2, [1_000], 500)
    assert AuditEntry.objects.filter(act="campaigns.rebate.not_held").count() == 1
    pages = [client_of(cast.owner).get(f"/deals/{deal.pk}/rebate/").content.decode() for deal in deals]
    assert "1,000.00 yuan are held in the budget" in pages[0]
    assert "Apply for a supplement" in pages[1]


def test_what_came_back_is_reversed_in_the_ledger(cast):
    unit, campaign, line = with_line(cast, 5_000)
    deals = [make_closed(unit, campaign, cast, name) for name in ("甲", "乙")]
    for deal in deals:
        rebate = make_checked(deal, cast)
        pay(rebate, by=cast.finance, version=rebate.version)
    assert balance_on(line).spent == 2_000
    for deal in Deal.objects.all():
        cancel_deal(deal, reason="退房", by=cast.director, version=deal.version)
    first, second = Recovery.objects.all()
    by_hand = Movement.objects.get(kind="spend", reservation=second.rebate.reservation)
    reverse(by_hand, by=cast.finance, text="多付")
    for recovery, what, who in (
        (first, RecoveryState.RECOVERED, cast.finance),
        (second, RecoveryState.RECOVERED, cast.finance),
    ):
        settle(recovery, what=what, note="已退回", by=who, version=recovery.version)
    found = balance_on(line)
    assert (found.spent, found.reserved, found.free, verify_ledger().ok) == (0, 0, 5_000, True)


def test_what_is_let_go_stays_spent(cast):
    unit, campaign, line = with_line(cast, 5_000)
    rebate = make_checked(make_closed(unit, campaign, cast), cast)
    pay(rebate, by=cast.finance, version=rebate.version)
    deal = Deal.objects.get()
    cancel_deal(deal, reason="退房", by=cast.director, version=deal.version)
    recovery = Recovery.objects.get()
    settle(recovery, what=RecoveryState.WAIVED, note="算了", by=cast.director, version=recovery.version)
    assert balance_on(line).spent == 1_000


def test_the_register_speaks_the_readers_language(cast, client_of):
    unit, campaign, _line = with_line(cast, 5_000)
    with override("zh-hans"):
        rebate = make_rebate(make_closed(unit, campaign, cast), cast)
        request = request_for(SUBJECT, rebate)
        approvals.reject(request, by=cast.director, version=request.version, reason="不同意")
    benefit = Benefit.objects.get()
    assert benefit.words == f"Rebate {rebate.number}"
    assert benefit.moves.get().why == "Rejected or withdrawn"
    assert Rebate.objects.get().void_words == "Rejected or withdrawn"
    page = client_of(cast.owner).get(f"/integrity/{benefit.pk}/").content.decode()
    assert f"Rebate {rebate.number}" in page
    assert "Rejected or withdrawn" in page


def test_a_key_person_who_goes_takes_the_held_money_along_and_one_who_is_back_holds_it_again(cast):
    unit, campaign, line = with_line(cast, 5_000)
    make_closed(unit, campaign, cast, quantity=2)
    period = KeyPersonPeriod.objects.get(unit=unit)
    assert (held(), balance_on(line).reserved) == ([2_000], 2_000)
    end_key_person(period, by=cast.director, on=period.started_on, reason="错认")
    assert (held(), balance_on(line).reserved, verify_ledger().ok) == ([], 0, True)
    with time_machine.travel(period.designated_at):
        replace_key_person(period.person, on=period.started_on, by=cast.director, reason="复核")
    assert (held(), balance_on(line).reserved, verify_ledger().ok) == ([2_000], 2_000, True)


def test_a_successor_after_the_first_payment_changes_nothing(cast):
    unit, campaign, _line = with_line(cast, 5_000)
    make_closed(unit, campaign, cast, quantity=2)
    before = Movement.objects.count()
    period = KeyPersonPeriod.objects.get(unit=unit)
    end_key_person(period, by=cast.director, on=business_date() + timedelta(days=1), reason="调岗")
    assert (held(), Movement.objects.count()) == ([2_000], before)
