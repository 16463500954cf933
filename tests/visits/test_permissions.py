"""Who may do what with plans, appointments and visits of one person of group 1: everybody else of the cast may not."""

from datetime import date, time

import pytest
import time_machine

from tests.factories.accounts import make_unit
from tests.factories.visits import NOW, make_appointment, make_line, make_plan, make_visit
from visits.appointments import permissions as appointments
from visits.plans import permissions as plans
from visits.visits import permissions as visits

EVERYBODY = (
    *("owner", "same_team", "lead", "manager", "other_team", "other_lead", "other_manager", "director"),
    *("marketing", "gm", "finance", "clerk", "hr", "admin", "gone"),
)
SELLERS = {"owner", "same_team", "lead", "manager", "other_team", "other_lead", "other_manager"}
#: The person, and those who lead with the right to write.
WRITERS = {"owner", "manager", "director"}


@pytest.fixture
def facts(cast):
    with time_machine.travel(NOW, tick=False):
        return _facts(cast)


def _facts(cast):
    unit = make_unit(owner=cast.owner, team=cast.team)
    plan = make_plan(cast.owner)
    return {
        "plan": plan,
        "line": make_line(plan, unit, start=time(9), end=time(10)),
        "appointment": make_appointment(unit, cast.owner),
        "unit": unit,
        "visit": make_visit(unit, user=cast.owner, on=date(2026, 6, 22)),
        "owner": cast.owner,
        "team": cast.team.pk,
    }


def who_may(cast, ask):
    return {name for name in EVERYBODY if ask(getattr(cast, name))}


def test_plans(cast, facts):
    plan, line = facts["plan"], facts["line"]
    assert who_may(cast, plans.can_plan) == SELLERS | {"director"}
    assert who_may(cast, lambda u: plans.can_plan_for(u, facts["owner"], facts["team"])) == WRITERS
    assert who_may(cast, lambda u: plans.can_plan_for(u, cast.finance, None)) == set()
    assert who_may(cast, lambda u: plans.can_edit_plan(u, plan)) == WRITERS
    assert who_may(cast, lambda u: plans.can_edit_line(u, line)) == WRITERS
    assert who_may(cast, lambda u: plans.can_submit_plan(u, plan)) == {"owner"}


def test_appointments(cast, facts):
    made = facts["appointment"]
    assert who_may(cast, appointments.can_record_appointment) == SELLERS | {"director", "clerk"}
    assert who_may(cast, lambda u: appointments.can_change_appointment(u, made)) == WRITERS | {"clerk"}
    made.recorded_by = cast.other_team
    assert who_may(cast, lambda u: appointments.can_change_appointment(u, made)) == WRITERS | {
        "clerk",
        "other_team",
    }
    assert who_may(cast, lambda u: appointments.can_plan_appointment(u, made)) == WRITERS


def test_visits(cast, facts):
    unit, visit = facts["unit"], facts["visit"]
    assert who_may(cast, lambda u: visits.can_log_visit(u, unit)) == WRITERS
    assert who_may(cast, lambda u: visits.can_change_visit(u, visit)) == {"owner"}
