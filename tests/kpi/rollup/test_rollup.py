"""What is kept is what the rows say, whatever happens to the rows: through services, by hand, in any order."""

import json
import random
from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.units.models import StatusChange
from kam.core.periods import month_of
from kpi.measures.rules import DEPARTMENT, Holder
from kpi.measures.selectors import figures_of
from kpi.measures.terms import Kind
from kpi.rollup import services
from kpi.rollup.models import Kept, Touched
from kpi.rollup.selectors import sums_of, totals_of
from kpi.rollup.terms import KEPT
from kpi.rollup.verify import compare
from tests.factories.accounts import make_contact, make_unit
from tests.factories.kpi import at
from tests.factories.visits import make_visit
from tests.kpi.rollup.world import ACTS, JUNE, MONTHS, TODAY, World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def june():
    with at(TODAY):
        yield


def refreshed():
    services.freshen(MONTHS)
    assert compare().first is None


def raw(holders):
    """Return holder → figures; the rows are read once for all of them."""
    figures = {(key, month.first): told for month in MONTHS for key, told in figures_of(KEPT, month).items()}
    return {holder: {key: told.of(holder) for key, told in figures.items()} for holder in holders}


def kept(holder):
    return sums_of(dict.fromkeys(MONTHS, KEPT), holder)


def holders(cast):
    people = [
        Holder(Kind.PERSON, (user.pk,)) for user in (cast.owner, cast.same_team, cast.other_team, cast.lead)
    ]
    both = (cast.team.pk, cast.second_team.pk)
    return [DEPARTMENT, Holder(Kind.TEAM, (cast.team.pk,)), Holder(Kind.TEAM, both), *people]


def assert_true(cast):
    """Kept or not, touched or not: what is told is what the rows come to."""
    for holder, figures in raw(holders(cast)).items():
        assert kept(holder) == figures, holder


@pytest.mark.parametrize("seed", range(6))
def test_random_acts_leave_what_is_kept_equal_to_the_rows(cast, seed):
    """Before it is refreshed, because what is touched is read from the rows; and after, because it was added up again."""
    dice = random.Random(seed)
    world = World(cast, dice)
    refreshed()
    for _n in range(14):
        getattr(world, dice.choice(ACTS))()
        if dice.random() < 0.5:
            assert_true(cast)
        refreshed()
        assert not Touched.objects.exists()
    assert_true(cast)
    assert Kept.objects.exclude(amount=0).exists()


@pytest.mark.parametrize("act", ACTS)
def test_every_act_alone_is_told_by_its_marks(cast, act):
    """With everything kept, an act that changes a figure of somebody is told at once, and is in what is kept after the refresh."""
    world = World(cast, random.Random(act))
    for name in ("visit_logged", "call_made", "deal_closed", "unit_developed", "complaint_judged"):
        for _n in range(3):
            getattr(world, name)()
    refreshed()
    before = raw(holders(cast))
    for _n in range(12):
        getattr(world, act)()
        if raw(holders(cast)) != before:
            break
    else:
        pytest.fail("the act changed no figure")
    assert_true(cast)
    refreshed()
    assert_true(cast)


def test_a_sum_that_is_wrong_is_named(cast, capsys):
    make_visit(make_unit(owner=cast.owner), user=cast.owner, on=date(2026, 6, 8))
    refreshed()
    Kept.objects.filter(measure="visits.held", month=JUNE.first, level="person").update(amount=2)
    told = compare()
    assert str(told.first) == (
        f"visits.held 2026-06 person {cast.owner.pk} team {cast.team.pk}: kept 2.00, rows 1"
    )
    with pytest.raises(SystemExit) as stopped:
        call_command("kpi", "compare", "--json")
    assert stopped.value.code == 1
    assert json.loads(capsys.readouterr().out)["first_bad"] == str(told.first)
    call_command("kpi", "recompute")
    call_command("kpi", "compare")
    assert "the same" in capsys.readouterr().out
    assert compare().first is None


def test_a_sum_without_rows_and_a_row_without_sum_are_named_too(cast):
    refreshed()
    Kept.objects.filter(measure="calls.made", month=JUNE.first, level="department").update(amount=3, facts=3)
    assert str(compare().first) == "calls.made 2026-06 department: kept 3.00, rows 0"
    services.rebuild([JUNE.first])
    make_contact(make_unit(owner=cast.owner), on=date(2026, 6, 8), called=True, outcome="回电", by=cast.owner)
    assert compare().first is None  # touched: nobody is told what is kept
    Touched.objects.all().delete()
    assert str(compare().first) == "calls.made 2026-06 department: kept 0.00, rows 1"


def test_what_is_kept_is_read_and_not_the_rows_where_nothing_was_touched(cast):
    refreshed()
    Kept.objects.filter(measure="calls.made", month=JUNE.first, level="department").update(amount=3)
    assert kept(DEPARTMENT)["calls.made", JUNE.first] == 3
    make_contact(make_unit(owner=cast.owner), on=date(2026, 6, 8), called=True, outcome="回电", by=cast.owner)
    assert kept(DEPARTMENT)["calls.made", JUNE.first] == 1


def test_a_month_to_come_and_a_stock_are_read_from_the_rows(cast):
    july = month_of(date(2026, 7, 1))
    services.freshen([JUNE, july])
    assert set(Kept.objects.values_list("month", flat=True)) == {JUNE.first}
    StatusChange.objects.create(unit=make_unit(owner=cast.owner), old="", new="stable", on=date(2026, 5, 1))
    told = sums_of({JUNE: ["units.held"], july: ["units.held", "calls.made"]}, DEPARTMENT)
    assert (
        told["units.held", JUNE.first],
        told["units.held", july.first],
        told["calls.made", july.first],
    ) == (1, 1, 0)


def test_everybodys_figures_of_a_month_are_those_of_the_rows(cast):
    unit = make_unit(owner=cast.owner)
    for user, day in ((cast.owner, 8), (cast.owner, 9), (cast.other_team, 9)):
        make_visit(unit, user=user, on=date(2026, 6, day))
    told = []
    for _kept in range(2):
        told.append(totals_of(["visits.held", "calls.made"], [JUNE]))
        refreshed()
    assert told[0] == told[1]
    assert told[0]["visits.held", JUNE.first].totals == {
        (cast.owner.pk, cast.team.pk): (2, 2),
        (cast.other_team.pk, cast.second_team.pk): (1, 1),
    }


def test_statements_do_not_grow_with_what_is_kept(cast):
    counts = []
    for days in ((1, 2), (3, 4, 5, 6, 7)):
        for day in days:
            make_visit(make_unit(owner=cast.owner), user=cast.owner, on=date(2026, 6, day))
        refreshed()
        with CaptureQueriesContext(connection) as caught:
            services.freshen(MONTHS)
            kept(DEPARTMENT)
        counts.append(len(caught))
    assert counts == [2, 2]


def test_the_minute_keeps_a_year_ready_and_says_what_it_did(cast):
    make_visit(make_unit(owner=cast.owner), user=cast.owner, on=date(2026, 6, 8))
    assert services.keep_ready() == str(13 * len(KEPT))
    assert services.keep_ready() is None
    make_visit(make_unit(owner=cast.owner), user=cast.owner, on=date(2026, 5, 8))
    assert services.keep_ready() is not None
    assert (compare().compared, compare().first) == (13 * len(KEPT), None)


def test_marks_alike_are_one(cast, monkeypatch):
    unit, asked = make_unit(owner=cast.owner), []
    services.refresh()
    for _n in range(3):
        make_contact(unit, on=date(2026, 6, 8), called=True, outcome="回电", by=cast.owner)
    assert Touched.objects.filter(source="calls").count() == 3
    know = services.what_to_redo
    monkeypatch.setattr(
        services, "what_to_redo", lambda marks, *rest: know(asked.extend(marks) or marks, *rest)
    )
    services.refresh([JUNE.first])
    assert [mark.person for mark in asked if mark.source == "calls"] == [cast.owner.pk]
