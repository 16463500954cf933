"""The plan of a unit by HTTP: account plan, next step and visits of the period; other people's visits stay theirs."""

from datetime import time, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.development.models import AccountPlan, PlanAction, PlanGoal
from tests.factories.accounts import make_unit
from tests.factories.visits import MONDAY, NOW, make_line, make_plan
from visits.unit_plans.selectors import unit_plan
from visits.unit_plans.terms import Source, Span


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def planned(cast, lines=1):
    today = MONDAY
    unit = make_unit(owner=cast.owner, next_step="send the offer", next_step_due_on=today)
    plan = AccountPlan.objects.create(
        unit=unit, revision=1, author=cast.owner, vision="first supplier", state="approved", approved_on=today
    )
    PlanGoal.objects.create(plan=plan, place=1, title="ten sets", due_on=today)
    PlanAction.objects.create(plan=plan, place=1, text="meet the head", owner=cast.owner, due_on=today)
    week = make_plan(cast.owner, today)
    for hour in range(lines):
        make_line(week, unit, day=today, start=time(9 + hour), end=time(9 + hour, 30), purpose="see them")
    return unit


def test_what_is_planned_stands_on_one_page(cast, client_of):
    unit = planned(cast)
    plan = unit_plan(unit, cast.owner, Span.WEEK, MONDAY)
    assert [(item.source, item.text) for item, _label in plan.rows] == [
        (Source.GOAL, "ten sets"),
        (Source.ACTION, "meet the head"),
        (Source.NEXT_STEP, "send the offer"),
        (Source.VISIT, "see them"),
    ]
    owner = client_of(cast.owner)
    for address in (f"/accounts/{unit.pk}/plan/week/?day={MONDAY}", f"/accounts/{unit.pk}/tabs/plan/?day="):
        page = owner.get(address).content.decode()
        assert "first supplier" in page
        assert "ten sets" in page
        assert "see them" in page
    later = (MONDAY + timedelta(days=400)).isoformat()
    assert "ten sets" not in owner.get(f"/accounts/{unit.pk}/plan/year/?day={later}").content.decode()
    assert owner.get(f"/accounts/{unit.pk}/plan/day/").status_code == 404
    paper = owner.get(f"/accounts/{unit.pk}/plan/year/sheet.pdf?language=zh-hant")
    assert paper.content[:5] == b"%PDF-"


def test_the_page_costs_the_same_for_one_visit_and_for_three(cast):
    unit = planned(cast)
    with CaptureQueriesContext(connection) as one:
        unit_plan(unit, cast.owner, Span.WEEK, MONDAY)
    week = make_plan(cast.owner, MONDAY)
    for hour in (13, 15):
        make_line(week, unit, day=MONDAY, start=time(hour), end=time(hour, 30))
    with CaptureQueriesContext(connection) as three:
        plan = unit_plan(unit, cast.owner, Span.WEEK, MONDAY)
    assert len(plan.rows) == 6
    assert len(three) == len(one)
