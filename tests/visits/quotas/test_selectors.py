"""Rings from the tables: what counts, what does not, and a fixed number of statements."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.accounts import make_contact, make_person, make_unit
from tests.factories.visits import make_visit
from visits.quotas.models import QuotaNorm
from visits.quotas.selectors import people_seen_by, quotas_of
from visits.quotas.terms import QuotaKey
from visits.visits.terms import Outcome, VisitKind

WEDNESDAY = date(2026, 11, 25)


@pytest.fixture(autouse=True)
def _in_the_evening():
    with time_machine.travel(datetime(2026, 11, 25, 20, tzinfo=ZoneInfo("Asia/Shanghai")), tick=False):
        yield


def rings(user, day=WEDNESDAY):
    return {quota.key: (quota.done, quota.owed) for quota in quotas_of([user], day)[user.pk]}


def test_only_calls_with_an_outcome_on_the_day_count(cast):
    unit = make_unit(owner=cast.owner)
    make_contact(unit, on=WEDNESDAY, by=cast.owner, called=True, outcome="reached")
    make_contact(unit, on=WEDNESDAY, by=cast.owner, called=True)
    make_contact(unit, on=WEDNESDAY, by=cast.owner, called=False, outcome="reached")
    make_contact(unit, on=WEDNESDAY - timedelta(1), by=cast.owner, called=True, outcome="reached")
    make_contact(unit, on=WEDNESDAY, by=cast.lead, called=True, outcome="reached")
    assert rings(cast.owner)[QuotaKey.CALLS_A_DAY] == (1, 30)


def test_units_count_once_a_week_when_held_and_in_time(cast):
    one, two, three = (make_unit(owner=cast.owner) for _ in range(3))
    visit = {"user": cast.owner, "on": WEDNESDAY - timedelta(1)}
    make_visit(one, make_person(one), **visit)
    make_visit(one, make_person(one), **visit, kind=VisitKind.SECOND)
    make_visit(two, **visit, outcome=Outcome.NOT_MET)
    make_visit(two, **visit, kind=VisitKind.PHONE)
    make_visit(three, **visit, is_late=True, business_date=None)
    make_visit(three, user=cast.owner, on=WEDNESDAY - timedelta(3))  # Sunday: the week before
    assert rings(cast.owner)[QuotaKey.UNITS_A_WEEK] == (1, 10)


def test_s172_each_a_unit_in_focus_owes_three_visits(cast):
    first = make_unit(owner=cast.owner, tier="A", is_focus=True)
    make_unit(owner=cast.owner, tier="A", is_focus=True)
    make_unit(owner=cast.owner, tier="A")
    make_unit(owner=cast.owner, tier="B", is_focus=True)
    for number in range(4):
        make_visit(first, user=cast.owner, on=WEDNESDAY - timedelta(number % 3))
    assert rings(cast.owner)[QuotaKey.A_VISITS_A_WEEK] == (3, 6)


def test_a_norm_in_force_changes_what_is_owed(cast):
    QuotaNorm.objects.create(key="calls_a_day", position="specialist", amount=20, valid_from=WEDNESDAY)
    assert rings(cast.owner)[QuotaKey.CALLS_A_DAY] == (0, 20)
    assert rings(cast.owner, WEDNESDAY - timedelta(1))[QuotaKey.CALLS_A_DAY] == (0, 30)
    assert rings(cast.lead)[QuotaKey.CALLS_A_DAY] == (0, 30)


def test_who_does_not_sell_owes_nothing(cast):
    assert quotas_of([cast.finance, cast.clerk, cast.hr], WEDNESDAY) == {}


def test_who_leads_sees_no_rings_of_their_own_until_a_norm_names_them(cast, client_of):
    assert quotas_of([cast.manager, cast.director], WEDNESDAY) == {}
    assert 'class="k-rings"' not in client_of(cast.manager).get("/").content.decode()
    QuotaNorm.objects.create(key="calls_a_day", position="manager", amount=5, valid_from=WEDNESDAY)
    assert rings(cast.manager)[QuotaKey.CALLS_A_DAY] == (0, 5)


def test_without_a_units_in_focus_there_is_no_ring_for_them(cast, client_of):
    page = client_of(cast.owner).get("/visits/quotas/")
    assert [quota.key for _label, quota in page.context["mine"]] == [
        QuotaKey.CALLS_A_DAY,
        QuotaKey.UNITS_A_WEEK,
        QuotaKey.TRIP_DAYS_A_MONTH,
    ]
    assert "0 / 0" not in page.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_everybody_is_asked_with_the_same_statements(cast, count):
    people = [cast.owner, cast.lead, cast.other_team][:count]
    for user in people:
        unit = make_unit(owner=user, tier="A", is_focus=True)
        make_visit(unit, user=user, on=WEDNESDAY)
    with CaptureQueriesContext(connection) as asked:
        quotas_of(people, WEDNESDAY)
    assert len(asked) == 5, [query["sql"][:100] for query in asked]


def test_one_sees_the_rings_of_those_one_leads(cast):
    assert list(people_seen_by(cast.owner)) == [cast.owner]
    assert set(people_seen_by(cast.lead)) == {cast.owner, cast.same_team, cast.lead}
    assert set(people_seen_by(cast.manager)) == {cast.owner, cast.same_team, cast.lead, cast.manager}
    assert cast.other_team in set(people_seen_by(cast.director))
    assert list(people_seen_by(cast.finance)) == []


def test_the_page_shows_rings_without_any_style_attribute(cast, client_of):
    page = client_of(cast.lead).get("/visits/quotas/").content.decode()
    assert ('stroke-dasharray="' in page, "style=" in page, "Same-Team" in page) == (True, False, True)


def test_a_digest_of_the_morning_knows_nothing_of_the_day(cast):
    unit = make_unit(owner=cast.owner)
    make_contact(unit, on=WEDNESDAY, by=cast.owner, called=True, outcome="reached")
    make_visit(unit, make_person(unit), user=cast.owner, on=WEDNESDAY)
    assert rings(cast.owner)[QuotaKey.CALLS_A_DAY] == (1, 30)
    with time_machine.travel(datetime(2026, 11, 25, 8, tzinfo=ZoneInfo("Asia/Shanghai")), tick=False):
        told = rings(cast.owner)
    assert (told[QuotaKey.CALLS_A_DAY], told[QuotaKey.UNITS_A_WEEK]) == ((0, 30), (0, 10))
