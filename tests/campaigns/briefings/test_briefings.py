"""A briefing from the request to the return visits: decided, reserved, held in seven steps, counted."""

from datetime import time, timedelta
from decimal import Decimal

import psycopg2
import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from accounts.contacts.models import Contact
from accounts.persons.models import Person as UnitPerson
from campaigns.briefings import services
from campaigns.briefings.models import Attendee, Briefing, BriefingStep
from campaigns.briefings.registers import collect_briefings, collect_for_clerk
from campaigns.briefings.selectors import return_proposals, returned_on
from campaigns.briefings.services import Taken
from campaigns.briefings.terms import ItemKind, Step
from campaigns.budgets.selectors import balance_on, verify_ledger
from campaigns.campaigns.effect import effect_of
from campaigns.campaigns.services import close_campaign
from campaigns.materials import services as stock
from campaigns.materials.models import MaterialMove
from campaigns.materials.services import add_material, move, stock_of
from campaigns.materials.terms import MoveKind
from campaigns.prospects.models import Prospect
from campaigns.prospects.terms import Intention
from kam.approvals import services as approvals
from kam.approvals.routes import load_default_routes
from kam.approvals.selectors import request_for, snapshot_of
from kam.core.clock import business_date, moment
from kam.core.errors import BusinessError, ConflictError
from kam.core.periods import iso_week_of
from tests.factories.accounts import make_person, make_unit
from tests.factories.briefings import (
    approved,
    asked_for,
    attend,
    counted,
    do,
    make_briefing,
    on_its_day,
    reserve,
)
from tests.factories.budgets import line_of, make_budget
from tests.factories.campaigns import make_campaign
from tests.factories.visits import make_visit
from tests.racing import at_once, meeting, without_constraint
from visits.bookings import services as bookings
from visits.bookings.models import Booking
from visits.bookings.services import add_resource
from visits.bookings.terms import ResourceKind
from visits.plans.registry import entries_for

pytestmark = pytest.mark.django_db
FIRST_FOUR = (Step.AGREE, Step.ARRIVE, Step.HAND_OUT, Step.PRESENT)


@pytest.fixture
def campaign():
    load_default_routes()
    return make_campaign(window_from=None, window_to=None)


@pytest.fixture
def unit(cast):
    return make_unit("泉州商会", owner=cast.owner, channel="chamber")


@pytest.fixture
def leaflets(cast, campaign):
    material = add_material(campaign, {"name": "项目折页", "quantity": 50}, by=None)
    move(material, MoveKind.RECEIPT, 50, on=business_date(), text="", by=cast.clerk)
    return material


def refusal(code, act, *args, **kwargs):
    def count():
        return [model.objects.count() for model in (Briefing, BriefingStep, Attendee, Booking, MaterialMove)]

    before = count()
    with pytest.raises(BusinessError) as caught, transaction.atomic():
        act(*args, **kwargs)
    assert (caught.value.code, count()) == (code, before)
    return caught.value


def test_deciders_see_the_money_before_and_after_and_the_line_holds_it(cast, campaign, unit):
    line = line_of(make_budget(cast.manager))
    row = make_briefing(unit, campaign, cast.owner, estimate_amount=Decimal(600), line=line)
    request = request_for(services.SUBJECT, row)
    card = snapshot_of(request)
    assert (card["why"], Decimal(str(card["amount"]))) == ("理事会前集中介绍", 600)
    assert (Decimal(str(card["budget"]["before"])), Decimal(str(card["budget"]["after"]))) == (5000, 4400)
    assert ["Folded leaflets", "30"] in card["lines"]
    assert [s.positions[0] for s in request.rounds.get().stages.all()] == ["manager", "director"]
    request = approvals.approve(request, by=cast.manager, version=request.version)
    approvals.approve(request, by=cast.director, version=request.version)
    row.refresh_from_db()
    assert (row.state, balance_on(line).reserved) == ("approved", 600)
    services.cancel_briefing(row, reason="对方改期", by=cast.owner)
    assert (balance_on(line).reserved, verify_ledger().ok) == (0, True)


def test_a_briefing_of_a_campaign_closed_meanwhile_is_refused_when_it_would_hold(cast, campaign, unit):
    line = line_of(make_budget(cast.manager))
    row = make_briefing(unit, campaign, cast.owner, estimate_amount=Decimal(600), line=line)
    request = request_for(services.SUBJECT, row)
    approvals.approve(request, by=cast.manager, version=request.version)
    campaign.refresh_from_db()
    close_campaign(campaign, by=cast.manager, version=campaign.version)
    request.refresh_from_db()
    refusal("campaign_closed", approvals.approve, request, by=cast.director, version=request.version)
    row.refresh_from_db()
    assert (row.state, balance_on(line).reserved) == ("pending", 0)
    request.refresh_from_db()
    approvals.reject(request, by=cast.director, version=request.version, reason="活动已结束")
    row.refresh_from_db()
    assert row.state == "rejected"


def test_reserving_takes_people_things_and_stock_and_clashes_are_refused(cast, campaign, unit, leaflets):
    car = add_resource(ResourceKind.VEHICLE, "湘B 12345", by=cast.clerk)
    wanted = [Taken(ItemKind.LEAFLET, 30, material=leaflets), Taken(ItemKind.VEHICLE, 1, resource=car)]
    row = reserve(approved(unit, campaign, cast.owner), cast.owner, cast.same_team, items=wanted)
    assert (row.state, stock_of(leaflets), Booking.objects.count()) == ("prepared", 20, 3)
    other = approved(make_unit("温州商会", owner=cast.lead), campaign, cast.lead)
    assert refusal("clash", reserve, other, cast.lead, cast.same_team).field == "sales"
    assert refusal("clash", reserve, other, cast.lead, items=wanted[1:]).field == "from_vehicle"
    refusal("stock", reserve, other, cast.lead, items=wanted[:1])
    refusal("stale", services.prepare_briefing, row, None, by=cast.owner, version=0)
    row = reserve(row, cast.owner, items=[Taken(ItemKind.LEAFLET, 12, material=leaflets)])
    assert (stock_of(leaflets), Booking.objects.count()) == (38, 1)
    assert [
        e.title
        for e in entries_for(cast.owner, iso_week_of(row.day), reader=cast.owner)
        if e.kind == "briefing"
    ] == [unit.name] * 1
    services.cancel_briefing(row, reason="改期", by=cast.owner)
    assert (stock_of(leaflets), Booking.objects.count()) == (50, 0)
    # The stock of a campaign is read by all who work in it: it names the briefing, never the unit.
    texts = MaterialMove.objects.exclude(kind=MoveKind.RECEIPT).values_list("text", flat=True)
    assert set(texts) == {row.number}


def test_what_cannot_be_asked_or_reserved_is_refused(cast, campaign, unit, leaflets):
    stranger = make_person(make_unit("温州商会", owner=cast.owner), "外人")
    line = line_of(make_budget(cast.manager))
    yesterday = business_date() - timedelta(2)
    for code, fields in (
        ("not_running", {"campaign": make_campaign(state="closed")}),
        ("over", {"day": yesterday}),
        ("stranger", {"contact": stranger}),
        ("line", {"estimate_amount": Decimal(1)}),
        ("not_enough", {"estimate_amount": Decimal(5_001), "line": line}),
    ):
        running = fields.pop("campaign", campaign)
        refusal(code, make_briefing, unit, running, cast.owner, **fields)
    late = asked_for(unit, campaign)
    refusal("order", make_briefing, unit, campaign, cast.owner, ends_at=late.starts_at)
    row = approved(unit, campaign, cast.owner)
    elsewhere = add_material(make_campaign(), {"name": "项目折页", "quantity": 5}, by=None)
    room = add_resource(ResourceKind.ROOM, "会议室", by=cast.clerk)
    for code, item in (
        ("material", Taken(ItemKind.LEAFLET, 1, material=elsewhere)),
        ("quantity", Taken(ItemKind.LEAFLET, None, material=leaflets)),
        ("not_bookable", Taken(ItemKind.VEHICLE, 1, resource=room)),
    ):
        refusal(code, reserve, row, cast.owner, items=[item])
    prepared = services.Prepared([services.Taking("sales", cast.owner)], cast.lead, [])
    refusal("presenter", services.prepare_briefing, row, prepared, by=cast.owner, version=row.version)
    refusal(
        "presenter",
        services.prepare_briefing,
        row,
        services.Prepared([], None, []),
        by=cast.owner,
        version=row.version,
    )
    refusal("twice", reserve, row, cast.owner, cast.owner)


def test_seven_steps_in_order_end_in_return_visits_of_the_week_plan(cast, campaign, unit, leaflets):
    line = line_of(make_budget(cast.manager))
    row = approved(unit, campaign, cast.owner, estimate_amount=Decimal(600), line=line)
    row = reserve(row, cast.owner, items=[Taken(ItemKind.LEAFLET, 30, material=leaflets)])
    refusal("out_of_order", services.do_step, row, Step.ARRIVE, by=cast.owner, version=row.version)
    do(row, cast.owner, Step.AGREE)
    row.refresh_from_db()
    refusal("not_today", services.do_step, row, Step.ARRIVE, by=cast.owner, version=row.version)
    refusal("not_today", attend, row, cast.owner)
    with on_its_day(row):
        row = do(row, cast.owner, *FIRST_FOUR[1:])
        row = services.undo_step(row, by=cast.owner, version=row.version)
        row = do(row, cast.owner, Step.PRESENT)
        refusal("nobody_came", services.do_step, row, Step.TALK, by=cast.owner, version=row.version)
        known = make_person(unit, "洪嘉伟")
        guest = attend(row, cast.owner, mobile="13900001111", joined=True)
        attend(row, cast.owner, "洪嘉伟", person=known, return_on=None)
        attend(row, cast.owner, "彭建军", intention=Intention.NONE, return_on=None)
        refusal("twice", attend, row, cast.owner, "又一人", mobile="139 0000-1111")
        refusal("order", attend, row, cast.owner, "又一人", return_on=row.day)
        row = do(row, cast.owner, Step.TALK)
        assert (row.state, Contact.objects.get().channel) == ("held", "event")
        refusal("undo", services.undo_step, row, by=cast.owner, version=row.version)
        refusal("count", services.do_step, row, Step.COUNT, by=cast.owner, version=row.version)
        item = row.items.get()
        many = counted({item.pk: 31}, 560, "FP-1")
        refusal("too_many", services.count_briefing, row, many, by=cast.owner, version=row.version)
        over = counted({item.pk: 8}, "600.01", "FP-1")
        refusal("over_approved", services.count_briefing, row, over, by=cast.owner, version=row.version)
        bare = counted({item.pk: 8}, 560)
        refusal("document", services.count_briefing, row, bare, by=cast.owner, version=row.version)
        told = counted({item.pk: 8}, 560, "FP-1")
        row = services.count_briefing(row, told, by=cast.owner, version=row.version)
        assert (stock_of(leaflets), balance_on(line).spent, balance_on(line).reserved) == (28, 560, 0)
        refusal("returns_open", services.do_step, row, Step.RETURN_VISITS, by=cast.owner, version=row.version)
        late = row.attendees.get(name="洪嘉伟")
        again = services.Person("洪嘉伟", guest.intention, person=known, return_on=row.day + timedelta(4))
        services.change_attendee(late, again, by=cast.owner, version=late.version)
        row = do(row, cast.owner, Step.RETURN_VISITS)
        assert (row.state, sorted(Prospect.objects.values_list("name", flat=True))) == (
            "closed",
            sorted(["邹慧敏", "洪嘉伟"]),
        )
        refusal("not_running", attend, row, cast.owner, "迟到的")
    week = iso_week_of(row.day + timedelta(4))
    proposal = next(p for p in return_proposals([cast.owner], week) if p.unit_id == unit.pk)
    assert ("2 people" in proposal.text, return_proposals([cast.same_team], week)) == (True, [])
    with on_its_day(row):
        pass
    later = row.day + timedelta(2)
    make_visit(unit, known, user=cast.owner, on=later)
    assert (return_proposals([cast.owner], week), returned_on(row)) == ([], later)
    effect = effect_of(campaign, cast.owner, ("visits",), business_date())
    numbers = {str(step.label): step.number for step in effect.sums}
    assert (numbers["Briefings held"], numbers["Intentions"]) == (1, 2)


def test_without_approved_money_nothing_is_paid_and_unspent_money_is_free_again(cast, campaign, unit):
    line = line_of(make_budget(cast.manager))
    free = reserve(approved(unit, campaign, cast.owner), cast.owner)
    other = make_unit("温州商会", owner=cast.lead)
    paid = approved(other, campaign, cast.lead, estimate_amount=Decimal(100), line=line)
    paid = reserve(paid, cast.lead)
    with on_its_day(free):
        for row, by in ((free, cast.owner), (paid, cast.lead)):
            attend(row, by)
            do(row, by, *FIRST_FOUR, Step.TALK)
            row.refresh_from_db()
        spent = counted({}, 5, "FP-1")
        refusal("unapproved", services.count_briefing, free, spent, by=cast.owner, version=free.version)
        services.count_briefing(free, counted(), by=cast.owner, version=free.version)
        services.count_briefing(paid, counted(), by=cast.lead, version=paid.version)
    assert (balance_on(line).reserved, balance_on(line).spent) == (0, 0)


@pytest.mark.parametrize("end", ["return", "reject", "withdraw"])
def test_what_is_not_approved_reserves_nothing(cast, campaign, unit, end):
    row = make_briefing(unit, campaign, cast.owner)
    request = request_for(services.SUBJECT, row)
    if end == "return":
        approvals.return_for_changes(request, by=cast.manager, version=request.version, reason="时间")
        row.refresh_from_db()
        again = asked_for(unit, campaign, place="一楼")
        refusal("stale", services.ask_again, row, again, by=cast.owner, version=0)
        row = services.ask_again(row, again, by=cast.owner, version=row.version)
        assert (row.state, row.place) == ("pending", "一楼")
    elif end == "reject":
        approvals.reject(request, by=cast.manager, version=request.version, reason="不合适")
    else:
        approvals.withdraw(request, by=cast.owner, version=request.version)
    row.refresh_from_db()
    assert row.state == {"return": "pending", "reject": "rejected", "withdraw": "withdrawn"}[end]
    assert Booking.objects.count() == 0


def test_the_database_keeps_the_steps_without_gaps_and_one_presenter(cast, campaign, unit):
    row = reserve(approved(unit, campaign, cast.owner), cast.owner)
    made = {"briefing": row, "done_on": business_date()}
    first = BriefingStep.objects.create(step=1, **made)
    BriefingStep.objects.create(step=2, **made)
    for act in (
        lambda: BriefingStep.objects.create(step=4, **made),
        first.delete,
        lambda: BriefingStep.objects.filter(pk=first.pk).update(step=7),
        lambda: row.staff.create(role="sales", name="乙", presents=True),
    ):
        with pytest.raises((IntegrityError, psycopg2.Error, Exception)) as caught, transaction.atomic():
            act()
        assert isinstance(caught.value.__cause__, psycopg2.Error)
    assert (row.steps.count(), row.staff.count()) == (2, 1)


def test_who_takes_part_sees_it_and_it_is_handed_over(cast, campaign, unit):
    row = reserve(approved(unit, campaign, cast.owner), cast.owner, cast.other_team)
    assert list(Briefing.objects.visible_to(cast.other_team)) == [row]
    assert list(Briefing.objects.visible_to(cast.other_manager)) == []
    services.hand_over([str(row.pk)], frm=cast.owner, to=cast.same_team, by=cast.manager)
    row.refresh_from_db()
    assert (row.owner, UnitPerson.objects.count()) == (cast.same_team, 0)


def test_the_clerk_reads_what_to_bring_out_in_the_next_week(cast, campaign, unit, leaflets):
    row = reserve(
        approved(unit, campaign, cast.owner),
        cast.owner,
        items=[Taken(ItemKind.LEAFLET, 30, material=leaflets)],
    )
    approved(make_unit("温州商会", owner=cast.lead), campaign, cast.lead)
    make_briefing(make_unit("福州商会", owner=cast.owner), campaign, cast.owner)
    later = business_date() + timedelta(9)
    approved(make_unit("厦门商会", owner=cast.owner), campaign, cast.owner, **asked_hours(later))
    told = collect_for_clerk([cast.clerk, cast.finance], business_date())
    (first, url), (second, _url) = told[cast.clerk.pk]
    assert told.keys() == {cast.clerk.pk, cast.finance.pk}
    assert (first.endswith("泉州商会: bring out 1 kind of things"), url) == (True, row.get_absolute_url())
    assert second.endswith("温州商会: nothing is reserved yet")


def test_a_collected_time_is_said_in_the_language_of_whoever_draws_it(cast, campaign, unit):
    """Digests are collected for all at once and drawn for each."""
    row = approved(unit, campaign, cast.owner)
    [(_row, when, _words, _due)] = collect_briefings([row.owner], business_date())[row.owner_id]
    with translation.override("zh-hans"):
        assert str(when).startswith(f"{row.day.month}月{row.day.day}日 ")
    with translation.override("en"):
        assert "月" not in str(when)


def asked_hours(day):
    return {"starts_at": moment(day, time(18)), "ends_at": moment(day, time(20))}


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_the_last_leaflets_are_reserved_by_one_of_two_briefings(cast, monkeypatch):
    load_default_routes()
    campaign = make_campaign()
    leaflets = add_material(campaign, {"name": "项目折页", "quantity": 50}, by=None)
    move(leaflets, MoveKind.RECEIPT, 50, on=business_date(), text="", by=cast.clerk)
    monkeypatch.setattr(stock, "_write", meeting(stock._write))
    items = [Taken(ItemKind.LEAFLET, 30, material=leaflets)]
    answers = at_once(*_two_reserve(cast, campaign, (cast.owner, cast.lead), items))
    assert sorted(answers, key=str) == sorted([Briefing, BusinessError], key=str)
    assert (stock_of(leaflets), Booking.objects.count()) == (20, 1)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_one_of_us_is_reserved_by_one_of_two_briefings_because_of_the_constraint(cast, monkeypatch):
    load_default_routes()
    campaign = make_campaign()
    acts = _two_reserve(cast, campaign, (cast.same_team, cast.same_team), ())
    book = bookings.book
    monkeypatch.setattr(bookings, "book", meeting(book))
    assert sorted(at_once(*acts), key=str) == sorted([Briefing, ConflictError], key=str)
    assert Booking.objects.count() == 1
    with without_constraint("visits_booking", "booking_one_at_a_time"):
        Booking.objects.all().delete()
        Briefing.objects.update(state="approved")
        monkeypatch.setattr(bookings, "book", meeting(book))
        assert (at_once(*acts), Booking.objects.count()) == ([Briefing, Briefing], 2)


def _two_reserve(cast, campaign, people, items):
    rows = [
        approved(make_unit(name, owner=who), campaign, who)
        for name, who in (("泉州商会", cast.owner), ("温州商会", cast.lead))
    ]
    return [
        lambda row=row, who=who: type(reserve(row, who, items=items))
        for row, who in zip(rows, people, strict=True)
    ]
