"""The department page, and how a department is meant to be staffed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.people.rules import Norm, StaffingGap, TeamShape, short_of, staffing_gaps
from kam.users.models import Industry
from tests.factories.kam import make_team, make_user


def test_t41_two_groups_of_two_industries_with_two_each_are_eight():
    norm = Norm()
    assert (norm.salespeople, norm.smallest, norm.largest) == (8, 6, 8)
    assert staffing_gaps(TeamShape(4, 2, has_lead=True), norm) == []
    assert short_of(norm, [TeamShape(4, 2, has_lead=True)] * 2) == 0


@pytest.mark.parametrize(
    ("shape", "gaps"),
    [
        (TeamShape(3, 2, has_lead=True), [StaffingGap.PEOPLE]),
        (TeamShape(5, 2, has_lead=True), [StaffingGap.PEOPLE]),
        (TeamShape(4, 1, has_lead=True), [StaffingGap.INDUSTRIES]),
        (TeamShape(4, 2, has_lead=False), [StaffingGap.LEAD]),
        (TeamShape(0, 0, has_lead=False), [StaffingGap.PEOPLE, StaffingGap.INDUSTRIES, StaffingGap.LEAD]),
    ],
)
def test_each_difference_from_the_norm_is_named(shape, gaps):
    assert staffing_gaps(shape, Norm()) == gaps


@given(st.lists(st.integers(0, 20), max_size=6))
def test_what_is_missing_and_who_is_there_make_the_norm_or_more(sizes):
    teams = [TeamShape(size, 2, has_lead=True) for size in sizes]
    assert sum(sizes) + short_of(Norm(), teams) == max(8, sum(sizes))


def test_the_page_shows_teams_with_their_gaps(cast, client_of):
    cast.team.industries.add(Industry.objects.create(code="oil", name="Oil"))
    text = client_of(cast.owner).get("/people/").content.decode()
    assert (cast.team.name in text, "3 salespeople: not as many" in text, "Oil" in text) == (True, True, True)


def test_the_statements_do_not_grow_with_the_teams(cast, client_of, django_assert_num_queries):
    client = client_of(cast.director)
    client.get("/people/")
    with django_assert_num_queries(7):
        client.get("/people/")
    for number in range(5):
        make_team(f"More {number}", members=(make_user(f"more-{number}"),))
    with django_assert_num_queries(7):
        client.get("/people/")
