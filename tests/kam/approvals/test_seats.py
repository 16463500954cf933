"""Whoever holds the position today decides: inbox, number on the rail, bell, digest and the act itself agree (spec 01)."""

from datetime import date

import pytest

from kam.approvals import services
from kam.approvals.inbox import inbox_of
from kam.approvals.models import Decision, Request, Stage
from kam.approvals.overdue import escalate_overdue
from kam.approvals.rules import sits_at
from kam.approvals.seats import fill_empty_stages
from kam.approvals.selectors import waiting_count
from kam.audit.models import AuditEntry
from kam.core.clock import business_date
from kam.core.errors import BusinessError
from kam.core.sentences import read_sentence
from kam.outbox.models import Message, Notice
from kam.people.services.teams import change_team
from kam.people.services.users import change_position, deactivate_user
from kam.today.sections import collect_approvals
from kam.users.models import User
from kam.users.terms import LINE, Position
from tests.factories.approvals import make_route, make_wish
from tests.factories.kam import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_(cast):
    make_route({"by": ["manager"]}, {"by": ["director"]}, {"by": ["finance"]})
    return services.submit("wish", make_wish(cast.owner), by=cast.owner)


def who_may(request, *people):
    """Return the staff numbers of those who find `request` in inbox, number on the rail and digest; all three must agree."""
    people = [User.objects.get(pk=person.pk) for person in people]  # as the next request reads them
    inbox = {p.staff_number for p in people if [c.request.pk for c in inbox_of(p).cards if c.can_decide]}
    rail = {p.staff_number for p in people if waiting_count(p)}
    digest = {p.staff_number for p in people if p.pk in collect_approvals(people, business_date())}
    assert inbox == rail == digest, (inbox, rail, digest)
    return inbox


def told(request):
    """Return who has a line under the bell and a mail about this request's decision."""
    bell = Notice.objects.filter(kind="approval.waiting").values_list("to__staff_number", flat=True)
    mail = Message.objects.filter(kind="approval.waiting").values_list("to__staff_number", flat=True)
    return set(bell), set(mail)


def code_of(client_of, request, person):
    user = User.objects.get(pk=person.pk)
    answer = client_of(user).post(
        f"/approvals/{request.pk}/approve/", {"version": request.version, "reason": ""}
    )
    return answer.status_code


def demote(cast):
    change_position(cast.manager, Position.SPECIALIST, by=cast.hr)


def sideways(cast):
    change_position(cast.manager, Position.CLERK, by=cast.hr)


def leave(cast):
    User.objects.filter(pk=cast.manager.pk).update(is_active=False)
    fill_empty_stages(by=None)


@pytest.mark.parametrize("change", [demote, sideways, leave])
def test_the_next_person_up_decides_when_the_decider_is_none_any_more(cast, client_of, request_, change):
    assert who_may(request_, cast.manager, cast.director) == {"manager"}
    change(cast)
    assert who_may(request_, cast.manager, cast.director) == {"director"}
    assert told(request_) == ({"manager", "director"}, {"manager", "director"})
    assert code_of(client_of, request_, cast.manager) in {
        302,
        404,
    }  # 302: a deactivated person is at the sign-in page
    assert Decision.objects.count() == 0
    assert AuditEntry.objects.filter(act="approvals.seat.moved").count() == 1
    assert code_of(client_of, request_, cast.director) == 302
    assert Decision.objects.get().person == cast.director


def test_a_deactivated_decider_hands_over_first_and_their_access_ends(cast, request_):
    """Leaving goes by the handover: nothing may stay behind, also no decision (S-222)."""
    with pytest.raises(BusinessError, match="Hand over first"):
        deactivate_user(cast.manager, on=date(2026, 11, 22), by=cast.admin)
    assert who_may(request_, cast.manager, cast.director) == {"manager"}


def test_a_promoted_decider_keeps_what_waits_below(cast, request_):
    change_position(cast.manager, Position.DIRECTOR, by=cast.hr)
    assert who_may(request_, cast.manager, cast.director) == {"manager"}


def test_the_teams_new_manager_takes_what_waits(cast, client_of, request_):
    successor = make_user("successor", Position.MANAGER)
    team = cast.team
    change_team(team, name=team.name, lead=team.lead, manager=successor, industries=[], by=cast.admin)
    request_.refresh_from_db()
    assert who_may(request_, cast.manager, successor, cast.director) == {"successor"}
    assert code_of(client_of, request_, cast.manager) == 404
    assert code_of(client_of, request_, successor) == 302


def test_a_team_without_manager_leaves_it_to_who_has_it(cast, request_):
    team = cast.team
    change_team(team, name=team.name, lead=team.lead, manager=None, industries=[], by=cast.admin)
    assert who_may(request_, cast.manager, cast.director) == {"manager"}


def test_a_step_that_comes_later_opens_for_who_holds_the_position_then(cast, request_):
    """The director of the day of submitting is a clerk when the step opens; the new director is asked, the clerk told nothing."""
    change_position(cast.director, Position.CLERK, by=cast.gm)
    new = make_user("new-director", Position.DIRECTOR)
    services.approve(request_, by=cast.manager, version=request_.version)
    assert who_may(request_, cast.director, new, cast.marketing) == {"new-director"}
    assert told(request_)[0] == {"manager", "new-director"}


def test_a_vacancy_waits_and_is_filled_when_somebody_comes(cast, request_):
    request_ = services.approve(request_, by=cast.manager, version=request_.version)
    services.approve(request_, by=cast.director, version=request_.version)
    change_position(cast.finance, Position.CLERK, by=cast.hr)
    assert who_may(request_, cast.finance, cast.gm) == set()
    assert Stage.objects.get(state="pending").positions == ["finance"]
    change_position(cast.same_team, Position.FINANCE, by=cast.hr)
    assert who_may(request_, cast.finance, cast.same_team) == {"same-team"}


def test_the_sweeper_finds_a_vacancy_that_was_passed_up_before(cast, request_):
    Stage.objects.filter(state="pending").update(escalated_at="2026-01-01T00:00:00Z")
    User.objects.filter(pk=cast.manager.pk).update(position="hr")
    assert read_sentence(escalate_overdue()) == "1 passed up"
    assert who_may(request_, cast.manager, cast.director) == {"director"}
    assert read_sentence(escalate_overdue()) == "0 passed up"


def test_who_left_the_position_sees_the_request_no_more_but_what_they_decided_stays(cast, request_):
    services.approve(request_, by=cast.manager, version=request_.version)
    for person in (cast.manager, cast.director):
        change_position(person, Position.CLERK, by=cast.gm)
        person.refresh_from_db()
    assert list(Request.objects.visible_to(cast.manager)) == [request_]
    assert list(Request.objects.visible_to(cast.director)) == []


def test_a_manager_by_name_only_is_not_asked(cast):
    """The team still names somebody as its manager who is a specialist by now: the step is vacant for a new request."""
    make_route({"by": ["manager"]}, {"by": ["director"]})
    User.objects.filter(pk=cast.manager.pk).update(position="specialist")
    request = services.submit("wish", make_wish(cast.owner), by=cast.owner)
    assert who_may(request, cast.manager, cast.director) == {"director"}


@pytest.mark.parametrize("position", Position)
def test_sits_at_names_the_own_position_and_the_line_below(position):
    below = LINE[: LINE.index(position)] if position in LINE else ()
    assert set(sits_at(position)) == {position, *below}


def test_the_number_of_statements_does_not_grow_with_the_seats(cast, django_assert_max_num_queries):
    make_route({"by": ["manager"]})
    for _n in range(12):
        services.submit("wish", make_wish(cast.owner), by=cast.owner)
    with django_assert_max_num_queries(4):
        assert Request.objects.waiting_for(cast.manager).count() == 12
        assert Request.objects.visible_to(cast.manager).count() == 12
