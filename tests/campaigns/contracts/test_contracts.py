"""The contract of a deal from the first round to the archive (F16: S-022, S-081, S-267)."""

from datetime import timedelta
from decimal import Decimal

import psycopg2
import pytest
from django.db import transaction

from campaigns.contracts.models import ArchivedContract, Instalment, Milestone, NegotiationRound
from campaigns.contracts.selectors import contract_of, due_milestones
from campaigns.contracts.services import (
    Part,
    Talk,
    archive_contract,
    check_contract,
    plan_milestones,
    plan_payments,
    reach_milestone,
    record_round,
)
from campaigns.contracts.terms import Concession, MilestoneKind, TermItem
from campaigns.deals.services import cancel_deal, receive_payment
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from tests.factories.accounts import make_unit
from tests.factories.campaigns import make_campaign, make_deal, make_rules, make_signed
from tests.factories.files import upload


@pytest.fixture
def place(cast):
    campaign = make_campaign(window_from=None, window_to=None)
    make_rules(campaign, sets=99)
    return make_unit("泉州商会", owner=cast.owner, channel="chamber"), campaign


def counts():
    tables = (NegotiationRound, Milestone, Instalment, ArchivedContract)
    return [list(table.objects.order_by("pk").values_list()) for table in tables]


def refusal(code, act, *args, error=BusinessError, **kwargs):
    before = counts()
    with pytest.raises(error) as caught, transaction.atomic():
        act(*args, **kwargs)
    assert (caught.value.code, counts()) == (code, before)


@pytest.mark.django_db
def test_negotiated_round_by_round(cast, place):
    deal, today = make_deal(*place), business_date()
    record_round(deal, Talk(TermItem.UNIT_PRICE, today, "3,400 元", "3,300 元"), by=cast.owner)
    last = Talk(TermItem.UNIT_PRICE, today, "3,380 元", "3,380 元", Concession.BOTH, is_settled=True)
    record_round(deal, last, by=cast.owner)
    told = contract_of(deal)
    assert (told.left, len(told.rounds), told.items[0].last.ours) == (5, 2, "3,380 元")
    late = Talk(TermItem.ARRIVAL, today + timedelta(1), "x")
    refusal("future", record_round, deal, late, by=cast.owner)
    refusal("not_signed", plan_milestones, deal, {}, by=cast.owner)
    cancel_deal(deal, reason="不买", by=cast.owner, version=deal.version)
    refusal("cancelled", record_round, deal, last, by=cast.owner)


@pytest.mark.django_db
def test_planned_paid_and_settled(cast, place):
    today = business_date()
    deal = make_signed(*place, signed_on=today - timedelta(20))
    net = deal.net_total()
    parts = [Part(today - timedelta(10), Decimal(100_000), "首付"), Part(today, net - 100_000)]
    refusal("sum", plan_payments, deal, parts[:1], by=cast.owner)
    for _twice in range(2):
        plan_payments(deal, parts, by=cast.owner)
    receive_payment(deal, amount=Decimal(50_000), received_on=today, reference="R-1", by=cast.finance)
    deal.refresh_from_db()
    told = contract_of(deal)
    assert [share.state for _text, share in told.shares] == ["overdue", "open"]
    assert (told.rate, told.is_settled) == (Decimal("11.54"), False)
    receive_payment(deal, amount=net - 50_000, received_on=today, reference="R-2", by=cast.finance)
    told = contract_of(deal)
    assert (told.rate, told.is_settled, told.steps[-1][1].done_on) == (Decimal(100), True, today)


@pytest.mark.django_db
def test_milestones_come_to_today_until_they_are_reached(cast, place):
    today = business_date()
    deal = make_signed(*place, signed_on=today - timedelta(20))
    days = {MilestoneKind.DELIVERY: today - timedelta(1), MilestoneKind.ACCEPTANCE: today + timedelta(4)}
    plan_milestones(deal, days, by=cast.owner)
    (due,) = due_milestones([cast.owner], today)[cast.owner.pk]
    assert (due.milestone.kind, due.is_late) == ("delivery", True)
    told = {"on": today, "note": "", "by": cast.owner}
    refusal("read", reach_milestone, deal, MilestoneKind.SIGNED, **told)
    reach_milestone(deal, MilestoneKind.DELIVERY, **told)
    refusal("reached", reach_milestone, deal, MilestoneKind.DELIVERY, error=ConflictError, **told)
    assert due_milestones([cast.owner], today) == {}
    plan_milestones(deal, days | {MilestoneKind.ACCEPTANCE: None}, by=cast.owner)
    assert Milestone.objects.get(kind="acceptance").planned_on is None


@pytest.mark.django_db
def test_archived_once_and_checked_by_another(cast, place):
    deal, today = make_signed(*place), business_date()
    told = {"on": today, "by": cast.clerk}
    refusal("not_signed", archive_contract, make_deal(*place, "乙"), "A-1", upload("a.pdf"), **told)
    refusal("future", archive_contract, deal, "A-1", upload("a.pdf"), on=today + timedelta(1), by=cast.clerk)
    row = archive_contract(deal, "A-1", upload("a.pdf"), **told)
    refusal("archived", archive_contract, deal, "A-2", upload("a.pdf"), error=ConflictError, **told)
    other = make_signed(*place, "丙")
    refusal("file_no", archive_contract, other, "A-1", upload("a.pdf"), **told)
    refusal("own", check_contract, row, by=cast.clerk)
    check_contract(row, by=cast.manager)
    refusal("checked", check_contract, row, by=cast.director, error=ConflictError)


@pytest.mark.django_db
def test_pages(cast, place, client_of):
    today = business_date()
    deal = make_signed(*place, signed_on=today - timedelta(20))
    client, page = client_of(cast.owner), f"/deals/{deal.pk}/contract/"
    day = today.isoformat()
    assert page in client.get(f"/deals/{deal.pk}/").content.decode()
    talk = {"item": "unit_price", "on": day, "ours": "三千四", "concession": "them", "is_settled": "on"}
    plan = {"due_on_1": day, "amount_1": str(deal.net_total())}
    for path, body, wrong in (
        ("round/", talk, {"ours": ""}),
        ("milestones/", {"delivery": (today - timedelta(2)).isoformat()}, {"delivery": "x"}),
        ("plan/", plan, {"amount_1": ""}),
        ("plan/", plan, {"amount_1": "1"}),
        ("reached/", {"kind": "acceptance", "on": day}, {"kind": "signed"}),
    ):
        assert client.get(page + path).status_code == 200
        deal.refresh_from_db()
        body |= {"version": deal.version}
        assert client.post(page + path, body | wrong).status_code == 422
        assert client.post(page + path, body).status_code == 302
    before = counts()
    for path, body in (("milestones/", {"delivery": day}), ("plan/", plan)):
        assert client.post(page + path, body | {"version": "1"}).status_code == 409
    assert counts() == before
    assert page in client.get("/").content.decode()
    clerk = client_of(cast.clerk)
    body = {"file_no": "A-1", "on": day, "upload": upload("合同.pdf")}
    assert clerk.post(page + "archive/", body).status_code == 302
    assert clerk.post(page + "check/").status_code == 403
    assert client_of(cast.manager).post(page + "check/").status_code == 302
    html = client.get(page).content.decode()
    assert all(word in html for word in ("三千四", "合同.pdf", "A-1", "They gave way", cast.manager.name))
    file = ArchivedContract.objects.get().file.get_absolute_url()
    answered = client.get(file)
    b"".join(answered.streaming_content)  # reading to the end closes the file
    assert answered.status_code == 200
    for address in (page, file):
        assert client_of(cast.other_team).get(address).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_nobody_rewrites_a_round(cast, place, as_application):
    row = record_round(make_deal(*place), Talk(TermItem.ARRIVAL, business_date(), "六月"), by=cast.owner)
    for sql in ("update campaigns_negotiationround set ours = 'x'", "delete from campaigns_negotiationround"):
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            as_application(sql)
    row.refresh_from_db()
    assert row.ours == "六月"
