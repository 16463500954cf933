"""Gift plans: filled with what comes round, decided with the budget's warning, asked for line by line; recurring gifts."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from zoneinfo import ZoneInfo

import pypdf
import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.persons.models import KeyPersonPeriod
from accounts.persons.terms import Official
from campaigns.gift_plans import permissions as may
from campaigns.gift_plans import services
from campaigns.gift_plans.models import GiftPlan, GiftPlanLine, GiftSchedule
from campaigns.gift_plans.registers import collect_due, text_of_due
from campaigns.gift_plans.selectors import lines_of_unit, loads, shown_lines, with_all
from campaigns.gift_plans.terms import Festival, Rhythm, Source
from campaigns.gifts.models import GiftRequest
from campaigns.gifts.selectors import day_for
from campaigns.gifts.terms import Occasion
from campaigns.receptions import services as receptions
from kam.approvals import services as approvals
from kam.approvals.routes import load_default_routes
from kam.approvals.rule_changes.kinds import kinds_of_setting
from kam.approvals.selectors import pending_stage, request_for, snapshot_of
from kam.audit.models import AuditEntry
from kam.core.clock import business_date
from kam.core.errors import BusinessError
from kam.people.registry import all_holdings
from tests.factories.accounts import make_unit
from tests.factories.budgets import line_of, make_budget
from tests.factories.gifts import decide_all, gift_terms, make_item
from tests.factories.integrity import make_receiver
from tests.factories.receptions import make_approved_reception, report_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
FIRST, LAST = date(2027, 1, 1), date(2027, 12, 31)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=True) as traveller:
        yield traveller


@pytest.fixture
def person(cast):
    load_default_routes()
    row = make_receiver(make_unit("泉州商会", owner=cast.owner))
    row.birthday = date(1970, 5, 4)
    row.save(update_fields=["birthday"])
    return row


@pytest.fixture
def line(cast):
    return line_of(make_budget(cast.manager), "精品礼品")


def schedule(person, item, by, rhythm=Rhythm.BIRTHDAY, **changes):
    told = {"item": item, "quantity": 1, "rhythm": rhythm, "festival": "", "months": None}
    return services.add_schedule(
        person, told | {"starts_on": business_date(), "reason": "定期"} | changes, by=by
    )


def plan_of(by, first=FIRST, last=LAST):
    return services.draft_plan(services.Head("2027 礼品计划", first, last, "按节日"), by=by)


def planned(person, item, line, on, **changes):
    told = {"quantity": 1, "occasion": Occasion.FESTIVAL, "reason": "中秋"} | changes
    return services.Planned(person=person, item=item, line=line, on=on, **told)


def approved(cast, person, item, line, on):
    plan = plan_of(cast.owner, on, on)
    row = services.add_line(plan, planned(person, item, line, on), by=cast.owner)
    decide_all(services.SUBJECT, services.submit_plan(plan, by=cast.owner))
    return GiftPlanLine.objects.select_related("plan", "unit").get(pk=row.pk)


def refusal(code, act, *args, **kwargs):
    def counts():
        return [m.objects.count() for m in (GiftPlan, GiftPlanLine, GiftSchedule, GiftRequest)]

    before = counts()
    with pytest.raises(BusinessError) as caught, transaction.atomic():
        act(*args, **kwargs)
    assert (caught.value.code, counts()) == (code, before)


def test_s188_a_recurring_gift_is_written_once_and_stopped_with_a_reason(cast, person):
    item = make_item("台历", 40)
    row = schedule(person, item, cast.owner)
    refusal("twice", schedule, person, item, cast.owner)
    refusal("festival", schedule, person, item, cast.owner, Rhythm.FESTIVAL)
    refusal("months", schedule, person, item, cast.owner, Rhythm.MONTHS)
    refusal("birthday", schedule, make_receiver(person.unit, name="钱多"), item, cast.owner)
    services.end_schedule(row, reason="调离", by=cast.owner)
    refusal("stopped", services.end_schedule, row, reason="again", by=cast.owner)
    assert schedule(person, item, cast.owner).ends_on is None
    with pytest.raises(IntegrityError, match="gift_schedule_says_when"), transaction.atomic():
        GiftSchedule.objects.filter(pk=row.pk).update(months=3)


def test_s184_a_plan_is_filled_with_what_comes_round_and_only_once(cast, person, line):
    item = make_item("台历", 40)
    schedule(person, item, cast.owner, Rhythm.MONTHS, months=6)
    other = make_receiver(make_unit("福建商会", owner=cast.other_team), name="别人")
    schedule(other, item, cast.other_team, Rhythm.MONTHS, months=6)
    KeyPersonPeriod.objects.create(
        unit=person.unit, person=person, started_on=FIRST - timedelta(200), designated_at=NOW
    )
    plan = plan_of(cast.owner)
    wish = services.Wish(frozenset(Source), line, None, 1, (Festival.SPRING,))
    refusal("item", services.fill_plan, plan, wish, by=cast.owner)
    wish = services.Wish(frozenset(Source), line, make_item("茶叶", 90), 1, (Festival.SPRING,))
    assert services.fill_plan(plan, wish, by=cast.owner) == 4
    assert services.fill_plan(plan, wish, by=cast.owner) == 0
    assert [(row.on, row.item.name, row.occasion) for row in plan.lines.select_related("item")] == [
        (date(2027, 2, 6), "茶叶", "festival"),
        (date(2027, 5, 4), "茶叶", "birthday"),
        (date(2027, 5, 23), "台历", "thanks"),
        (date(2027, 11, 23), "台历", "thanks"),
    ]


def test_the_day_of_a_birthday_gift_is_shown_to_whoever_may_read_birthdays(cast, client_of, person, line):
    plan = plan_of(cast.owner)
    told = planned(person, make_item(), line, date(2027, 5, 4), occasion=Occasion.BIRTHDAY, reason="贺")
    row = services.add_line(plan, told, by=cast.owner)
    decide_all(services.SUBJECT, services.submit_plan(plan, by=cast.owner))
    assert snapshot_of(request_for(services.SUBJECT, plan))["lines"][0][0] == "May 2027"
    readers = (cast.owner, cast.manager, cast.lead, cast.director, None)
    assert [day_for(row, who) for who in readers] == ["4 May 2027"] * 2 + ["May 2027"] * 3
    for who, is_told in ((cast.owner, True), (cast.lead, False)):
        client = client_of(who)
        tab, ask = f"/accounts/{person.unit_id}/tabs/gift-plan/", f"/gifts/plans/lines/{row.pk}/ask/"
        for page in (plan.get_absolute_url(), tab):
            text = client.get(page).content.decode()
            assert ("May 2027" in text, "4 May 2027" in text) == (True, is_told), page
        data = client.get(f"{plan.get_absolute_url()}plan.pdf?language=en").content
        paper = "".join(part.extract_text() for part in pypdf.PdfReader(BytesIO(data)).pages)
        assert ("4 May" in paper.replace("\n", " "), "2027-05-04" in client.get(ask).content.decode()) == (
            is_told,
            is_told,
        )
    gift = services.ask_for_line(
        row, gift_terms(person, row.item, line, occasion=Occasion.BIRTHDAY, on=row.on), by=cast.owner
    )
    assert ["To be given on", "May 2027"] in snapshot_of(request_for("gift_request", gift))["facts"]
    for who, told in ((cast.owner, "4 May 2027"), (cast.lead, "May 2027")):
        assert f"<dd>{told}</dd>" in client_of(who).get(gift.get_absolute_url()).content.decode()
    assert "May 2027" in client_of(cast.owner).get("/gifts/").content.decode()
    row.occasion = Occasion.FESTIVAL
    assert day_for(row, None) == "4 May 2027"


def test_what_cannot_be_planned(cast, person, line):
    item, plan = make_item(), plan_of(cast.owner)
    other = make_receiver(make_unit("福建商会", owner=cast.other_team), name="别人")
    refusal("empty", services.submit_plan, plan, by=cast.owner)
    refusal(
        "outside", services.add_line, plan, planned(person, item, line, FIRST - timedelta(1)), by=cast.owner
    )
    refusal("unit", services.add_line, plan, planned(other, item, line, FIRST), by=cast.owner)
    refusal("order", services.draft_plan, services.Head("x", LAST, FIRST), by=cast.owner)
    row = services.add_line(plan, planned(person, item, line, FIRST), by=cast.owner)
    refusal("twice", services.add_line, plan, planned(person, item, line, FIRST), by=cast.owner)
    head = services.Head("x", FIRST + timedelta(1), LAST)
    refusal("outside", services.change_head, plan, head, by=cast.owner, version=plan.version)
    refusal("stale", services.change_head, plan, services.Head("x", FIRST, LAST), by=cast.owner, version=9)
    refusal("line_taken", services.drop_line, row, reason="x", by=cast.owner)
    official = make_receiver(person.unit, Official.YES, "孙处")
    voucher = make_item("美容消费卷", 300, kind="cash_equivalent")
    services.add_line(plan, planned(official, voucher, line, FIRST), by=cast.owner)
    refusal("refused", services.submit_plan, plan, by=cast.owner)
    assert services.discard_plan(plan, by=cast.owner).state == "withdrawn"
    refusal("state", services.remove_line, row, by=cast.owner)


def test_t27_the_card_warns_of_the_line_and_of_limits_and_the_plan_is_approved_all_the_same(
    cast, person, line
):
    item, plan = make_item(), plan_of(cast.owner)
    services.add_line(plan, planned(person, item, line, FIRST, quantity=30), by=cast.owner)
    plan = services.submit_plan(plan, by=cast.owner)
    request = request_for(services.SUBJECT, plan)
    stages = [stage.positions[0] for stage in request.rounds.get().stages.all()]
    assert stages == ["manager", "director", "general_manager", "finance"]
    card = snapshot_of(request)
    assert "住宅预算 · 精品礼品 has 5,000.00 free; the plan needs 5,940.00: 940.00 more." in card["flags"]
    assert any("600.00 a person" in flag for flag in card["flags"])
    (told,) = loads(with_all(plan.lines.all()))
    assert told.load.over == Decimal(940)
    approvals.return_for_changes(request, by=cast.manager, version=request.version, reason="太多")
    plan.refresh_from_db()
    services.remove_line(plan.lines.get(), by=cast.owner)
    services.add_line(plan, planned(person, item, line, FIRST), by=cast.owner)
    decide_all(services.SUBJECT, services.submit_plan(plan, by=cast.owner))
    plan.refresh_from_db()
    assert plan.state == "approved"


def test_a_line_becomes_one_request_and_is_open_again_when_that_comes_to_nothing(cast, person, line):
    item, on = make_item(), business_date() + timedelta(10)
    row = approved(cast, person, item, line, on)
    due = collect_due([cast.owner, cast.same_team], business_date())
    assert {pk: [one.pk for one in rows] for pk, rows in due.items()} == {cast.owner.pk: [row.pk]}
    assert "泉州商会" in text_of_due(due[cast.owner.pk])
    gift = services.ask_for_line(row, gift_terms(person, item, line, on=on), by=cast.owner)
    assert collect_due([cast.owner], business_date()) == {}
    refusal("line_taken", services.ask_for_line, row, gift_terms(person, item, line, on=on), by=cast.owner)
    request = request_for("gift_request", gift)
    assert loads(with_all(row.plan.lines.all())) == []
    approvals.reject(request, by=cast.manager, version=request.version, reason="不必")
    (shown,) = lines_of_unit(person.unit, cast.owner)
    assert shown.state == "due"
    (told,) = loads(with_all(row.plan.lines.all()))
    assert told.load.planned == row.amount
    services.drop_line(row, reason="改为拜访", by=cast.owner)
    (shown,) = shown_lines(with_all(GiftPlanLine.objects.all()))
    assert (shown.state, collect_due([cast.owner], business_date())) == ("dropped", {})
    assert not may.can_ask_line(cast.other_team, row)
    assert may.can_ask_line(cast.owner, row)


def test_the_audit_keeps_every_changed_part_of_a_head(cast, person):
    plan = plan_of(cast.owner)
    head = services.Head(plan.name, FIRST, date(2027, 6, 30), "半年")
    services.change_head(plan, head, by=cast.owner, version=plan.version)
    entry = AuditEntry.objects.filter(act="campaigns.gift_plan.changed").get()
    assert entry.changes.keys() == {"ends_on", "note"}


def test_open_plans_are_held_and_handed_over(cast, person):
    plan = plan_of(cast.owner)
    holding = next(one for one in all_holdings() if one.key == "campaigns.gift_plans")
    (row,) = holding.of(cast.owner)
    holding.move([row.id], cast.owner, cast.same_team, cast.manager)
    plan.refresh_from_db()
    assert (plan.owner, holding.of(cast.owner)) == (cast.same_team, [])


def test_a_plan_in_the_browser(cast, client_of, person, line):
    item, owner = make_item(), client_of(cast.owner)
    on = business_date() + timedelta(10)
    told = {"person": person.pk, "item": item.pk, "quantity": 1, "rhythm": "festival", "festival": "spring"}
    address = f"/accounts/{person.unit_id}/gift-schedules/new/"
    assert owner.post(address, told | {"starts_on": "2026-11-23", "reason": "每年春节𠮷"}).status_code == 302
    assert "每年春节𠮷" in owner.get("/gifts/schedules/").content.decode()
    head = {"name": "2027 计划", "starts_on": "2026-11-23", "ends_on": "2027-11-22"}
    address = owner.post("/gifts/plans/new/", head)["Location"]
    filled = owner.post(
        f"{address}fill/", {"sources": "schedules", "quantity": "1", "line": line.pk}, follow=True
    )
    assert "1 gift was planned." in filled.content.decode()
    one = {"person": person.pk, "item": item.pk, "quantity": 30, "occasion": "visit", "on": on.isoformat()}
    owner.post(f"{address}lines/new/", one | {"reason": "回访", "line": line.pk})
    page = owner.get(address).content.decode()
    assert "6,138.00: 1,138.00 more." in page
    dear = GiftPlanLine.objects.get(quantity=30)
    owner.post(f"/gifts/plans/lines/{dear.pk}/remove/")
    owner.post(f"{address}lines/new/", one | {"quantity": 1, "reason": "回访", "line": line.pk})
    assert owner.post(f"{address}submit/").status_code == 302
    plan = decide_all(services.SUBJECT, GiftPlan.objects.get())
    row = plan.lines.get(reason="回访")
    form = owner.get(f"/gifts/plans/lines/{row.pk}/ask/").content.decode()
    assert f'value="{on.isoformat()}"' in form
    asked = {"person": person.pk, "item": item.pk, "quantity": 1, "occasion": "visit", "reason": "回访"}
    owner.post(f"/gifts/plans/lines/{row.pk}/ask/", asked | {"on": on.isoformat(), "line": line.pk})
    gift = GiftRequest.objects.get()
    row.refresh_from_db()
    assert row.request == gift
    assert gift.number in owner.get(address).content.decode()
    assert gift.number in owner.get(f"/accounts/{person.unit_id}/tabs/gift-plan/").content.decode()
    paper = pypdf.PdfReader(BytesIO(owner.get(f"{address}plan.pdf").content)).pages[0].extract_text()
    paper = "".join(paper.split())  # words break at the edges of columns
    words = (plan.number, "赵敏", "品牌打火机", "396.00", "精品礼品", "每年春节𠮷")
    assert [word for word in words if word not in paper] == []


def test_the_pages_ask_the_same_number_of_statements(cast, client_of, person, line):
    client, plan = client_of(cast.owner), plan_of(cast.owner)

    def count():
        with CaptureQueriesContext(connection) as seen:
            for page in ("/gifts/plans/", "/gifts/schedules/", plan.get_absolute_url()):
                assert client.get(page).status_code == 200
        return len(seen)

    def plant(n):
        item = make_item(f"件{n}")
        schedule(person, item, cast.owner)
        services.add_line(plan, planned(person, item, line, FIRST + timedelta(n)), by=cast.owner)

    plant(0)
    count()
    one = count()
    plant(1)
    plant(2)
    assert count() == one


def test_a_share_above_its_limit_is_asked_of_the_general_manager_afterwards(cast, client_of, person):
    meal = line_of(make_budget(cast.manager, name="招待"))
    row = make_approved_reception([person, make_receiver(person.unit, name="钱多")], meal, cast.owner)
    people = [guest.person for guest in row.guests.all()]
    row = receptions.report_reception(row, report_of(people, 1_010, over_reason="餐厅涨价"), by=cast.owner)
    request = request_for(receptions.EXCESS, row)
    assert (row.excess_state, pending_stage(request).positions) == ("pending", ["general_manager"])
    card = snapshot_of(request)
    assert (card["why"], card["lines"][0]) == ("餐厅涨价", ["赵敏", "80.00", "202.00"])
    assert "202.00" in card["flags"][0]
    approvals.return_for_changes(request, by=cast.gm, version=request.version, reason="账单呢")
    owner = client_of(cast.owner)
    assert owner.post(f"/receptions/{row.pk}/explain/", {"reason": "账单附后"}).status_code == 302
    decide_all(receptions.EXCESS, row)
    assert (row.excess_state, row.over_reason, row.state) == ("accepted", "账单附后", "reported")
    assert "Accepted" in owner.get(row.get_absolute_url()).content.decode()
    others = [make_receiver(person.unit, name="孙立"), make_receiver(person.unit, name="李想")]
    cheap = make_approved_reception(others, meal, cast.owner)
    assert receptions.report_reception(cheap, report_of(others, 100), by=cast.owner).excess_state == ""


def test_limits_of_the_register_change_with_the_general_manager_only():
    assert kinds_of_setting({"key": "integrity_person", "value": "900"}) == {"integrity"}
    assert kinds_of_setting({"key": "integrity_days", "value": "30"}) == {"integrity"}
    assert kinds_of_setting({"key": "expenses_phone_month", "value": "200"}) == frozenset()
