"""The account plan: written, approved by manager and director, measured, reviewed, replaced; its rules and its paper."""

from datetime import date, timedelta
from decimal import Decimal

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.competition.models import ProductLine
from accounts.competition.rules import Position
from accounts.competition.services import learn_position
from accounts.competition.terms import Supply
from accounts.development.models import AccountPlan, PlanReview
from accounts.development.registry import measures, register_measure
from accounts.development.rules.plans import Action, Goal, freshness, goal_state, reached_percent
from accounts.development.selectors.facts import facts_of
from accounts.development.selectors.plans import shown_plan
from accounts.development.services_plan import begin_plan, review_plan, submit_plan, write_plan
from accounts.development.terms import GoalState, PlanState
from kam.approvals import services as approvals
from kam.approvals.models import Request
from kam.approvals.routes import load_default_routes
from kam.core.clock import business_date
from kam.core.days import say_day
from kam.core.errors import BusinessError, ConflictError
from kam.notes.models import Task
from tests.factories.accounts import make_contact, make_unit

DAY = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("reviewed", "promised", "today", "due", "over"),
    [
        (None, None, DAY + timedelta(90), DAY + timedelta(90), 0),
        (None, None, DAY + timedelta(91), DAY + timedelta(90), 1),
        (DAY + timedelta(30), None, DAY + timedelta(120), DAY + timedelta(120), 0),
        (DAY + timedelta(30), DAY + timedelta(60), DAY + timedelta(65), DAY + timedelta(60), 5),
        (DAY + timedelta(30), DAY + timedelta(300), DAY + timedelta(121), DAY + timedelta(120), 1),
    ],
)
def test_a_plan_is_fresh_until_its_day(reviewed, promised, today, due, over):
    found = freshness(in_force_since=DAY, reviewed_on=reviewed, promised_on=promised, every=90, today=today)
    assert (found.due_on, found.days_over, found.is_stale) == (due, over, over > 0)


@pytest.mark.parametrize(
    ("value", "target", "today", "state", "percent"),
    [
        (Decimal(9), Decimal(9), DAY, GoalState.REACHED, 100),
        (Decimal(12), Decimal(9), DAY, GoalState.REACHED, 100),
        (Decimal(8), Decimal(9), DAY, GoalState.RUNNING, 88),
        (Decimal(8), Decimal(9), DAY + timedelta(1), GoalState.LATE, 88),
        (None, None, DAY, GoalState.UNMEASURED, 0),
        (Decimal(8), None, DAY, GoalState.UNMEASURED, 0),
        (Decimal(-1), Decimal(9), DAY, GoalState.RUNNING, 0),
        (Decimal(1), Decimal(0), DAY, GoalState.REACHED, 0),
    ],
)
def test_a_goal_is_reached_running_or_late(value, target, today, state, percent):
    assert goal_state(value, target, due_on=DAY, today=today) is state
    assert reached_percent(value, target) == percent


@given(st.decimals(0, 10**6, places=2), st.decimals("0.01", 10**6, places=2))
def test_all_of_it_is_reached_exactly_when_the_goal_is(value, target):
    is_reached = goal_state(value, target, due_on=DAY, today=DAY) is GoalState.REACHED
    assert (reached_percent(value, target) == 100) == is_reached


def body(plan, **more):
    rows = {
        "goal": [{"title": "三十天内见三次", "measure": "visits", "target": "3", "due_on": "2027-03-31"}],
        "action": [{"text": "约会长吃早茶", "owner": str(plan.author_id), "due_on": "2027-01-15"}],
    } | more
    told = {"seen": str(plan.version), "vision": "三年内成为集团客户", "review_days": "60"}
    for prefix, forms in rows.items():
        told |= {f"{prefix}-TOTAL_FORMS": str(len(forms)), f"{prefix}-INITIAL_FORMS": "0"}
        for number, form in enumerate(forms):
            told |= {f"{prefix}-{number}-{name}": value for name, value in form.items()}
    return told


@pytest.fixture
def unit(cast):
    load_default_routes()
    return make_unit("泉州商会", owner=cast.owner)


def approve(*deciders):
    for decider in deciders:
        request = Request.objects.latest("pk")
        approvals.approve(request, by=decider, version=request.version)


def test_a_plan_from_the_first_word_to_the_next_revision(unit, cast, client_of):
    client, address = client_of(cast.owner), f"/accounts/{unit.pk}/plan/"
    assert "No plan yet." in client.get(address).content.decode()
    assert client.post(f"{address}begin/").status_code == 302
    plan = AccountPlan.objects.get()
    early = client.post(f"{address}submit/", {"seen": plan.version})
    assert early.status_code == 422
    assert "Write the vision first." in early.content.decode()
    assert client.post(f"{address}edit/", body(plan)).status_code == 302
    stale = client.post(f"{address}edit/", body(plan))
    assert stale.status_code == 409
    plan.refresh_from_db()
    assert client.post(f"{address}submit/", {"seen": plan.version}).status_code == 302
    assert not Task.objects.exists()
    assert client.get(f"{address}edit/").status_code == 302
    request = Request.objects.get()
    card = client_of(cast.manager).get(f"/approvals/{request.pk}/").content.decode()
    for text in (
        "三年内成为集团客户",
        f"三十天内见三次 · Visits held since the plan is in force 3 · {say_day(date(2027, 3, 31))}",
        "约会长吃早茶",
    ):
        assert text in card
    approve(cast.manager, cast.director)
    plan.refresh_from_db()
    assert (plan.state, plan.approved_on) == (PlanState.APPROVED, business_date())
    task = Task.objects.get()
    assert (task.text, task.assignee, task.due_on) == ("约会长吃早茶", cast.owner, date(2027, 1, 15))
    assert facts_of([unit.pk], day=business_date())[unit.pk].direction == "三年内成为集团客户"

    make_contact(unit, on=business_date())
    page = client.get(address).content.decode()
    assert "1 / 3" in page
    assert "33 %" in page
    assert client.post(f"{address}review/", {"conclusion": "进度正常"}).status_code == 302
    assert "进度正常" in client.get(address).content.decode()
    assert "进度正常" in client.get(f"/accounts/{unit.pk}/timeline/?kind=plans").content.decode()

    assert client.post(f"{address}begin/").status_code == 302
    second = AccountPlan.objects.get(revision=2)
    assert (second.vision, second.goals.get().title) == ("三年内成为集团客户", "三十天内见三次")
    submit_plan(second, by=cast.owner, version=second.version)
    approve(cast.manager, cast.director)
    states = AccountPlan.objects.order_by("revision").values_list("state", flat=True)
    assert list(states) == ["replaced", "approved"]
    assert Task.objects.count() == 1


def test_what_is_returned_is_written_on_and_what_is_rejected_is_over(unit, cast):
    plan = begin_plan(unit, by=cast.owner)
    assert begin_plan(unit, by=cast.owner) == plan
    told = {"vision": "x", "review_days": 90, "goals": [Goal("y", DAY)], "actions": []}
    with pytest.raises(BusinessError, match="at least one goal"):
        submit_plan(write_plan(plan, **told, by=cast.owner, version=1), by=cast.owner, version=2)
    plan = written(plan, cast)
    submit_plan(plan, by=cast.owner, version=plan.version)
    request = Request.objects.get()
    approvals.return_for_changes(request, by=cast.manager, version=request.version, reason="measure it")
    plan.refresh_from_db()
    assert plan.state == PlanState.RETURNED
    submit_plan(plan, by=cast.owner, version=plan.version)
    request.refresh_from_db()
    approvals.reject(request, by=cast.manager, version=request.version, reason="no")
    plan.refresh_from_db()
    assert plan.state == PlanState.REJECTED
    with pytest.raises(ConflictError):
        review_plan(plan, conclusion="x", by=cast.owner)
    third = written(begin_plan(unit, by=cast.owner), cast)
    submit_plan(third, by=cast.owner, version=third.version)
    request = Request.objects.latest("pk")
    approvals.withdraw(request, by=cast.owner, version=request.version)
    third.refresh_from_db()
    assert third.state == PlanState.WITHDRAWN
    assert not PlanReview.objects.exists()


def written(plan, cast):
    plan.refresh_from_db()
    goals, actions = [Goal("y", DAY, "visits", Decimal(3))], [Action("z", cast.owner, DAY)]
    return write_plan(
        plan, vision="x", review_days=90, goals=goals, actions=actions, by=cast.owner, version=plan.version
    )


@pytest.mark.parametrize(
    "goal", [Goal("y", DAY, "visits"), Goal("y", DAY, "", Decimal(3)), Goal("y", DAY, "nothing", Decimal(3))]
)
def test_a_target_and_its_measure_belong_together(unit, cast, goal):
    plan = begin_plan(unit, by=cast.owner)
    with pytest.raises(BusinessError):
        write_plan(
            plan, vision="x", review_days=90, goals=[goal], actions=[], by=cast.owner, version=plan.version
        )
    assert not plan.goals.exists()
    with pytest.raises(BusinessError):
        write_plan(
            plan,
            vision="x",
            review_days=90,
            goals=[Goal("y", DAY)] * 13,
            actions=[],
            by=cast.owner,
            version=1,
        )


def test_bad_rows_are_told_and_nothing_is_written(unit, cast, client_of):
    plan = begin_plan(unit, by=cast.owner)
    client, address = client_of(cast.owner), f"/accounts/{unit.pk}/plan/edit/"
    for rows in (
        [{"title": "x", "due_on": ""}],
        [{"title": "x", "due_on": "2027-01-01", "measure": "dance"}],
        [{"title": "x", "due_on": "2027-01-01", "measure": "visits"}],
    ):
        assert client.post(address, body(plan, goal=rows)).status_code == 422
    foreign = [{"text": "x", "owner": str(cast.other_team.pk), "due_on": "2027-01-01"}]
    assert client.post(address, body(plan, action=foreign)).status_code == 422
    assert client.post(address, {"seen": "1"}).status_code == 422
    plan.refresh_from_db()
    assert (plan.vision, plan.version, plan.goals.count()) == ("", 1, 0)


def test_the_paper_has_every_word(unit, cast, client_of):
    plan = written(begin_plan(unit, by=cast.owner), cast)
    line = ProductLine.objects.get_or_create(code="dwellings", defaults={"label": "Dwellings"})[0]
    learn_position(unit, line, Position(Supply.NOBODY, value_amount=Decimal(5000)), by=cast.owner, seen=None)
    answer = client_of(cast.owner).get(f"/accounts/{unit.pk}/plan.pdf?revision={plan.revision}")
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(answer.content))
    packed = "".join(text.split())  # letters of headings stand apart
    for word in ("泉州商会", "Visitsheld", "5,000.00", cast.owner.name):
        assert word in packed
    assert shown_plan(plan, business_date()).open_amount == Decimal("5000.00")
    assert client_of(cast.owner).get(f"/accounts/{unit.pk}/plan.pdf?revision=9").status_code == 404


def test_a_review_must_look_ahead(unit, cast):
    plan = written(begin_plan(unit, by=cast.owner), cast)
    submit_plan(plan, by=cast.owner, version=plan.version)
    approve(cast.manager, cast.director)
    plan.refresh_from_db()
    for told in ({"conclusion": " "}, {"conclusion": "x", "next_on": business_date()}):
        with pytest.raises(BusinessError):
            review_plan(plan, by=cast.owner, **told)
    assert not PlanReview.objects.exists()


def test_a_measure_has_one_meaning():
    with pytest.raises(ValueError, match="registered twice"):
        register_measure(measures()["visits"])
