"""What is counted over all visits and units of a department is read from indexes alone: no row is looked at (docs/bench.md)."""

from datetime import date

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from accounts.development.selectors.board import BoardAsked, board_of
from campaigns.campaigns.effect import effect_of
from kam.core.periods import month_of
from kpi.dashboards.selectors import heat_of
from kpi.measures.holders import Choice
from kpi.measures.rules import DEPARTMENT
from tests.factories.accounts import make_unit
from tests.factories.campaigns import make_campaign
from tests.factories.visits import make_visit

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 15)


def plans_of(act, *words):
    """Return how the server would read each statement of `act` that holds these words, where neither size nor luck decides."""
    with CaptureQueriesContext(connection) as asked:
        act()
    found = [row["sql"] for row in asked if all(word in row["sql"] for word in words)]
    told = []
    with connection.cursor() as cursor:
        for way in ("seqscan", "bitmapscan", "sort", "hashagg"):
            cursor.execute(f"set local enable_{way} = off")
        for sql in found:
            cursor.execute(f"explain {sql}")
            told.append("\n".join(line for (line,) in cursor.fetchall()))
    return told


@pytest.fixture
def unit(cast):
    made = make_unit(owner=cast.owner)
    make_visit(made, user=cast.owner, on=DAY)
    return made


def test_visits_of_each_day_of_a_month(unit):
    choice = Choice(DEPARTMENT, "", month_of(DAY), [], [])
    (plan,) = plans_of(lambda: heat_of(choice), "visits_visit", "group by day")
    assert "Index Only Scan using visit_held_by_business_date on visits_visit" in plan
    assert "accounts_keyaccount" not in plan


def test_visits_of_the_units_of_a_campaign(cast, unit):
    campaign = make_campaign(window_from=DAY, window_to=DAY)
    campaign.candidates.create(unit=unit, round=1, channel="chamber", name=unit.name)
    act = lambda: effect_of(campaign, cast.director, ("Visits",), DAY)  # noqa: E731 -- asked once
    (plan,) = plans_of(act, 'FROM "visits_visit"', "COUNT(*)")
    assert "Index Only Scan using visit_held_by_unit on visits_visit" in plan


def test_units_of_each_phase_and_day(cast, unit):
    act = lambda: board_of(cast.director, BoardAsked.of(QueryDict()))  # noqa: E731 -- asked once
    (plan,) = plans_of(act, "COUNT(*)", "GROUP BY 1, 2")
    assert "Index Only Scan using unit_by_phase on accounts_keyaccount" in plan
