"""Who opens, shares and changes reports. No database: reach is known beforehand."""

from types import SimpleNamespace

import pytest

from kam.users.models import Team, User
from kam.users.scopes import Reach, Scope
from kpi.reports.models import SavedReport
from kpi.reports.permissions import can_change_report, can_open_reports, can_share_report
from kpi.reports.terms import Sharing

pytestmark = pytest.mark.rules


def person(position, reach=Reach.DEPARTMENT, *, pk=1, is_active=True):
    user = User(pk=pk, position=position, is_active=is_active)
    user._kam_scope = Scope(reach, Reach.NOTHING, pk, ())
    return user


@pytest.mark.parametrize(
    ("position", "reach", "opens"),
    [
        ("specialist", Reach.OWN, True),
        ("finance", Reach.NOTHING, True),
        ("clerk", Reach.DEPARTMENT, True),
        ("hr", Reach.NOTHING, True),
        ("administrator", Reach.NOTHING, False),
    ],
)
def test_reports_are_opened_by_whoever_sees_rows(position, reach, opens):
    assert can_open_reports(person(position, reach)) is opens
    assert can_open_reports(person(position, reach, is_active=False)) is False


@pytest.mark.parametrize(
    ("position", "to_team", "to_all"),
    [
        ("specialist", False, False),
        ("team_lead", True, False),
        ("manager", True, False),
        ("director", False, True),
        ("clerk", False, True),
        ("finance", False, True),
    ],
)
def test_sharing_reaches_as_far_as_the_position(position, to_team, to_all):
    user = person(position)
    team = Team(lead_id=1, manager_id=1)
    assert can_share_report(user, Sharing.NOBODY, None) is True
    assert can_share_report(user, Sharing.TEAM, team) is to_team
    assert can_share_report(user, Sharing.TEAM, Team(lead_id=7, manager_id=8)) is False
    assert can_share_report(user, Sharing.TEAM, None) is False
    assert can_share_report(user, Sharing.EVERYBODY, team) is to_all


def test_only_its_owner_changes_a_report():
    report = SavedReport(owner_id=1)
    assert can_change_report(person("director"), report) is True
    assert can_change_report(person("director", pk=2), report) is False
    assert can_change_report(person("administrator", Reach.NOTHING), SimpleNamespace(owner_id=1)) is False
