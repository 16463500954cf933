"""Pages cut out of hits that were searched once, counts that look at no row, filters that never sort whole rows."""

import pytest
from django.db import connection
from django.db.models import Count
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from accounts.units.tables import UNITS
from kam.lists import paging
from kam.lists.filters import OneOf
from kam.lists.paging import Cursor, count_capped, cut_hits, read_hits, read_numbered
from kam.lists.selectors import page_context
from kam.lists.spec import Sort
from kam.lists.state import ListState
from kam.users.models import Team, User
from tests.factories.accounts import make_unit
from tests.kam.lists.demo_list import PEOPLE

pytestmark = pytest.mark.django_db
BY_NAME = Sort("name", "Name", "name")


@pytest.fixture
def seven():
    made = [
        User(
            staff_number=f"p{n}",
            name=f"Person {n}",
            email=f"p{n}@kam.example",
            position="specialist",
            password="!",
        )
        for n in range(7)
    ]
    return User.objects.bulk_create(made)


def rows():
    return User.objects.filter(staff_number__startswith="p")


def cut(hits, *, size=3, after=None, before=None):
    at = {user.pk: Cursor(user.name, user.pk, 0) for user in (after, before) if user}
    return cut_hits(
        hits,
        lambda numbers: list(rows().filter(pk__in=numbers)),
        BY_NAME,
        size=size,
        after=at[after.pk] if after else None,
        before=at[before.pk] if before else None,
    )


def test_pages_are_cut_forward_and_back(seven):
    hits = read_hits(rows(), BY_NAME, reverse=False)
    first = cut(hits)
    second = cut(hits, after=seven[2])
    last = cut(hits, after=seven[5])
    assert [[u.pk for u in page.rows] for page in (first, second, last)] == [hits[:3], hits[3:6], hits[6:]]
    assert [(page.start, page.previous is None, page.next is None) for page in (first, second, last)] == [
        (0, True, False),
        (3, False, False),
        (6, False, True),
    ]
    assert cut(hits, before=seven[3]).rows == first.rows


def test_a_cursor_that_is_gone_or_beyond_the_cap_is_left_to_the_keys(seven, monkeypatch):
    hits = read_hits(rows(), BY_NAME, reverse=False)
    assert cut(hits[1:], after=seven[0]) is None
    assert cut(hits[1:], before=seven[0]) is None
    monkeypatch.setattr(paging, "COUNT_CAP", 5)
    assert cut(hits[:6], after=seven[2]) is None


def test_a_row_that_vanished_between_the_two_questions_is_left_out(seven):
    hits = read_hits(rows(), BY_NAME, reverse=False)
    seven[1].delete()
    assert [user.pk for user in cut(hits).rows] == [hits[0], hits[2]]


def test_words_beyond_the_cap_page_on_by_key(seven, cast, monkeypatch):
    monkeypatch.setattr(paging, "COUNT_CAP", 5)
    state = ListState(PEOPLE, cast.director, QueryDict("q=Person"), "")
    first = page_context(state, [])
    after = first["next_url"].partition("after=")[2]
    second = page_context(ListState(PEOPLE, cast.director, QueryDict(f"q=Person&after={after}"), ""), [])
    assert (first["range_text"], second["range_text"]) == ("1–5", "6–7")


def test_words_are_searched_once(seven, cast):
    with CaptureQueriesContext(connection) as asked:
        page_context(ListState(PEOPLE, cast.director, QueryDict("q=Person"), ""), [])
    assert sum("%person%" in query["sql"].lower() for query in asked.captured_queries) == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda found: found,
        lambda found: found.distinct(),
        lambda found: found.annotate(led=Count("led_teams")),
        lambda found: found.filter(led_teams__isnull=False).distinct(),
    ],
)
def test_a_count_is_the_number_of_rows(seven, change):
    Team.objects.bulk_create(Team(name=f"T{n}", lead=seven[n % 2]) for n in range(4))
    found = change(rows().order_by("name"))
    assert count_capped(found) == len(found)


def test_a_filter_by_several_values_asks_for_no_distinct_rows(seven, cast):
    User.objects.filter(pk=seven[0].pk).update(position="manager")
    state = ListState(PEOPLE, cast.director, QueryDict("position=manager&position=specialist"), "")
    assert (state.rows().query.distinct, state.rows().count()) == (False, 7)
    assert ListState(PEOPLE, cast.director, QueryDict("position=manager"), "").rows().get() == seven[0]
    assert ListState(PEOPLE, cast.director, QueryDict("position="), "").rows().count() == 7


def test_rows_by_number_are_those_one_may_see(cast):
    own, others = make_unit(owner=cast.owner), make_unit(owner=cast.other_team)
    both = [own.pk, others.pk]
    assert {row.pk for row in read_numbered(UNITS, cast.director, both)} == set(both)
    assert [row.pk for row in read_numbered(UNITS, cast.owner, both)] == [own.pk]
    assert [row.owner_name for row in read_numbered(UNITS, cast.owner, both)] == [cast.owner.name]
    assert read_numbered(UNITS, cast.finance, both) == []
    assert read_numbered(UNITS, cast.director, []) == []


def test_words_that_can_find_nothing_have_no_hits():
    assert read_hits(rows().filter(pk__in=()), BY_NAME, reverse=False) == []


def test_a_filter_whose_meaning_a_method_says_is_no_condition():
    assert OneOf(field_name="tier").condition(["B", "A"]) == ("tier", ("A", "B"))
    assert OneOf(field_name="tier", method="by_progress").condition(["A"]) is None
