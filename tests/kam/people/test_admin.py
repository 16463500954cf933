"""The administration: people are made, changed and deactivated through services; positions need a second person."""

import re
from datetime import date

import pytest

from kam.approvals.models import Request
from kam.approvals.services import approve, reject, return_for_changes
from kam.audit.models import AuditEntry
from kam.core.errors import BusinessError
from kam.notes.services import add_task
from kam.outbox.models import Message, Notice
from kam.people.models import PositionChange
from kam.people.services import positions, users
from kam.users.models import Membership, Team, User
from kam.users.terms import Position

NEW = {
    "staff_number": "new",
    "name": "新人",
    "email": "new@kam.example",
    "mobile": "",
    "position": "specialist",
    "language": "zh-hans",
    "time_zone": "Asia/Shanghai",
    "joined_on": "2026-01-05",
}


def test_a_new_person_gets_an_invitation_and_no_password(cast, client_of):
    assert client_of(cast.admin).post("/admin/users/user/add/", NEW).status_code == 302
    user = User.objects.get(staff_number="new")
    assert (user.name, user.has_usable_password(), user.joined_on) == ("新人", False, date(2026, 1, 5))
    assert Message.objects.get(to=user).kind == "people.invite"
    assert list(
        AuditEntry.objects.filter(object_id=str(user.pk)).order_by("id").values_list("act", flat=True)
    ) == [
        "people.user.created",
        "people.user.invited",
    ]


def test_a_taken_address_is_refused_at_the_field(cast, client_of):
    response = client_of(cast.admin).post("/admin/users/user/add/", NEW | {"email": "owner@kam.example"})
    assert response.status_code == 200
    assert list(response.context["adminform"].form.errors) == ["email"]
    assert not User.objects.filter(staff_number="new").exists()


def test_the_administrator_changes_a_name_but_not_a_position(cast, client_of):
    url = f"/admin/users/user/{cast.owner.pk}/change/"
    client_of(cast.admin).post(
        url, NEW | {"name": "改名", "email": "owner@kam.example", "position": "director"}
    )
    cast.owner.refresh_from_db()
    assert (cast.owner.name, cast.owner.position, cast.owner.staff_number) == ("改名", "specialist", "owner")


def test_a_position_changes_only_after_hr_or_the_general_manager_approved(cast):
    change = positions.propose_position(cast.owner, Position.TEAM_LEAD, reason="leads", by=cast.admin)
    cast.owner.refresh_from_db()
    assert cast.owner.position == Position.SPECIALIST
    request = Request.objects.get(subject_key="position_change", object_id=str(change.pk))
    approve(request, by=cast.hr, version=request.version)
    cast.owner.refresh_from_db()
    change.refresh_from_db()
    assert (cast.owner.position, change.applied_at is not None) == (Position.TEAM_LEAD, True)


def test_nobody_proposes_their_own_position_or_approves_it(cast):
    with pytest.raises(BusinessError):
        positions.propose_position(cast.hr, Position.DIRECTOR, reason="me", by=cast.hr)
    change = positions.propose_position(cast.hr, Position.FINANCE, reason="moves", by=cast.admin)
    request = Request.objects.get(subject_key="position_change", object_id=str(change.pk))
    with pytest.raises(Exception):  # noqa: B017, PT011 -- whichever refusal the engine gives
        approve(request, by=cast.hr, version=request.version)
    cast.hr.refresh_from_db()
    assert cast.hr.position == Position.HR


def test_one_proposal_at_a_time(cast):
    positions.propose_position(cast.owner, Position.TEAM_LEAD, reason="leads", by=cast.admin)
    with pytest.raises(BusinessError):
        positions.propose_position(cast.owner, Position.MANAGER, reason="leads", by=cast.director)
    assert PositionChange.objects.count() == 1


def test_who_holds_something_is_not_deactivated(cast, client_of):
    add_task("call", assignee=cast.owner, by=cast.owner)
    body = {"action": "deactivate", "_selected_action": [str(cast.owner.pk), str(cast.same_team.pk)]}
    client_of(cast.admin).post("/admin/users/user/", body)
    assert sorted(User.objects.filter(is_active=False).values_list("staff_number", flat=True)) == [
        "gone",
        "same-team",
    ]
    assert Membership.objects.get(user=cast.same_team).ended_on is not None


def test_joining_a_team_ends_the_membership_before(cast):
    users.join_team(cast.owner, cast.second_team, on=date(2026, 7, 1), by=cast.admin)
    assert list(
        Membership.objects.filter(user=cast.owner)
        .order_by("started_on")
        .values_list("team__name", "ended_on")
    ) == [("Group 1", date(2026, 6, 30)), ("Group 2", None)]


def test_a_team_changes_with_an_audit_entry_naming_both_values(cast, client_of):
    client_of(cast.admin).post(
        f"/admin/users/team/{cast.team.pk}/change/",
        {"name": "Group 1", "lead": cast.lead.pk, "manager": cast.other_manager.pk},
    )
    assert Team.objects.get(pk=cast.team.pk).manager == cast.other_manager
    assert AuditEntry.objects.get(act="people.team.changed").changes == {
        "manager": ["Manager", "Other-Manager"]
    }


def test_the_list_of_changes_of_position_says_positions_in_words(cast, client_of):
    positions.propose_position(cast.owner, Position.TEAM_LEAD, reason="leads", by=cast.admin)
    shown = client_of(cast.hr).get("/admin/people/positionchange/").content.decode()
    assert '<td class="field-position_before">Key-account specialist</td>' in shown
    assert "proposed on" in shown.lower()
    assert "created at" not in shown.lower()


def _state(page: str) -> list[str]:
    return re.findall(r'<td class="field-state">([^<]*)</td>', page)


def test_the_list_says_what_became_of_a_change_and_the_person_is_told(cast, client_of):
    first = positions.propose_position(cast.owner, Position.TEAM_LEAD, reason="leads", by=cast.admin)
    hr, url = client_of(cast.hr), "/admin/people/positionchange/"
    assert _state(hr.get(url).content.decode()) == ["Waiting"]
    request = Request.objects.get(subject_key="position_change", object_id=str(first.pk))
    assert "team_lead" not in hr.get(f"/approvals/{request.pk}/").content.decode()
    reject(request, by=cast.hr, version=request.version, reason="no seat is free")
    assert (_state(hr.get(url).content.decode()), Notice.objects.filter(kind="people.position").count()) == (
        ["Not approved"],
        0,
    )
    second = positions.propose_position(cast.owner, Position.TEAM_LEAD, reason="leads", by=cast.admin)
    request = Request.objects.get(subject_key="position_change", object_id=str(second.pk))
    approve(request, by=cast.hr, version=request.version)
    told = Notice.objects.get(kind="people.position")
    assert (told.to, told.text) == (cast.owner, "Your position is now Team lead.")
    assert _state(hr.get(url).content.decode()) == ["In force", "Not approved"]


def test_a_change_of_position_that_was_returned_waits_no_more_and_is_proposed_anew(cast, client_of):
    """No page changes a returned one: it would stand in the way of every other change of this person."""
    positions.propose_position(cast.owner, Position.TEAM_LEAD, reason="leads", by=cast.admin)
    request = Request.objects.get(subject_key="position_change")
    return_for_changes(request, by=cast.hr, version=request.version, reason="Since when?")
    listed = client_of(cast.hr).get("/admin/people/positionchange/").content.decode()
    assert _state(listed) == ["Not approved"]
    positions.propose_position(cast.owner, Position.TEAM_LEAD, reason="leads since June", by=cast.admin)
    assert PositionChange.objects.get(closed_at__isnull=True).reason == "leads since June"
    cast.owner.refresh_from_db()
    assert cast.owner.position == Position.SPECIALIST
