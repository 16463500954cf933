from datetime import date, time

import pytest

from kam.notes.models import Task
from kam.people.registry import all_holdings
from tests.factories.accounts import make_unit
from tests.factories.visits import make_appointment, make_line, make_plan
from visits.bookings.models import Booking
from visits.plans.models import PlanLine

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
    row = make_appointment(make_unit(owner=cast.owner), cast.owner)

    assert move_all("visits.appointments", cast.owner, cast.same_team, cast.manager) == []

    row.refresh_from_db()
    assert (row.user, Booking.objects.get().resource_id) == (cast.same_team, cast.same_team.pk)
