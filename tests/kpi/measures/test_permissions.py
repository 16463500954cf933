"""Who reads whose figures."""

import pytest

from kam.users.scopes import Reach
from kpi.measures.holders import holder_of
from kpi.measures.permissions import can_see_figures, can_see_measures, reach_of
from kpi.measures.rules import DEPARTMENT, Holder
from kpi.measures.terms import Kind

pytestmark = pytest.mark.django_db


def test_figures_reach_as_far_as_rows_and_everywhere_for_hr(cast):
    assert [reach_of(user) for user in (cast.owner, cast.manager, cast.clerk, cast.hr, cast.finance)] == [
        Reach.OWN,
        Reach.TEAM,
        Reach.DEPARTMENT,
        Reach.DEPARTMENT,
        Reach.NOTHING,
    ]
    assert (can_see_measures(cast.hr), can_see_measures(cast.gone), can_see_measures(cast.admin)) == (
        True,
        False,
        False,
    )


def test_a_person_sees_the_own_figures_a_manager_the_teams(cast):
    own, other = (Holder(Kind.PERSON, (user.pk,)) for user in (cast.owner, cast.other_team))
    team, second = (Holder(Kind.TEAM, (row.pk,)) for row in (cast.team, cast.second_team))
    assert can_see_figures(cast.owner, own)
    assert not can_see_figures(cast.owner, other, (cast.second_team.pk,))
    assert not can_see_figures(cast.owner, team)
    assert can_see_figures(cast.manager, own, (cast.team.pk,))
    assert can_see_figures(cast.manager, team)
    assert not can_see_figures(cast.manager, second)
    assert not can_see_figures(cast.manager, other, (cast.second_team.pk,))
    assert not can_see_figures(cast.manager, own, ())
    assert not can_see_figures(cast.manager, DEPARTMENT)
    assert can_see_figures(cast.director, DEPARTMENT)
    assert not can_see_figures(cast.finance, own)


def test_everybody_answers_for_something(cast):
    assert holder_of(cast.owner) == Holder(Kind.PERSON, (cast.owner.pk,))
    assert holder_of(cast.manager) == Holder(Kind.TEAM, (cast.team.pk,))
    assert holder_of(cast.director) == DEPARTMENT
