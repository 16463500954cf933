"""Who assesses whom, who closes, who appeals; who sets targets."""

import pytest

from kpi.measures.rules import DEPARTMENT, Holder
from kpi.measures.terms import Kind
from kpi.sheets.models import Sheet
from kpi.sheets.permissions import (
    can_ask_correction,
    can_assess,
    can_close,
    can_comment,
    can_review_self,
    can_see_sheets,
    can_sign,
    is_assessor,
)
from kpi.targets.permissions import can_ask_change, can_see_targets, can_set_target_of, can_set_targets
from tests.factories.kpi import make_sheet, make_target

pytestmark = pytest.mark.django_db


def sheets(cast):
    made = make_sheet(cast.owner)
    of = {sheet.user_id: sheet for sheet in Sheet.objects.of_period(made.period)}
    return of[cast.owner.pk], of[cast.manager.pk], of[cast.director.pk]


def test_everybody_is_assessed_by_those_above_and_nobody_by_themselves(cast):
    own, managers, directors = sheets(cast)
    people = (cast.owner, cast.manager, cast.other_manager, cast.director, cast.gm, cast.hr, cast.gone)
    assert [is_assessor(one, own) for one in people] == [False, True, False, True, False, False, False]
    assert [is_assessor(one, managers) for one in people] == [False, False, False, True, False, False, False]
    assert [is_assessor(one, directors) for one in people] == [False, False, False, False, True, False, False]


def test_what_may_be_done_follows_the_state(cast):
    own, _managers, _directors = sheets(cast)
    assert (can_assess(cast.manager, own), can_review_self(cast.owner, own)) == (True, True)
    assert can_comment(cast.hr, own)
    assert not (can_sign(cast.owner, own))
    assert not (can_ask_correction(cast.owner, own))
    own.state = "closed"
    assert not (can_assess(cast.manager, own))
    assert not (can_review_self(cast.owner, own))
    assert not (can_comment(cast.hr, own))
    assert can_sign(cast.owner, own)
    assert [can_ask_correction(one, own) for one in (cast.owner, cast.hr, cast.manager, cast.other_team)] == [
        True,
        True,
        True,
        False,
    ]
    cast.owner.is_active = False
    assert not can_ask_correction(cast.owner, own)


def test_hr_and_the_director_close_months(cast):
    assert [can_close(one) for one in (cast.hr, cast.director, cast.manager, cast.gone)] == [
        True,
        True,
        False,
        False,
    ]
    assert [can_see_sheets(one) for one in (cast.owner, cast.hr, cast.clerk, cast.gone)] == [
        True,
        True,
        False,
        False,
    ]


def test_targets_are_set_from_above(cast):
    own, self_ = (Holder(Kind.PERSON, (one.pk,)) for one in (cast.owner, cast.manager))
    team, second = (Holder(Kind.TEAM, (row.pk,)) for row in (cast.team, cast.second_team))
    ids = (cast.team.pk,)
    assert can_set_target_of(cast.manager, own, ids)
    assert can_set_target_of(cast.manager, team)
    assert not can_set_target_of(cast.manager, second)
    assert not can_set_target_of(cast.manager, self_, ids)
    assert not can_set_target_of(cast.manager, DEPARTMENT)
    assert can_set_target_of(cast.director, DEPARTMENT)
    assert not can_set_target_of(cast.owner, own, ids)
    assert (can_set_targets(cast.gm), can_see_targets(cast.hr), can_see_targets(cast.finance)) == (
        False,
        True,
        False,
    )


def test_a_change_is_asked_by_whose_target_it_is_and_from_above(cast):
    target = make_target(1200, person=cast.owner)
    people = (cast.owner, cast.manager, cast.director, cast.lead, cast.gone)
    assert [can_ask_change(one, target) for one in people] == [True, True, True, False, False]
