"""Customers registered, sincere by earnest money, bought by a deal; the goals and the effect of the campaign count them."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.persons.models import Person
from campaigns.campaigns.effect import days_of, effect_of
from campaigns.campaigns.models import Goal
from campaigns.campaigns.selectors import shown_campaign
from campaigns.deals.services import cancel_deal
from campaigns.earnest.models import Earnest
from campaigns.earnest.services import EarnestTerms, ask_refund, note_earnest
from campaigns.prospects import services
from campaigns.prospects.models import Prospect
from kam.approvals.routes import load_default_routes
from kam.audit.models import AuditEntry
from kam.core.clock import business_date
from kam.core.errors import BusinessError
from tests.factories.accounts import make_person, make_unit
from tests.factories.campaigns import make_campaign, make_rules, make_signed
from tests.factories.earnest import receive
from tests.factories.gifts import decide_all
from tests.factories.prospects import make_prospect, prospect_terms
from tests.factories.visits import make_visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign():
    made = make_campaign(window_from=None, window_to=None)
    make_rules(made)
    for place, (kind, channel, target) in enumerate(
        [
            ("units", "chamber", 2),
            ("prospects", "", 2),
            ("sincere_percent", "", 30),
            ("prospects", "chamber", 1),
        ]
    ):
        Goal.objects.create(campaign=made, place=place, kind=kind, channel=channel, target=target)
    return made


@pytest.fixture
def unit(cast):
    return make_unit("泉州商会", owner=cast.owner, channel="chamber")


def reached(campaign, cast):
    return [entry.actual for entry in shown_campaign(campaign, cast.owner, business_date()).goals]


def refusal(code, act, *args, **kwargs):
    before = (Prospect.objects.count(), AuditEntry.objects.count())
    with pytest.raises(BusinessError) as caught, transaction.atomic():
        act(*args, **kwargs)
    assert caught.value.code == code
    assert (Prospect.objects.count(), AuditEntry.objects.count()) == before


def test_earnest_money_makes_sincere_a_refund_takes_it_back_and_goals_count(cast, campaign):
    load_default_routes()
    rows = [make_prospect(campaign, cast.owner, name) for name in ("曾丽", "柳春燕", "贺子轩")]
    terms = EarnestTerms(campaign, Decimal(5_000), name="曾丽", prospect=rows[0])
    earnest = note_earnest(terms, unit=None, by=cast.owner)
    assert reached(campaign, cast) == [0, 3, 0, 0]
    receive(earnest, cast.finance)
    rows[0].refresh_from_db()
    assert (rows[0].sincere_on, rows[0].progress) == (business_date(), "sincere")
    assert [str(n)[:5] for n in reached(campaign, cast)] == ["0", "3", "33.33", "0"]
    refusal("drop", services.drop_prospect, rows[0], reason="x", by=cast.owner, version=rows[0].version)
    earnest.refresh_from_db()
    decide_all("earnest_refund", ask_refund(earnest, reason="不买", by=cast.owner, version=earnest.version))
    rows[0].refresh_from_db()
    assert (rows[0].sincere_on, reached(campaign, cast)[2]) == (None, 0)


def test_a_customer_of_a_unit_becomes_a_person_and_buys_until_the_deal_is_cancelled(cast, campaign, unit):
    row = make_prospect(campaign, cast.owner, "洪嘉伟", unit, mobile="13900001111")
    services.make_person(row, by=cast.owner, version=row.version)
    row.refresh_from_db()
    assert (row.person.mobile, reached(campaign, cast)) == ("13900001111", [0, 0, 0, 1])
    refusal("person", services.make_person, row, by=cast.owner, version=row.version)
    earnest = note_earnest(
        EarnestTerms(campaign, Decimal(5_000), person=row.person), unit=unit, by=cast.owner
    )
    assert earnest.prospect == row  # found by the person
    deal = make_signed(unit, campaign, customer=row.person)
    row.refresh_from_db()
    assert (row.bought_on, row.progress) == (business_date(), "bought")
    cancel_deal(deal, reason="退房", by=cast.owner, version=deal.version)
    row.refresh_from_db()
    assert row.bought_on is None


def test_what_cannot_be_registered_is_refused(cast, campaign, unit):
    make_prospect(campaign, cast.owner, mobile="13900001111")
    person = make_person(unit, "许志远")
    make_prospect(campaign, cast.owner, "许志远", unit, person=person)
    stranger = make_person(make_unit("温州商会", owner=cast.owner), "外人")
    tomorrow = business_date() + timedelta(1)
    for code, fields in (
        ("twice", {"mobile": "13900001111"}),
        ("twice", {"mobile": "+86 139-0000 1111"}),
        ("twice", {"person": person}),
        ("stranger", {"person": stranger}),
        ("future", {"registered_on": tomorrow}),
    ):
        refusal(code, make_prospect, campaign, cast.owner, "某人", unit, **fields)
    refusal("not_running", make_prospect, make_campaign(state="closed"), cast.owner)
    other = make_prospect(make_campaign(), cast.owner)
    terms = EarnestTerms(campaign, Decimal(1), name="曾丽", prospect=other)
    refusal("campaign", note_earnest, terms, unit=None, by=cast.owner)


def test_given_up_taken_up_corrected_and_handed_over(cast, campaign):
    row = make_prospect(campaign, cast.owner, mobile="13900001111")
    refusal("drop", services.take_up_again, row, by=cast.owner, version=row.version)
    services.drop_prospect(row, reason="已购房", by=cast.owner, version=row.version)
    row.refresh_from_db()
    assert (row.progress, row.drop_reason) == ("dropped", "已购房")
    refusal("stale", services.take_up_again, row, by=cast.owner, version=1)
    row = services.take_up_again(row, by=cast.owner, version=row.version)
    services.change_prospect(
        row, prospect_terms(campaign, mobile="13900002222"), by=cast.owner, version=row.version
    )
    entry = AuditEntry.objects.filter(act="campaigns.prospect.changed").get()
    assert "13900002222" not in str(entry.changes)
    services.hand_over([str(row.pk)], frm=cast.owner, to=cast.same_team, by=cast.manager)
    row.refresh_from_db()
    assert (row.owner, row.mobile) == (cast.same_team, "13900002222")


def test_the_effect_goes_from_visits_to_deals_as_far_as_one_sees_the_units(cast, campaign, unit):
    person = make_person(unit, "洪嘉伟")
    make_visit(unit, person, user=cast.owner, on=business_date())
    make_prospect(campaign, cast.owner, "洪嘉伟", unit, person=person)
    make_prospect(campaign, cast.owner, "不买的", unit, intention="none")
    make_signed(unit, campaign, customer=person, quantity=2)
    told = effect_of(campaign, cast.owner, ("visits",), business_date())
    steps = {str(step.label): (step.number, step.units, step.percent) for step in told.sums}
    assert steps["visits"] == (1, 1, 100)
    assert (steps["Intentions"], steps["Sincere customers"]) == ((1, 1, 100), (0, 0, 0))
    assert steps["Sets signed"] == (2, 1, 100)
    assert [row.unit for row in told.rows] == [unit]
    assert effect_of(campaign, cast.other_team, ("visits",), business_date()).rows == []
    assert days_of(campaign, business_date())[1] == business_date()


def test_registered_and_followed_in_the_browser(cast, client_of, campaign, unit):
    owner = client_of(cast.owner)
    told = {
        "campaign": campaign.pk,
        "name": "柳春燕𠮷",
        "mobile": "13900001111",
        "channel": "chamber",
        "source": "introduction",
        "source_note": "秘书长",
        "intention": "strong",
        "need": "三房",
        "registered_on": business_date().isoformat(),
    }
    new = f"/accounts/{unit.pk}/prospects/new/"
    assert owner.get(new).status_code == 200
    assert (owner.post(new, told | {"name": ""}).status_code, Prospect.objects.count()) == (422, 0)
    assert owner.post(new, told).status_code == 302
    assert (owner.post(new, told).status_code, Prospect.objects.count()) == (422, 1)
    row = Prospect.objects.get()
    address = f"/prospects/{row.pk}/"
    assert owner.post(address + "person/", {"version": "1"}).status_code == 302
    page = owner.get(address).content.decode()
    assert "13900001111" in page
    assert f"prospect={row.pk}" in page
    assert f"person={Person.objects.get().pk}" in page
    lead = client_of(cast.lead).get(address).content.decode()
    assert ("13900001111" in lead, "139••••1111" in lead) == (False, True)
    earnest = f"/accounts/{unit.pk}/earnest/new/?campaign={campaign.pk}&prospect={row.pk}"
    assert f'value="{row.pk}" selected' in owner.get(earnest).content.decode()
    row.refresh_from_db()
    edited = owner.post(address + "edit/", told | {"version": row.version, "need": "四房"})
    row.refresh_from_db()
    assert (edited.status_code, row.need, Earnest.objects.count()) == (302, "四房", 0)
    assert "柳春燕𠮷" in owner.get("/prospects/?q=柳春燕").content.decode()
    assert "柳春燕𠮷" in owner.get(f"/accounts/{unit.pk}/tabs/prospects/").content.decode()
    assert "柳春燕𠮷" not in client_of(cast.other_team).get("/prospects/").content.decode()
    board = owner.get(f"/campaigns/{campaign.pk}/").content.decode()
    assert "Registered, other channels" in board
    assert "Visits held" in board


def test_the_list_costs_the_same_for_one_and_for_three(cast, client_of, campaign):
    owner, asked = client_of(cast.owner), []
    for count in (1, 2):
        for place in range(count):
            make_prospect(campaign, cast.owner, f"客户{count}{place}")
        owner.get("/prospects/")
        with CaptureQueriesContext(connection) as told:
            owner.get("/prospects/")
        asked.append(len(told))
    assert asked[0] == asked[1]
