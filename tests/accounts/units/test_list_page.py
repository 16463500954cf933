"""The list of units: only what is one's own, by part, sound, code and telephone; constant in statements."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.units.services import create_unit
from accounts.units.terms import Channel, Tier
from tests.factories.accounts import make_unit


@pytest.fixture
def units(cast):
    mine = create_unit(
        {"name": "泉州商会", "channel": Channel.CHAMBER, "phone": "0731-2233445"},
        by=cast.owner,
        owner=cast.owner,
    )
    team = create_unit(
        {"name": "温州商会", "channel": Channel.CHAMBER}, by=cast.same_team, owner=cast.same_team
    )
    other = create_unit(
        {"name": "株洲机车厂", "channel": Channel.FACTORY}, by=cast.other_team, owner=cast.other_team
    )
    nobody = create_unit({"name": "芦淞大市场", "channel": Channel.MARKET}, by=cast.clerk)
    return {"mine": mine, "team": team, "other": other, "nobody": nobody}


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("owner", {"mine"}),
        ("lead", {"mine", "team"}),
        ("manager", {"mine", "team"}),
        ("other_manager", {"other"}),
        ("director", {"mine", "team", "other", "nobody"}),
        ("clerk", {"mine", "team", "other", "nobody"}),
    ],
)
@pytest.mark.parametrize("query", ["", "?export=csv"])
def test_no_unit_of_others_ever_appears(cast, client_of, units, who, sees, query):
    answer = client_of(getattr(cast, who)).get(f"/accounts/{query}")
    text = b"".join(answer.streaming_content).decode() if answer.streaming else answer.content.decode()
    assert {key for key, unit in units.items() if unit.name in text} == sees


def test_a_manager_counts_own_units_and_the_teams_each_once(cast, client_of, units):
    for team in (cast.team, cast.second_team, None):
        make_unit(owner=cast.manager, team=team)
    assert "5 units" in client_of(cast.manager).get("/accounts/").content.decode()
    assert "3 units" in client_of(cast.lead).get("/accounts/").content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=泉州", {"mine"}),
        ("q=qzsh", {"mine"}),
        ("q=shanghui", {"mine", "team"}),
        ("q=07312233445", {"mine"}),
        ("q=0731223344", set()),
        ("channel=factory", {"other"}),
        ("nobody=yes", {"nobody"}),
        ("channel=chamber&q=温州", {"team"}),
        ("silent=7", {"mine", "team", "other", "nobody"}),
    ],
)
def test_search_and_filters(cast, client_of, units, query, found):
    html = client_of(cast.director).get(f"/accounts/?{query}").content.decode()
    assert {key for key, unit in units.items() if f'href="/accounts/{unit.pk}/"' in html} == found


def test_the_list_costs_the_same_for_three_and_thirty(cast, client_of):
    page = client_of(cast.manager)

    def statements():
        with CaptureQueriesContext(connection) as caught:
            assert page.get("/accounts/").status_code == 200
        return len(caught)

    for _n in range(3):
        make_unit(owner=cast.owner, tier=Tier.A, last_visit_on=date(2026, 6, 1))
    few = statements()
    for _n in range(27):
        make_unit(owner=cast.owner)
    assert statements() == few


def test_the_panel_chooses_nothing_by_itself(cast, client_of):
    panel = client_of(cast.owner).get("/accounts/?panel=filter").content.decode()
    for name in ("silent", "unvisited"):
        first = panel.split(f'name="{name}"')[1].split("</option>")[0]
        assert 'value=""' in first
