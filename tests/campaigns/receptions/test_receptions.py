"""A reception from the request to the report that closes it: shares in the register, money on the line."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pypdf
import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.persons.terms import Official
from campaigns.budgets.selectors import balance_on, verify_ledger
from campaigns.integrity.models import Benefit
from campaigns.integrity.selectors import received_by
from campaigns.receptions import services
from campaigns.receptions.models import Reception
from kam.approvals import services as approvals
from kam.approvals.routes import load_default_routes
from kam.approvals.selectors import request_for, snapshot_of
from kam.core.clock import business_date
from kam.core.errors import BusinessError
from tests.factories.accounts import make_unit
from tests.factories.budgets import line_of, make_budget
from tests.factories.gifts import decide_all
from tests.factories.integrity import make_receiver
from tests.factories.receptions import asked_for, make_approved_reception, make_reception, report_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(cast):
    load_default_routes()
    unit = make_unit("泉州商会", owner=cast.owner)
    return [make_receiver(unit), make_receiver(unit, name="钱多")]


@pytest.fixture
def line(cast):
    return line_of(make_budget(cast.manager))


def received(people):
    return [received_by(person, business_date()).total for person in people]


def refusal(code, act, *args, **kwargs):
    before = (Reception.objects.count(), Benefit.objects.count())
    with pytest.raises(BusinessError) as caught, transaction.atomic():
        act(*args, **kwargs)
    assert caught.value.code == code
    assert (Reception.objects.count(), Benefit.objects.count()) == before


def test_shares_are_reserved_settled_by_who_came_and_paid_by_the_report(cast, people, line):
    row = make_reception(people, line, cast.owner, 400)
    assert (received(people), balance_on(line).reserved) == ([80, 80], 0)  # five at the table
    card = snapshot_of(request_for(services.SUBJECT, row))
    assert (Decimal(str(card["budget"]["after"])), card["why"]) == (4600, "参观样板房")
    assert ["Share of each", "80.00"] in card["facts"]
    decide_all(services.SUBJECT, row)
    assert balance_on(line).reserved == 400
    services.report_reception(row, report_of(people[:1], 380), by=cast.owner)
    row.refresh_from_db()
    assert (received(people), balance_on(line).reserved, balance_on(line).spent) == ([95, 0], 0, 380)
    assert (row.state, [g.came for g in row.guests.all()], verify_ledger().ok) == (
        "reported",
        [True, False],
        True,
    )
    refusal("transition_refused", services.report_reception, row, report_of(people), by=cast.owner)


def test_what_cost_more_than_a_limit_is_reported_with_a_reason(cast, people, line):
    row = make_approved_reception(people, line, cast.owner)
    dear = report_of(people, 1_010)
    refusal("compliance", services.report_reception, row, dear, by=cast.owner)
    row.refresh_from_db()
    assert (row.state, balance_on(line).spent) == ("approved", 0)
    services.report_reception(row, report_of(people, 1_010, over_reason="餐厅涨价"), by=cast.owner)
    assert (received(people), balance_on(line).spent) == ([202, 202], 1_010)
    assert Benefit.objects.first().moves.get().reason == "餐厅涨价"


def test_officials_need_a_reason_and_the_general_manager(cast, people, line):
    official = make_receiver(people[0].unit, Official.YES, "孙处")
    refusal("compliance", make_reception, [official], line, cast.owner)
    row = make_reception([official], line, cast.owner, reason="工作餐，按标准")
    stages = request_for(services.SUBJECT, row).rounds.get().stages.all()
    assert [stage.positions[0] for stage in stages] == ["manager", "director", "general_manager", "finance"]


def test_what_cannot_be_asked_or_reported_is_refused(cast, people, line):
    yesterday = business_date() - timedelta(1)
    nobody = replace(asked_for(people, line), guests=[])
    refusal("guests", services.ask_reception, nobody, by=cast.owner)
    refusal("order", make_reception, people, line, cast.owner, leaves_on=yesterday)
    refusal("not_enough", make_reception, people, line, cast.owner, 5_001, reason="年会")
    later = business_date() + timedelta(3)
    row = decide_all(
        services.SUBJECT, make_reception(people, line, cast.owner, arrives_on=later, leaves_on=later)
    )
    refusal("future", services.report_reception, row, report_of(people), by=cast.owner)
    other = make_approved_reception(people, line, cast.owner)
    refusal("nobody", services.report_reception, other, report_of([]), by=cast.owner)


@pytest.mark.parametrize("end", ["return", "reject", "withdraw", "cancel"])
def test_what_does_not_take_place_counts_nowhere(cast, people, line, end):
    row = make_reception(people, line, cast.owner)
    request = request_for(services.SUBJECT, row)
    if end == "return":
        approvals.return_for_changes(request, by=cast.manager, version=request.version, reason="太贵")
    elif end == "reject":
        approvals.reject(request, by=cast.manager, version=request.version, reason="不合适")
    elif end == "withdraw":
        approvals.withdraw(request, by=cast.owner, version=request.version)
    else:
        services.cancel_reception(decide_all(services.SUBJECT, row), reason="对方改期", by=cast.owner)
    assert (received(people), balance_on(line).reserved) == ([0, 0], 0)
    if end == "return":
        row.refresh_from_db()
        asked = asked_for(people[1:], line, 200)
        refusal("stale", services.ask_again, row, asked, by=cast.owner, version=0)
        services.ask_again(row, asked, by=cast.owner, version=row.version)
        assert received(people) == [0, 50]


def test_asked_reported_and_printed_in_the_browser(cast, client_of, people, line):
    owner, unit, today = client_of(cast.owner), people[0].unit, business_date().isoformat()
    told = {
        "guests": [person.pk for person in people],
        "other_guests": "同事两名",
        "other_count": "2",
        "staff_count": "1",
        "arrives_on": today,
        "leaves_on": today,
        "purpose": "参观样板房𠮷",
        "itinerary": "9:30 接站",
        "standard": "工作餐",
        "estimate_amount": "400",
        "line": line.pk,
    }
    address = f"/accounts/{unit.pk}/receptions/new/"
    assert owner.get(address).status_code == 200
    refused = owner.post(address, told | {"estimate_amount": "1100"})
    assert (refused.status_code, Reception.objects.count()) == (422, 0)
    assert owner.post(address, told).status_code == 302
    row = Reception.objects.get()
    assert "参观样板房𠮷" in owner.get(f"/accounts/{unit.pk}/tabs/receptions/").content.decode()
    assert owner.get(f"/receptions/{row.pk}/report.pdf").status_code == 404
    decide_all(services.SUBJECT, row)
    report = {"came": [people[0].pk], "amount": "380", "document": "FP-9", "course": "座谈", "result": "同意"}
    assert owner.post(f"/receptions/{row.pk}/report/", report).status_code == 302
    page = owner.get(f"/receptions/{row.pk}/").content.decode()
    assert all(word in page for word in ("380.00", "FP-9", "did not come"))
    for paper, words in (
        ("request", ("参观样板房𠮷", "钱多", "工作餐", "400.00")),
        ("report", ("同意", "380.00")),
    ):
        data = owner.get(f"/receptions/{row.pk}/{paper}.pdf?language=zh-hans").content
        text = pypdf.PdfReader(BytesIO(data)).pages[0].extract_text()
        assert all(word in text for word in (*words, "赵敏"))


def test_the_list_asks_the_same_number_of_statements(cast, client_of, people, line):
    client = client_of(cast.owner)

    def count():
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/receptions/").status_code == 200
        return len(seen)

    make_reception(people[:1], line, cast.owner, 100)
    count()
    one = count()
    for _n in range(3):
        make_reception(people[:1], line, cast.owner, 100)
    assert count() == one
