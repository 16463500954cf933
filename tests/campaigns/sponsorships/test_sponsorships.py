"""A sponsorship from the request to the report that closes it: what persons receive in the register, money on the line (S-053, S-251, S-253)."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pypdf
import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.persons.terms import Official
from campaigns.budgets.selectors import balance_on, verify_ledger
from campaigns.integrity.models import Benefit
from campaigns.integrity.selectors import received_by
from campaigns.integrity.services import Excuse
from campaigns.integrity.terms import BenefitKind
from campaigns.sponsorships import services
from campaigns.sponsorships.models import Sponsorship
from campaigns.sponsorships.selectors import cost_by_unit, year_of
from campaigns.sponsorships.terms import SponsorshipKind
from kam.approvals import services as approvals
from kam.approvals.routes import load_default_routes
from kam.approvals.selectors import request_for, snapshot_of
from kam.core.clock import business_date
from kam.core.errors import BusinessError
from tests.factories.accounts import make_unit
from tests.factories.budgets import line_of, make_budget
from tests.factories.gifts import decide_all
from tests.factories.integrity import make_receiver
from tests.factories.outlets import make_outlet
from tests.factories.sponsorships import (
    asked_for,
    make_approved_sponsorship,
    make_sponsorship,
    report_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(cast):
    load_default_routes()
    unit = make_unit("泉州厂", owner=cast.owner, channel="factory")
    return [make_receiver(unit), make_receiver(unit, name="钱多")]


@pytest.fixture
def line(cast):
    load_default_routes()
    return line_of(make_budget(cast.manager))


def received(people):
    return [received_by(person, business_date()).total for person in people]


def refusal(code, act, *args, **kwargs):
    before = [list(model.objects.order_by("pk").values_list()) for model in (Sponsorship, Benefit)]
    with pytest.raises(BusinessError) as caught, transaction.atomic():
        act(*args, **kwargs)
    now = [list(model.objects.order_by("pk").values_list()) for model in (Sponsorship, Benefit)]
    assert (caught.value.code, now) == (code, before)


def test_reserved_settled_by_who_received_and_paid_by_the_report(cast, people, line):
    row = make_sponsorship(line, cast.owner, people)
    assert (received(people), balance_on(line).reserved) == ([40, 40], 0)
    card = snapshot_of(request_for(services.SUBJECT, row))
    assert (Decimal(str(card["budget"]["after"])), card["why"]) == (4600, "让职工认识产品")
    assert ["Products given", "玉米汁 200 瓶"] in card["facts"]
    decide_all(services.SUBJECT, row)
    assert balance_on(line).reserved == 400
    services.report_sponsorship(row, report_of(people[:1]), by=cast.owner)
    row.refresh_from_db()
    assert (received(people), balance_on(line).reserved, balance_on(line).spent) == ([40, 0], 0, 380)
    assert (row.state, [one.received for one in row.recipients.all()]) == ("reported", [True, False])
    assert verify_ledger().ok
    today = business_date()
    assert cost_by_unit([row.unit_id], today, today) == {row.unit_id: 380}
    assert (year_of(cast.owner, today).held, year_of(cast.owner, today).asked) == (1, 80)
    refusal("transition_refused", services.report_sponsorship, row, report_of(people), by=cast.owner)


def test_what_cannot_be_asked_or_reported_is_refused(cast, people, line):
    ask, today = services.ask_sponsorship, business_date()
    plain, sellers = asked_for(line), SponsorshipKind.SELLERS
    refusal("order", ask, replace(plain, until=today - timedelta(1)), by=cast.owner)
    refusal("nobody", ask, replace(plain, kind=sellers), by=cast.owner)
    refusal("without", ask, replace(plain, each=Decimal(5)), by=cast.owner)
    refusal("nothing", ask, asked_for(line, people, benefit_kind=None), by=cast.owner)
    refusal("above", ask, asked_for(line, people, each=Decimal(201)), by=cast.owner)
    refusal("unit", ask, asked_for(line, people, unit=None), by=cast.owner)
    stranger = make_outlet(make_unit("别家", owner=cast.owner), cast.owner)
    refusal("outlet", ask, asked_for(line, people, outlet=stranger), by=cast.owner)
    refusal("not_enough", ask, asked_for(line, estimate=Decimal(5_001)), by=cast.owner)
    later = today + timedelta(3)
    row = make_approved_sponsorship(line, cast.owner, people, on=later, until=later)
    refusal("future", services.report_sponsorship, row, report_of(people), by=cast.owner)
    row = make_approved_sponsorship(line, cast.owner, people)
    refusal("above", services.report_sponsorship, row, report_of(people, 79), by=cast.owner)
    prize = make_approved_sponsorship(line, cast.owner, people, kind=sellers)
    refusal("nobody", services.report_sponsorship, prize, report_of(), by=cast.owner)


def test_cash_for_sellers_needs_documents_and_the_general_manager(cast, people, line):
    prize = {"kind": SponsorshipKind.SELLERS, "benefit_kind": BenefitKind.CASH}
    refusal("compliance", make_sponsorship, line, cast.owner, people, **prize)
    refusal("documents", make_sponsorship, line, cast.owner, people, excuse=Excuse("销售奖励"), **prize)
    told = Excuse("销售奖励", "协议 7 号", "告知函 3 号")
    row = make_sponsorship(line, cast.owner, people, excuse=told, **prize)
    stages = request_for(services.SUBJECT, row).rounds.get().stages.all()
    assert [stage.positions[0] for stage in stages] == ["manager", "director", "general_manager", "finance"]
    official = make_receiver(people[0].unit, Official.YES, "孙处")
    refusal("refused", make_sponsorship, line, cast.owner, [official], excuse=told, **prize)


@pytest.mark.parametrize("end", ["return", "reject", "withdraw", "cancel"])
def test_what_does_not_take_place_counts_nowhere(cast, people, line, end):
    row = make_sponsorship(line, cast.owner, people)
    request = request_for(services.SUBJECT, row)
    if end == "return":
        approvals.return_for_changes(request, by=cast.manager, version=request.version, reason="太贵")
    elif end == "reject":
        approvals.reject(request, by=cast.manager, version=request.version, reason="不合适")
    elif end == "withdraw":
        approvals.withdraw(request, by=cast.owner, version=request.version)
    else:
        services.cancel_sponsorship(decide_all(services.SUBJECT, row), reason="改期", by=cast.owner)
    assert (received(people), balance_on(line).reserved) == ([0, 0], 0)
    if end == "return":
        row.refresh_from_db()
        asked = asked_for(line, people[1:], estimate=Decimal(200))
        refusal("stale", services.ask_again, row, asked, by=cast.owner, version=0)
        services.ask_again(row, asked, by=cast.owner, version=row.version)
        assert received(people) == [0, 40]


def test_the_database_holds_what_must_hold_for_ever(cast, line):
    row = make_sponsorship(line, cast.owner)
    for name, told in (
        ("sponsorship_approved_holds_its_money", {"state": "approved"}),
        ("sponsorship_closes_with_its_report", {"state": "reported"}),
        ("sponsorship_each_within_the_whole", {"each_amount": 500, "benefit_kind": "gift"}),
        ("sponsorship_of_outlet_has_unit", {"kind": "sellers"}),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            Sponsorship.objects.filter(pk=row.pk).update(**told)


def test_asked_reported_and_printed_in_the_browser(cast, client_of, people, line):
    owner, unit, today = client_of(cast.owner), people[0].unit, business_date().isoformat()
    outlet = make_outlet(unit, cast.owner)
    told = {"kind": "sellers", "title": "十一月店员奖励𠮷", "on": today, "until": today, "line": line.pk}
    told |= {"purpose": "多卖玉米汁", "estimate_amount": "60", "outlet": outlet.pk, "each_amount": "30"}
    address = f"/accounts/{unit.pk}/sponsorships/new/"
    assert "芦淞店" in owner.get(f"{address}?outlet={outlet.pk}&kind=sellers").content.decode()
    refused = owner.post(address, told)
    assert (refused.status_code, "Name the sellers" in refused.content.decode()) == (422, True)
    told |= {"people": [person.pk for person in people], "benefit_kind": "promotional"}
    assert (owner.post(address, told).status_code, Sponsorship.objects.count()) == (302, 1)
    row = Sponsorship.objects.get()
    for page in (
        f"/accounts/{unit.pk}/tabs/sponsorships/",
        f"/outlets/{outlet.pk}/",
        "/sponsorships/?q=店员",
    ):
        assert "十一月店员奖励𠮷" in owner.get(page).content.decode()
    request = request_for(services.SUBJECT, row)
    approvals.return_for_changes(request, by=cast.manager, version=request.version, reason="太少")
    row.refresh_from_db()
    assert "十一月店员奖励𠮷" in owner.get(f"/sponsorships/{row.pk}/edit/").content.decode()
    again = told | {"estimate_amount": "80", "version": row.version}
    assert owner.post(f"/sponsorships/{row.pk}/edit/", again).status_code == 302
    row.refresh_from_db()
    decide_all(services.SUBJECT, row)
    report = {"received": [people[0].pk], "amount": "70", "document": "FP-9", "result": "销量升两成"}
    assert owner.post(f"/sponsorships/{row.pk}/report/", report).status_code == 302
    page = owner.get(f"/sponsorships/{row.pk}/").content.decode()
    assert all(word in page for word in ("70.00", "FP-9", "received nothing", "销量升两成"))
    data = owner.get(f"/sponsorships/{row.pk}/request.pdf?language=zh-hans").content
    text = "".join(part.extract_text() for part in pypdf.PdfReader(BytesIO(data)).pages)
    assert all(word in text for word in ("十一月店员奖励𠮷", "赵敏", "80.00", "销量升两成"))


def test_an_event_of_no_unit(cast, client_of, line):
    owner, today = client_of(cast.owner), business_date().isoformat()
    told = {"kind": "sports", "title": "环湖跑", "on": today, "until": today, "line": line.pk}
    told |= {"purpose": "让职工认识产品", "estimate_amount": "100"}
    assert owner.post("/sponsorships/new/", told | {"kind": "sellers"}).status_code == 422
    assert owner.post("/sponsorships/new/", told).status_code == 302
    row = Sponsorship.objects.get()
    seen = [
        client_of(person).get(f"/sponsorships/{row.pk}/").status_code
        for person in (cast.lead, cast.other_team)
    ]
    assert (row.unit, seen) == (None, [200, 404])
    assert "0 of 80 sports events this year" in owner.get("/sponsorships/").content.decode()


def test_the_list_asks_the_same_number_of_statements(cast, client_of, people, line):
    client = client_of(cast.owner)

    def count():
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/sponsorships/").status_code == 200
        return len(seen)

    make_sponsorship(line, cast.owner, people[:1], estimate=Decimal(100))
    count()
    one = count()
    for _n in range(3):
        make_sponsorship(line, cast.owner, estimate=Decimal(100))
    assert count() == one
