from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.units.models import KeyAccount
from kam.users.models import Membership
from tests.factories.accounts import make_person, make_unit
from tests.factories.visits import (
    MONDAY,
    make_appointment,
    make_approved_plan,
    make_draft,
    make_line,
    make_plan,
    make_vehicle,
)
from visits.plans import services
from visits.plans.models import PlanLine, WeekPlan
from visits.plans.terms import VisitMode

pytestmark = pytest.mark.usefixtures("thursday", "routes")

WEEK = "/visits/week/?week=2026-W27"
HTMX = {"HX-Request": "true"}


def make_calls(plan, day):
    return services.add_line(
        plan, make_draft(None, day, purpose="电话回访", mode=VisitMode.CALLS), by=plan.user
    )


def post(client, line, act, **data):
    return client.post(f"/visits/week/lines/{line.pk}/{act}/", data, headers=HTMX)


def test_the_board_shows_the_week_with_its_sums(cast, client_of):
    unit = make_unit("泉州商会", owner=cast.owner, tier="A", is_focus=True)
    make_line(make_plan(cast.owner), unit, cost=Decimal(180), vehicle=make_vehicle())

    page = client_of(cast.owner).get(WEEK).content.decode()

    assert "Week 27 · 29 Jun – 5 Jul" in page
    assert "泉州商会" in page
    assert "湘B K2186 · ¥180.00" in page
    assert "Submit plan · 1 line" in page
    assert "2 more visits this week" in page


def test_all_that_is_wrong_with_a_new_line_is_said_at_once(cast, client_of):
    data = {"week": "2026-W27", "day": "2026-06-29", "half_day": "morning", "mode": "visit", "cost": "x"}
    with time_machine.travel(datetime(2026, 6, 30, 4, tzinfo=UTC), tick=False):
        answer = client_of(cast.owner).post("/visits/week/add/", data)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["unit", "day", "purpose", "cost"]
    assert answer.context["form"].errors["unit"] == ["Choose the unit."]
    assert not PlanLine.objects.exists()


def test_a_half_day_of_calls_needs_no_unit(cast, client_of):
    data = {
        "week": "2026-W27", "day": "2026-06-30", "half_day": "morning", "mode": "calls", "purpose": "电话回访", "cost": "0",
    }  # fmt: skip
    page = client_of(cast.owner).get("/visits/week/add/?week=2026-W27")
    assert page.context["form"].fields["unit"].required
    assert client_of(cast.owner).post("/visits/week/add/", data).status_code == 302
    assert PlanLine.objects.get().unit is None


def test_a_plan_with_a_visit_to_a_unit_that_moved_on_is_not_submitted(cast, client_of):
    unit = make_unit("泉州商会", owner=cast.owner)
    plan = make_plan(cast.owner)
    line = make_line(plan, unit)
    make_line(plan, make_unit("长沙酒店", owner=cast.owner), start=time(14), end=time(15, 30))
    KeyAccount.objects.filter(pk=unit.pk).update(owner=cast.other_team, team=cast.second_team)
    client = client_of(cast.owner)

    board = client.get(WEEK).content.decode()
    answer = client.post(f"/visits/week/{plan.pk}/submit/", headers=HTMX)

    plan.refresh_from_db()
    assert "The unit belongs to somebody else or is in the pool by now." in board
    assert f"/visits/prepare/{line.pk}/" not in board
    assert (answer.status_code, plan.state) == (422, "draft")
    assert "belong to somebody else by now: 泉州商会." in answer.content.decode()
    assert post(client, line, "cancel", version=line.version).status_code == 200
    assert client.post(f"/visits/week/{plan.pk}/submit/", headers=HTMX).status_code == 200
    plan.refresh_from_db()
    assert plan.state == "pending"


def test_looking_at_a_week_makes_no_plan(cast, client_of):
    assert client_of(cast.owner).get(WEEK).status_code == 200
    assert not WeekPlan.objects.exists()


@pytest.mark.parametrize("address", ["?week=2026-27", "?week=2026-W54", "?user=0"])
def test_what_is_no_week_or_nobody_is_not_found(cast, client_of, address):
    assert client_of(cast.owner).get(f"/visits/week/{address}").status_code == 404


def test_whoever_changed_teams_brings_no_rows_of_the_old_team_onto_the_board(cast, client_of):
    """The new manager sees the lines at units that are theirs to see, and nothing else of a plan made in another team."""
    old, new = make_unit("泉州商会", owner=cast.owner), make_unit("株洲机车厂", owner=cast.owner)
    plan = make_plan(cast.owner)
    make_line(plan, old)
    make_line(plan, new, day=MONDAY + timedelta(days=1))
    make_calls(plan, MONDAY + timedelta(days=2))
    services.set_goal(plan, "先签九套", by=cast.owner)
    make_appointment(old, cast.owner, starts_at=datetime(2026, 7, 2, 9, tzinfo=UTC))
    Membership.objects.filter(user=cast.owner).update(ended_on=date(2026, 6, 24))
    Membership.objects.create(user=cast.owner, team=cast.second_team, started_on=date(2026, 6, 25))
    KeyAccount.objects.filter(pk=new.pk).update(team=cast.second_team)
    said = ("泉州商会", "株洲机车厂", "电话回访", "先签九套")

    def shown(user):
        page = client_of(user).get(f"{WEEK}&user={cast.owner.pk}")
        return page.status_code, [words for words in said if words in page.content.decode()]

    assert shown(cast.other_manager) == (200, ["株洲机车厂"])
    assert shown(cast.owner) == (200, list(said))
    assert shown(cast.director) == (200, list(said))


def test_a_dropped_card_moves(cast, client_of):
    line = make_line(make_plan(cast.owner))

    answer = post(client_of(cast.owner), line, "move", day="2026-07-01", half_day="morning", version=1)

    line.refresh_from_db()
    assert (answer.status_code, line.day, line.start) == (200, date(2026, 7, 1), time(9))
    assert answer.content.decode().startswith('<div id="planner"')


def test_a_refused_drop_shows_why_and_the_free_slots_and_takes_one(cast, client_of):
    """ui.md, boards: roll back, the reason, the way out."""
    van = make_vehicle()
    make_line(
        make_plan(cast.same_team), day=date(2026, 7, 1), vehicle=van, start=time(8, 30), end=time(11, 30)
    )
    line = make_line(make_plan(cast.owner), vehicle=van)
    client = client_of(cast.owner)

    answer = post(client, line, "move", day="2026-07-01", half_day="morning", version=1)
    page = answer.content.decode()

    assert answer.status_code == 422
    assert "湘B K2186 is taken Wed 08:30–11:30: Same-Team." in page
    assert 'value="2026-07-01T13:30">Wed 13:30<' in page
    assert "Without the vehicle" in page
    line.refresh_from_db()
    assert line.day == MONDAY

    assert post(client, line, "move", to="2026-07-01T13:30", version=1).status_code == 200
    line.refresh_from_db()
    assert (line.day, line.start, line.vehicle) == (date(2026, 7, 1), time(13, 30), van)


def test_a_stale_card_is_a_conflict(cast, client_of):
    line = make_line(make_plan(cast.owner))
    client = client_of(cast.owner)
    post(client, line, "move", day="2026-06-30", version=1)

    answer = post(client, line, "move", day="2026-07-02", version=1)

    line.refresh_from_db()
    assert (answer.status_code, line.day) == (409, date(2026, 6, 30))
    assert "Somebody changed this line meanwhile." in answer.content.decode()


def test_moving_an_approved_line_asks_for_the_reason(cast, client_of):
    """12-decisions 11."""
    _plan, line = make_approved_plan(cast.owner, cast.manager, cast.director)
    client = client_of(cast.owner)

    answer = post(client, line, "move", day="2026-07-01", half_day="morning", version=line.version)
    assert answer.status_code == 422
    assert 'name="reason"' in answer.content.decode()

    done = post(client, line, "move", day="2026-07-01", reason="the customer asked", version=line.version)
    line.refresh_from_db()
    assert (done.status_code, line.day, line.moved_reason) == (200, date(2026, 7, 1), "the customer asked")


def test_it_works_without_javascript(cast, client_of):
    line = make_line(make_plan(cast.owner))
    client = client_of(cast.owner)

    answer = client.post(
        f"/visits/week/lines/{line.pk}/move/", {"place": "2026-07-02|afternoon", "version": 1}
    )

    line.refresh_from_db()
    assert (answer.status_code, answer.url) == (302, f"/visits/week/?week=2026-W27&user={cast.owner.pk}")
    assert (line.day, line.half_day) == (date(2026, 7, 2), "afternoon")


def test_a_line_is_planned_by_the_form(cast, client_of):
    unit = make_unit(owner=cast.owner)
    person = make_person(unit)
    data = {
        "week": "2026-W27",
        "unit": unit.pk,
        "persons": [person.pk],
        "day": "2026-06-30",
        "half_day": "afternoon",
        "start": "14:00",
        "mode": "visit",
        "purpose": "Ask who signs",
        "questions": "Who signs?\nWhen?",
        "cost": "80",
    }

    answer = client_of(cast.owner).post("/visits/week/add/", data)

    line = PlanLine.objects.get()
    assert answer.status_code == 302
    assert (line.day, line.start, line.end, line.cost) == (
        date(2026, 6, 30),
        time(14),
        time(15, 30),
        Decimal(80),
    )
    assert (line.outline, list(line.persons.all())) == (["Who signs?", "When?"], [person])


def test_bad_input_is_answered_at_the_field_and_nothing_is_lost(cast, client_of):
    data = {
        "week": "2026-W27",
        "day": "2026-06-30",
        "half_day": "morning",
        "mode": "visit",
        "purpose": "Ask who signs",
        "cost": "-1",
    }

    answer = client_of(cast.owner).post("/visits/week/add/", data)
    page = answer.content.decode()

    assert answer.status_code == 422
    assert 'href="#id_cost"' in page
    assert 'value="Ask who signs"' in page
    assert not PlanLine.objects.exists()


def test_a_proposal_is_placed_where_it_fits(cast, client_of):
    make_line(make_plan(cast.owner), start=time(8, 30), end=time(12))
    make_unit("建设银行芦淞支行", owner=cast.owner, tier="B")
    client = client_of(cast.owner)
    assert "never contacted" in client.get(WEEK).content.decode()

    client.post("/visits/week/pick/", {"week": "2026-W27", "all": "1"}, headers=HTMX)

    line = PlanLine.objects.get(unit__name="建设银行芦淞支行")
    assert (line.day, line.start) == (MONDAY, time(13, 30))
    assert "never contacted" not in client.get(WEEK).content.decode()


def test_submitting_asks_for_approval(cast, client_of):
    plan = make_plan(cast.owner)
    make_line(plan)

    answer = client_of(cast.owner).post(f"/visits/week/{plan.pk}/submit/", {"version": 1}, headers=HTMX)

    plan.refresh_from_db()
    assert (answer.status_code, plan.state) == (200, "pending")
    assert "Waiting for approval" in answer.content.decode()


def test_what_the_user_typed_never_becomes_markup(cast, client_of):
    make_line(make_plan(cast.owner), purpose="<script>alert(1)</script>")

    page = client_of(cast.owner).get(WEEK).content.decode()

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def count_queries(client):
    client.get(WEEK)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(WEEK).status_code == 200
    return len(captured), [q["sql"] for q in captured.captured_queries]


def test_the_board_asks_as_often_for_two_lines_as_for_twelve(cast, client_of):
    client, plan = client_of(cast.owner), make_plan(cast.owner)

    def fill(day, hours):
        for hour in hours:
            unit = make_unit(owner=cast.owner)
            make_line(plan, unit, day=day, start=time(hour), end=time(hour, 45), persons=[make_person(unit)])
            make_unit(owner=cast.owner, tier="A", is_focus=True)

    fill(MONDAY, (8, 9))
    few, _sql = count_queries(client)
    fill(date(2026, 6, 30), range(8, 18))
    many, sql = count_queries(client)

    assert many == few, "\n".join(sql)


def test_the_plan_on_paper_holds_every_line(cast, client_of):
    from io import BytesIO

    from pypdf import PdfReader

    unit = make_unit("𠮷林商会", owner=cast.owner, tier="A")
    plan = make_plan(cast.owner)
    make_line(plan, unit, questions="Who signs?", gifts="tea", cost=Decimal("80.00"), vehicle=make_vehicle())
    services.set_goal(plan, "Two first visits", by=cast.owner)

    first = client_of(cast.owner).get(f"/visits/week/{plan.pk}/plan.pdf")
    again = client_of(cast.owner).get(f"/visits/week/{plan.pk}/plan.pdf")
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(first.content)).pages)

    for word in (
        "𠮷林商会",
        "2026-W27",
        "Two first visits",
        "Who signs?",
        "tea",
        "80.00",
        "湘B K2186",
        "Confirm who",
    ):
        assert word in text, word
    assert first.content == again.content
