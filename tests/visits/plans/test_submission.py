from datetime import date, time
from decimal import Decimal

import pytest
import time_machine

from kam.approvals import services as approvals
from kam.approvals.selectors import request_for, snapshot_of
from kam.core.errors import BusinessError
from tests.factories.accounts import make_unit
from tests.factories.visits import MONDAY, approve_all, make_draft, make_line, make_plan
from visits.bookings.models import Booking
from visits.plans import services
from visits.plans.models import WeekPlan

pytestmark = pytest.mark.usefixtures("thursday", "routes")


def submitted(user, **fields):
    plan = make_plan(user)
    line = make_line(plan, **fields)
    return services.submit_plan(plan, by=user), line


def test_a_plan_goes_to_the_manager_and_the_director(cast):
    """S-162, 12-decisions 8: without costs finance is not asked."""
    plan, _line = submitted(cast.owner)
    approve_all("visit_plan", plan, cast.manager, cast.director)

    plan.refresh_from_db()
    assert (plan.state, request_for("visit_plan", plan).state) == ("approved", "approved")


def test_a_plan_with_costs_also_goes_to_finance(cast):
    plan, _line = submitted(cast.owner, cost=Decimal(260))
    approve_all("visit_plan", plan, cast.manager, cast.director)
    plan.refresh_from_db()
    assert plan.state == "pending"

    approve_all("visit_plan", plan, cast.finance)
    plan.refresh_from_db()
    assert plan.state == "approved"


def test_the_deciders_see_what_was_submitted(cast):
    unit = make_unit("泉州商会", owner=cast.owner, tier="A")
    plan, _line = submitted(cast.owner, unit=unit, cost=Decimal(80))

    shown = snapshot_of(request_for("visit_plan", plan))

    assert shown["title"] == "Owner · 2026-W27"
    assert shown["amount"] == "80.00"
    assert shown["facts"] == [["Lines", "1"], ["Units", "1 / 10"], ["A units", "1"]]
    assert [(part["day"], [ln["unit"] for ln in part["lines"]]) for part in shown["days"]] == [
        ("Mon 29 Jun", ["泉州商会"])
    ]
    assert shown["lines"][0][:3] == ["Mon 29 Jun", "09:00–10:30", "泉州商会"]


def test_a_pending_plan_stands_still(cast):
    plan, line = submitted(cast.owner)

    for act in (
        lambda: make_line(plan, day=date(2026, 7, 1)),
        lambda: services.cancel_line(line, by=cast.owner, reason="x"),
        lambda: services.move_line(line, to=services.Place(date(2026, 7, 1)), by=cast.owner, reason="x"),
    ):
        with pytest.raises(BusinessError) as refusal:
            act()
        assert refusal.value.code == "pending"

    line.refresh_from_db()
    assert (plan.lines.count(), line.day, line.state) == (1, MONDAY, "planned")


def test_a_week_that_waits_offers_no_form_and_says_why(cast, client_of):
    submitted(cast.owner)
    client, address = client_of(cast.owner), f"/visits/week/add/?week=2026-W27&user={cast.owner.pk}"
    answer = client.get(address, follow=True)
    assert [path.split("?")[0] for path, _status in answer.redirect_chain] == ["/visits/week/"]
    page = answer.content.decode()
    assert "The plan is waiting for approval; withdraw it to change it." in page
    assert 'name="purpose"' not in page


@pytest.mark.parametrize("act", [approvals.return_for_changes, approvals.reject])
def test_a_week_that_waits_no_more_offers_the_form(cast, client_of, act):
    """Returned it is changed, rejected a new one is begun."""
    plan, _line = submitted(cast.owner)
    request = request_for("visit_plan", plan)
    act(request, by=cast.manager, version=request.version, reason="too few A units")
    page = client_of(cast.owner).get(f"/visits/week/add/?week=2026-W27&user={cast.owner.pk}")
    assert page.status_code == 200
    assert 'name="purpose"' in page.content.decode()


def test_a_returned_plan_is_changed_and_submitted_again(cast):
    plan, line = submitted(cast.owner)
    request = request_for("visit_plan", plan)
    approvals.return_for_changes(request, by=cast.manager, version=request.version, reason="too few A units")
    plan.refresh_from_db()
    assert plan.state == "returned"

    services.move_line(line, to=services.Place(date(2026, 7, 1)), by=cast.owner)
    services.submit_plan(plan, by=cast.owner)
    approve_all("visit_plan", plan, cast.manager, cast.director)

    plan.refresh_from_db()
    assert plan.state == "approved"


def test_a_rejected_plan_frees_its_hours_and_is_copied_to_the_next_revision(cast):
    plan, _line = submitted(cast.owner)
    request = request_for("visit_plan", plan)
    approvals.reject(request, by=cast.manager, version=request.version, reason="not this week")
    plan.refresh_from_db()
    assert (plan.state, Booking.objects.count()) == ("rejected", 0)

    new, result = services.revise_plan(plan, by=cast.owner)

    assert (new.revision, new.state, result.copied, result.left_out) == (2, "draft", 1, ())
    assert Booking.objects.count() == 1
    assert services.open_week(cast.owner, year=2026, week=27, by=cast.owner) == new


def test_an_empty_week_and_a_week_that_is_over_are_not_submitted(cast):
    empty = make_plan(cast.owner)
    with pytest.raises(BusinessError) as refusal:
        services.submit_plan(empty, by=cast.owner)
    assert refusal.value.code == "empty"

    make_line(empty)
    with time_machine.travel(date(2026, 7, 8)), pytest.raises(BusinessError) as late:
        services.submit_plan(empty, by=cast.owner)
    assert late.value.code == "week_over"
    empty.refresh_from_db()
    assert (empty.state, request_for("visit_plan", empty)) == ("draft", None)


def test_opening_a_week_twice_gives_the_same_plan(cast):
    first = make_plan(cast.owner)

    assert make_plan(cast.owner) == first
    assert WeekPlan.objects.count() == 1


def test_last_week_is_copied_without_what_clashes(cast):
    source = make_plan(cast.owner)
    make_line(source)
    make_line(source, day=date(2026, 7, 1), start=time(14), end=time(15))
    target = make_plan(cast.owner, date(2026, 7, 6))
    make_line(target, day=date(2026, 7, 8), start=time(14, 30), end=time(15, 30))

    result = services.copy_lines(target, source=source, by=cast.owner)

    assert result.copied == 1
    assert [str(reason).split(":")[0] for _line, reason in result.left_out] == ["Owner is taken Wed 14"]
    assert target.lines.count() == 2


def test_a_manager_who_wrote_the_cost_does_not_approve_it(cast):
    """The last editor of the amount decides nothing; the director does (12-decisions, 9)."""
    plan = make_plan(cast.owner)
    unit = make_unit(owner=cast.owner)
    services.add_line(plan, make_draft(unit, cost=Decimal(80)), by=cast.manager)
    services.submit_plan(plan, by=cast.owner)
    request = request_for("visit_plan", plan)
    assert request.last_editor == cast.manager
    with pytest.raises(BusinessError) as refusal:
        approvals.approve(request, by=cast.manager, version=request.version)
    assert refusal.value.code == "not_yours"
    approve_all("visit_plan", plan, cast.director)
