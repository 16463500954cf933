"""The dashboard of a month over HTTP: its tables are the figures of the statements."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kam.core.periods import month_of
from kpi.dashboards import selectors
from kpi.dashboards.selectors import asked_sums, tiles_of
from kpi.dashboards.views import month_figures
from kpi.measures.holders import choose
from kpi.measures.rules import Holder
from kpi.measures.selectors import figures
from kpi.measures.terms import Kind
from tests.factories.accounts import make_unit
from tests.factories.kpi import at, make_target
from tests.factories.visits import make_visit

pytestmark = pytest.mark.django_db
JUNE = month_of(date(2026, 6, 1))


def fill(cast, days=(8, 9, 9)):
    for n, day in enumerate(days):
        make_visit(make_unit(f"泉州商会{day}{n}", owner=cast.owner), user=cast.owner, on=date(2026, 6, day))


def test_every_table_is_what_the_statements_say(cast, client_of):
    fill(cast)
    make_target(120, "visits.held", person=cast.owner)
    with at(date(2026, 6, 15)):
        page = client_of(cast.owner).get("/kpi/", {"month": "2026-06"})
    told = {tile.measure.key: tile for tile in page.context["tiles"]}
    assert (told["visits.held"].amount, told["visits.held"].planned, told["visits.held"].percent) == (
        3,
        10,
        30,
    )
    mine = Holder(Kind.PERSON, (cast.owner.pk,))
    for tile in told.values():
        assert tile.amount == figures(tile.measure.key, JUNE).of(mine)
    visits = next(trend for trend in page.context["trends"] if trend.measure.key == "visits.held")
    assert (len(visits.months), visits.months[-1]) == (12, (JUNE, Decimal(3)))
    heat = {cell.day.day: cell.count for week in page.context["weeks"] for cell in week if cell}
    assert (heat[8], heat[9], heat[10]) == (1, 2, 0)
    assert page.context["ranking"] == []


def test_the_running_month_is_not_yet_a_month_without_an_order(cast, client_of):
    empty = []
    for now in (date(2026, 6, 15), date(2026, 7, 1)):
        with at(now):
            page = client_of(cast.owner).get("/kpi/", {"month": "2026-06"})
            empty += [trend.empty for trend in page.context["trends"] if trend.measure.key == "sales.deals"]
    assert empty == [11, 12]


def test_the_department_ranks_its_people_unless_asked_not_to(cast, client_of):
    fill(cast)
    client = client_of(cast.director)
    page = client.get("/kpi/", {"month": "2026-06"})
    assert [(rank.name, rank.visits) for rank in page.context["ranking"]] == [("Owner", 3)]
    assert {tile.measure.key for tile in page.context["tiles"]} >= {"expenses.spent", "expenses.budget"}
    assert client.get("/kpi/", {"month": "2026-06", "ranking": "no"}).context["ranking"] == []


def test_nobody_looks_at_others_by_the_address(cast, client_of):
    assert client_of(cast.owner).get("/kpi/", {"of": f"person-{cast.other_team.pk}"}).status_code == 404
    assert client_of(cast.owner).get("/kpi/", {"of": "department"}).status_code == 404


def test_statements_do_not_grow_with_rows(cast, client_of):
    client = client_of(cast.director)
    client.get("/kpi/", {"month": "2026-06"})
    counts = []
    for days in ((8,), (9, 10, 11, 12)):
        fill(cast, days)
        with CaptureQueriesContext(
            connection,
        ) as caught:
            client.get("/kpi/", {"month": "2026-06"})
        counts.append(len(caught))
    assert counts[0] == counts[1] < 70


@pytest.mark.parametrize(("month", "is_told"), [("2026-05", False), ("2026-06", True), ("2026-07", False)])
def test_only_the_running_month_goes_on_at_its_pace(cast, month, is_told):
    with at(date(2026, 6, 15)):
        choice = choose(cast.owner, of="", month=month)
        tiles = tiles_of(
            choice, asked_sums(choice, of_department=False), date(2026, 6, 15), of_department=False
        )
    assert {tile.forecast is not None for tile in tiles if tile.measure.key == "visits.held"} == {is_told}


def test_fifty_of_a_large_department_are_ranked_on_the_page_and_all_in_the_workbook(
    cast, client_of, monkeypatch
):
    monkeypatch.setattr(selectors, "MOST_RANKED", 1)
    unit = make_unit("泉州商会", owner=cast.owner)
    for user in (cast.owner, cast.same_team):
        make_visit(unit, user=user, on=date(2026, 6, 8))
    make_visit(unit, user=cast.owner, on=date(2026, 6, 9))
    page = client_of(cast.director).get("/kpi/", {"month": "2026-06"})
    assert [(rank.name, rank.visits) for rank in page.context["ranking"]] == [("Owner", 2)]
    assert "The first 1 of 2 people" in page.content.decode()
    whole = month_figures(choose(cast.director, of="", month="2026-06"))["ranking"]
    assert [rank.name for rank in whole] == ["Owner", "Same-Team"]


def test_names_of_whose_figures_are_offered_are_text(cast, client_of):
    cast.team.name = "<b>&"
    cast.team.save(update_fields=["name"])
    page = client_of(cast.director).get("/kpi/", {"of": f"team-{cast.team.pk}"}).content.decode()
    assert f'<option value="team-{cast.team.pk}" selected>&lt;b&gt;&amp;</option>' in page
    assert "<b>&<" not in page
