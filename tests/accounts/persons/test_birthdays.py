"""Birthdays of the next days: to the owner, with name and day, on the page and in the plan, never in a mail."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.persons.birthdays import birthdays
from kam.today.blocks import collect, draw
from kam.today.mail import mailed
from kam.today.terms import Exit
from tests.factories.accounts import make_person, make_unit

pytestmark = pytest.mark.django_db
TUESDAY = date(2026, 6, 23)


@pytest.fixture
def people(cast):
    unit = make_unit("泉州商会", owner=cast.owner)
    other = make_unit("温州商会", owner=cast.other_team)
    return {
        "soon": make_person(unit, "林美华", birthday=date(1978, 6, 25)),
        "today": make_person(unit, "许志远", birthday=date(1965, 6, 23)),
        "later": make_person(unit, "蔡文斌", birthday=date(1970, 7, 1)),
        "left": make_person(unit, "黄秀梅", birthday=date(1970, 6, 24), left_on=date(2026, 1, 1)),
        "foreign": make_person(other, "郑伟", birthday=date(1980, 6, 24)),
    }


def test_the_owner_reads_the_next_days_in_order_and_nobody_else(cast, people):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        found = birthdays([cast.owner, cast.same_team, cast.manager], TUESDAY)
    assert len(queries) == 1
    assert {pk: [(row.person.name, row.on) for row in rows] for pk, rows in found.items()} == {
        cast.owner.pk: [("许志远", date(2026, 6, 23)), ("林美华", date(2026, 6, 25))]
    }


@pytest.mark.parametrize(
    ("day", "on"), [(date(2026, 2, 25), date(2026, 2, 28)), (date(2028, 2, 25), date(2028, 2, 29))]
)
def test_who_was_born_on_the_29th_of_february_is_not_forgotten(cast, day, on):
    make_person(make_unit("泉州商会", owner=cast.owner), "许志远", birthday=date(1972, 2, 29))
    assert [row.on for row in birthdays([cast.owner], day)[cast.owner.pk]] == [on]


def test_the_year_is_not_told_and_no_mail_tells_the_day(cast, people):
    blocks = draw(cast.owner, TUESDAY, Exit.PLAN, collect([cast.owner], TUESDAY, Exit.PLAN))
    kept = [block.as_json() for block in blocks]
    (told,) = [block for block in kept if block["key"] == "birthdays"]
    assert "林美华" in told["text"]
    assert "1978" not in told["html"] + told["text"]
    assert "birthdays" not in [block["key"] for block in mailed(kept)]
