from datetime import date, time

import pytest

from kam.approvals.models import Request
from kam.audit.models import AuditEntry
from kam.notes.models import Task
from kam.people.registry import all_holdings
from tests.factories.accounts import make_unit
from tests.factories.visits import make_appointment, make_approved_plan, make_line, make_plan
from visits.bookings.models import Booking
from visits.plans.models import PlanLine
from visits.plans.services import submit_plan, submit_supplement

pytestmark = pytest.mark.usefixtures("thursday", "routes")


def holding(key):
    return next(h for h in all_holdings() if h.key == key)


def move_all(key, frm, to, by):
    kind = holding(key)
    kind.move([row.id for row in kind.of(frm)], frm, to, by)
    return kind.of(frm)


def test_planned_visits_go_to_the_successor_at_the_same_time(cast):
    """S-222: nothing stays behind, history keeps the old owner."""
    unit = make_unit(owner=cast.owner)
    line = make_line(make_plan(cast.owner), unit)
    unit.owner = cast.same_team
    unit.save()

    assert move_all("visits.plan_lines", cast.owner, cast.same_team, cast.manager) == []

    line.refresh_from_db()
    new = PlanLine.objects.get(plan__user=cast.same_team)
    assert (line.state, line.reason) == ("cancelled", "Handed over to Same-Team")
    assert (new.unit, new.day, new.start, Booking.objects.count()) == (unit, line.day, time(9), 1)


def test_where_the_successor_is_not_free_a_task_stands_for_the_visit(cast):
    unit = make_unit("泉州商会", owner=cast.same_team)
    line = make_line(make_plan(cast.owner), make_unit(owner=cast.owner))
    PlanLine.objects.filter(pk=line.pk).update(unit=unit)
    make_line(make_plan(cast.same_team), unit)

    assert move_all("visits.plan_lines", cast.owner, cast.same_team, cast.manager) == []

    task = Task.objects.get()
    assert (task.assignee, task.due_on, task.subject_label) == (cast.same_team, date(2026, 6, 29), "泉州商会")


def test_open_appointments_go_to_the_successor(cast):
    """At a unit of somebody else; at one's own they go along with the unit (test_unit_goes_along)."""
    row = make_appointment(make_unit(owner=cast.same_team), cast.owner)

    assert move_all("visits.appointments", cast.owner, cast.same_team, cast.manager) == []

    row.refresh_from_db()
    assert (row.user, Booking.objects.get().resource_id) == (cast.same_team, cast.same_team.pk)


def waiting_for(user):
    return [request.subject_key for request in Request.objects.waiting_for(user)]


def test_a_waiting_week_is_withdrawn_when_nothing_of_it_is_left(cast):
    """The manager has nothing to decide about a week whose visits belong to others now."""
    plan = make_plan(cast.owner)
    units = [make_unit(owner=cast.owner) for _n in range(2)]
    lines = [
        make_line(plan, unit, start=time(hour), end=time(hour + 1))
        for unit, hour in zip(units, (9, 14), strict=True)
    ]
    plan = submit_plan(plan, by=cast.owner)
    for unit in units:
        unit.owner = cast.same_team
        unit.save()
    kind = holding("visits.plan_lines")
    kind.move([str(lines[0].pk)], cast.owner, cast.same_team, cast.manager)
    assert waiting_for(cast.manager) == ["visit_plan"]
    kind.move([str(lines[1].pk)], cast.owner, cast.same_team, cast.manager)

    plan.refresh_from_db()
    request = Request.objects.get()
    assert waiting_for(cast.manager) == []
    assert (plan.state, request.state, request.closed_by, request.closed_reason) == (
        "withdrawn",
        "withdrawn",
        cast.manager,
        "Handed over to Same-Team",
    )
    assert AuditEntry.objects.filter(act="approvals.request.withdrawn").count() == 1
    assert PlanLine.objects.filter(plan__user=cast.same_team).count() == 2


def test_a_waiting_supplement_is_withdrawn_and_the_approved_week_stays(cast):
    plan, _line = make_approved_plan(cast.owner, cast.manager, cast.director)
    unit = make_unit(owner=cast.owner)
    extra = submit_supplement(make_line(plan, unit, start=time(15), end=time(16)), by=cast.owner)
    assert waiting_for(cast.manager) == ["visit_plan_supplement"]
    holding("visits.plan_lines").move([str(extra.pk)], cast.owner, cast.same_team, cast.manager)

    extra.refresh_from_db()
    plan.refresh_from_db()
    assert waiting_for(cast.manager) == []
    assert (plan.state, extra.approval, extra.state) == ("approved", "withdrawn", "cancelled")
    assert sorted(Request.objects.values_list("subject_key", "state")) == [
        ("visit_plan", "approved"),
        ("visit_plan_supplement", "withdrawn"),
    ]
