"""A bill above what was approved: never silently, in every room by the one rule of `services.spend` (ADR 0019)."""

from decimal import Decimal
from io import BytesIO

import pypdf
import pytest
from django.db import IntegrityError, transaction

from campaigns.briefings import services as briefings
from campaigns.budgets import services
from campaigns.budgets.models import BudgetChange, Movement
from campaigns.budgets.selectors import balance_on, verify_ledger
from campaigns.purchases import services as purchases
from campaigns.receptions import services as receptions
from campaigns.sponsorships import services as sponsorships
from kam.approvals import services as approvals
from kam.approvals.models import Request
from kam.approvals.routes import load_default_routes
from kam.approvals.selectors import request_for, snapshot_of
from kam.core.errors import BusinessError, ConflictError
from tests.factories.accounts import make_unit
from tests.factories.budgets import PAPER, line_of, make_budget, make_reservation
from tests.factories.gifts import decide_all
from tests.factories.integrity import make_receiver
from tests.factories.purchases import make_received
from tests.factories.receptions import make_approved_reception
from tests.factories.receptions import report_of as reception_report
from tests.factories.sponsorships import make_approved_sponsorship
from tests.factories.sponsorships import report_of as sponsorship_report

pytestmark = pytest.mark.django_db


@pytest.fixture
def budget(cast):
    load_default_routes()
    return make_budget(cast.manager)


def refused(code, act, *args, **kwargs):
    before = (Movement.objects.count(), BudgetChange.objects.count(), Request.objects.count())
    with pytest.raises(BusinessError) as caught, transaction.atomic():
        act(*args, **kwargs)
    now = (Movement.objects.count(), BudgetChange.objects.count(), Request.objects.count())
    assert (caught.value.code, now) == (code, before)
    return caught.value


def spend(held, amount, by, why=""):
    return services.spend(held, Decimal(amount), source=PAPER, by=by, why=why)


def route_of(change):
    stages = request_for(services.OVERRUN, change).rounds.last().stages.order_by("pk")
    return [stage.positions[0] for stage in stages]


def test_what_was_approved_is_paid_in_silence_and_a_yuan_more_with_a_report(cast, budget):
    held = make_reservation(budget, cast.finance, 100)
    error = refused("over_approved", spend, held, "100.01", cast.finance, " ")
    assert (error.field, "100.00 yuan were approved, this is 0.01 more." in str(error)) == (
        "over_reason",
        True,
    )
    refused("over_approved", services.spend, held, Decimal(101), source=PAPER, by=None, why="涨价")
    refused("not_enough", spend, held, 5_001, cast.finance, "涨价")
    spend(held, "100.01", cast.finance, "涨价")
    change = BudgetChange.objects.get()
    assert (change.kind, change.amount, change.payment.spent) == (
        "overrun",
        Decimal("0.01"),
        Decimal("100.01"),
    )
    assert (change.state, change.asked_by, route_of(change)) == ("pending", cast.finance, ["director"])
    spend(make_reservation(budget, cast.finance, 100), 100, cast.finance)
    assert (BudgetChange.objects.count(), verify_ledger().ok) == (1, True)
    with pytest.raises(IntegrityError, match="overrun_names_its_payment"), transaction.atomic():
        BudgetChange.objects.update(payment=None)


def test_a_payment_taken_back_is_paid_again_up_to_what_was_approved(cast, budget):
    held = make_reservation(budget, cast.finance, 100)
    paid = Movement.objects.get(pk=spend(held, 60, cast.finance).entry_id)
    services.reverse(paid, by=cast.finance, text="发票有误")
    assert spend(held, 100, cast.finance).free == 4_900
    assert BudgetChange.objects.count() == 0


@pytest.mark.parametrize("end", ["approve", "reject", "return"])
def test_what_is_decided_afterwards_moves_no_money(cast, budget, end):
    held = make_reservation(budget, cast.finance, 100)
    spend(held, 1_200, cast.owner, "人数增加")
    change = BudgetChange.objects.get()
    request = request_for(services.OVERRUN, change)
    card = snapshot_of(request)
    assert (card["why"], Decimal(str(card["amount"]))) == ("人数增加", 1_100)
    assert ["Approved sum", "100.00"] in card["facts"]
    assert route_of(change) == ["manager", "director"]
    if end == "approve":
        decide_all(services.OVERRUN, change)
    else:
        act = approvals.reject if end == "reject" else approvals.return_for_changes
        act(request, by=cast.manager, version=request.version, reason="未说明")
    change.refresh_from_db()
    ends = {"approve": "approved", "reject": "rejected", "return": "returned"}
    assert (change.state, balance_on(held.line).spent, balance_on(held.line).free) == (
        ends[end],
        1_200,
        3_800,
    )
    if end == "return":
        with pytest.raises(ConflictError):
            services.explain_overrun(change, "另加一桌", by=cast.owner, version=0)
        again = services.explain_overrun(change, "另加一桌", by=cast.owner, version=change.version)
        assert (again.state, again.reason, Request.objects.count()) == ("pending", "另加一桌", 1)


def test_every_room_that_pays_obeys(cast, budget):
    unit, line = make_unit("泉州商会", owner=cast.owner), line_of(budget)
    people = [make_receiver(unit), make_receiver(unit, name="钱多")]
    dinner = make_approved_reception(people, line, cast.owner)
    event = make_approved_sponsorship(line, cast.owner)
    goods = make_received(cast.owner, line, cast.clerk)
    over = dinner.estimate_amount + 1, event.estimate_amount + 1, goods.amount + 1
    told = {"over_reason": "涨价"}
    asks = (
        lambda **why: receptions.report_reception(
            dinner, reception_report(people, over[0], **why), by=cast.owner
        ),
        lambda **why: sponsorships.report_sponsorship(
            event, sponsorship_report(amount=over[1], **why), by=cast.owner
        ),
        lambda **why: purchases.pay_purchase(goods, over[2], document="ZF-1", by=cast.finance, **why),
    )
    for ask in asks:
        refused("over_approved", ask)
        ask(**told)
    rows = BudgetChange.objects.order_by("pk").values_list("kind", "amount", "reason", "asked_by")
    by = (cast.owner.pk, cast.owner.pk, cast.finance.pk)
    assert list(rows) == [("overrun", 1, "涨价", pk) for pk in by]
    assert briefings.Counted({}, Decimal(1), "", "").over_reason == ""


def test_said_better_shown_and_printed_in_the_browser(cast, client_of, budget):
    held, finance = make_reservation(budget, cast.finance, 300), client_of(cast.finance)
    pay = f"/budgets/entries/{held.pk}/pay/"
    told = {"amount": "350", "document": "FP-8"}
    answer = finance.post(pay, told)
    assert (answer.status_code, "300.00 yuan were approved" in answer.content.decode()) == (422, True)
    assert finance.post(pay, told | {"over_reason": "涨价𠮷"}).status_code == 302
    change = BudgetChange.objects.get()
    request = request_for(services.OVERRUN, change)
    approvals.return_for_changes(request, by=cast.director, version=request.version, reason="未说明")
    change.refresh_from_db()
    address = f"/budgets/reports/{change.pk}/"
    assert "涨价𠮷" in finance.get(f"{address}edit/").content.decode()
    again = {"reason": "加座两位", "version": change.version}
    assert finance.post(f"{address}edit/", {"reason": "", "version": change.version}).status_code == 422
    assert finance.post(f"{address}edit/", again).status_code == 302
    page = finance.get(address).content.decode()
    assert [word for word in ("FP-8", "300.00", "350.00", "50.00", "加座两位") if word not in page] == []
    assert "Bill above what was approved" in finance.get(f"/budgets/{budget.pk}/").content.decode()
    data = finance.get(f"{address}report.pdf?language=zh-hans").content
    text = "".join(part.extract_text() for part in pypdf.PdfReader(BytesIO(data)).pages)
    assert [word for word in ("FP-8", "350.00", "加座两位") if word not in text] == []
