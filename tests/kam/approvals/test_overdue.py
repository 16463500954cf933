"""Escalation counts working hours and happens once."""

from datetime import UTC, datetime

import pytest
import time_machine

from kam.approvals import services
from kam.approvals.models import Request, Stage
from kam.approvals.overdue import escalate_overdue
from kam.audit.models import AuditEntry
from kam.core.sentences import read_sentence
from kam.outbox.models import Notice
from kam.users.terms import Position
from tests.factories.approvals import make_route, make_wish
from tests.factories.kam import make_user

pytestmark = pytest.mark.django_db
#: Friday 20 November 2026, 15:00 in Shanghai; the office closes at 17:00.
FRIDAY = datetime(2026, 11, 20, 7, 0, tzinfo=UTC)


@pytest.fixture
def waiting(cast):
    make_route({"by": ["manager"]}, {"by": ["finance"]})
    with time_machine.travel(FRIDAY, tick=False):
        return services.submit("wish", make_wish(cast.owner), by=cast.owner)


def run_at(day, hour, minute=0):
    """Run the sweeper at a time of November 2026 in Shanghai."""
    with time_machine.travel(datetime(2026, 11, day, hour - 8, minute, tzinfo=UTC), tick=False):
        return read_sentence(escalate_overdue())


def test_a_weekend_does_not_count(waiting, cast):
    assert run_at(23, 14, 59) == "0 passed up"
    assert run_at(23, 15, 0) == "1 passed up"
    assert list(Request.objects.waiting_for(cast.director)) == [waiting]
    assert list(Request.objects.waiting_for(cast.manager)) == [waiting]
    assert run_at(23, 16) == "0 passed up"
    assert (
        AuditEntry.objects.get(act="approvals.request.escalated").actor_label == "system: approvals.escalate"
    )
    assert sorted(
        Notice.objects.filter(kind="approval.escalated").values_list("to__staff_number", flat=True)
    ) == [
        "director",
        "manager",
        "owner",
    ]


def test_a_stage_whose_decider_left_does_not_wait(waiting, cast):
    cast.manager.is_active = False
    cast.manager.save()
    assert run_at(20, 16) == "1 passed up"
    assert list(Request.objects.waiting_for(cast.director)) == [waiting]


def test_whoever_came_to_the_position_meanwhile_decides(waiting, cast):
    cast.manager.is_active = False
    cast.manager.save()
    successor = make_user("successor", Position.MANAGER)
    cast.team.manager = successor
    cast.team.save()
    assert run_at(20, 16) == "1 passed up"
    assert list(Request.objects.waiting_for(successor)) == [waiting]
    assert not Request.objects.waiting_for(cast.director).exists()


def test_a_finance_step_never_leaves_finance(waiting, cast):
    with time_machine.travel(FRIDAY, tick=False):
        services.approve(waiting, by=cast.manager, version=waiting.version)
    assert run_at(24, 15) == "0 passed up"
    stage = Stage.objects.get(state="pending")
    assert [seat.user for seat in stage.seats.all()] == [cast.finance]
    assert Notice.objects.filter(kind="approval.escalated", to=cast.finance).count() == 1
