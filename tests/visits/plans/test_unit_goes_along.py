"""What hangs on who owns a unit follows it to its next owner in the act itself, whatever way the unit goes; both are told."""

from datetime import date, time, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import transaction
from django.utils.translation import gettext

from accounts.evaluation.models import ScoreSheet
from accounts.evaluation.services import RoundPlan, open_round, return_sheet, save_scores
from accounts.pool.services import ask_transfer
from accounts.units.models import KeyAccount
from accounts.units.registry import all_that_goes_along
from accounts.units.selectors_along import along_with
from accounts.units.services import change_owner
from accounts.units.services_owners import Given, take_back
from kam.approvals.models import Request
from kam.audit.models import AuditEntry
from kam.core.clock import business_date
from kam.core.house import house_words
from kam.notes.models import Task
from kam.outbox.models import Notice
from kam.people.registry import all_holdings
from tests.factories.accounts import make_unit
from tests.factories.visits import (
    NOW,
    approve_all,
    make_appointment,
    make_approved_plan,
    make_line,
    make_plan,
)
from visits.appointments.models import Appointment
from visits.appointments.services import plan_appointment
from visits.bookings.models import Booking
from visits.plans.models import PlanLine
from visits.plans.services import submit_plan

pytestmark = pytest.mark.usefixtures("thursday", "routes")


@pytest.fixture
def unit(cast):
    return make_unit("泉州商会", owner=cast.owner)


def give(unit, to, by, **facts):
    return change_owner(KeyAccount.objects.get(pk=unit.pk), owner=to, by=by, reason="transfer", **facts)


def lines_of(user):
    rows = PlanLine.objects.filter(plan__user=user).order_by("day", "start", "pk")
    return [(row.unit.name, row.state, row.start) for row in rows]


def booked():
    return sorted(Booking.objects.values_list("resource_id", flat=True))


def notices(user):
    return list(Notice.objects.filter(to=user, kind="accounts.owner").values_list("text", flat=True))


def in_house(text):
    with house_words():
        return gettext(text)


def test_a_decided_transfer_takes_the_visit_along_and_tells_both(cast, unit):
    line = make_line(make_plan(cast.owner), unit)
    make_line(make_plan(cast.owner), make_unit("温州商会", owner=cast.owner), start=time(14), end=time(15))
    asked = ask_transfer(unit, to=cast.same_team, reason="more time", by=cast.owner)
    approve_all("account_transfer", asked, cast.manager, cast.director)

    line.refresh_from_db()
    assert (line.state, line.reason) == ("cancelled", "Handed over to Same-Team")
    assert lines_of(cast.owner) == [("泉州商会", "cancelled", time(9)), ("温州商会", "planned", time(14))]
    assert lines_of(cast.same_team) == [("泉州商会", "planned", time(9))]
    assert booked() == sorted([cast.owner.pk, cast.same_team.pk])
    assert notices(cast.owner) == ["泉州商会 belongs to Same-Team now. No longer with you: 1 planned visit."]
    assert notices(cast.same_team) == ["泉州商会 is yours now. With you are: 1 planned visit."]
    told = AuditEntry.objects.get(act="visits.plan_line.handed_over")
    assert (told.actor, told.object_id) == (cast.director, str(line.pk))


def test_what_is_over_or_done_stays_as_it_was(cast, unit):
    line = make_line(make_plan(cast.owner), unit)
    PlanLine.objects.filter(pk=line.pk).update(day=date(2026, 6, 24))
    done = make_line(make_plan(cast.owner), unit, start=time(14), end=time(15))
    PlanLine.objects.filter(pk=done.pk).update(state="done")
    give(unit, cast.same_team, cast.manager)
    assert [state for _name, state, _start in lines_of(cast.owner)] == ["planned", "done"]
    assert (lines_of(cast.same_team), notices(cast.owner), notices(cast.same_team)) == ([], [], [])


def test_where_the_new_owner_is_not_free_a_task_stands_for_the_visit(cast, unit):
    make_line(make_plan(cast.owner), unit)
    make_line(make_plan(cast.same_team), make_unit(owner=cast.same_team))
    give(unit, cast.same_team, cast.manager)
    task = Task.objects.get()
    assert (task.assignee, task.due_on, task.subject_label) == (cast.same_team, date(2026, 6, 29), "泉州商会")
    assert booked() == [cast.same_team.pk]


def test_a_unit_in_the_pool_is_visited_by_nobody(cast, unit):
    make_line(make_plan(cast.owner), unit)
    row = make_appointment(unit, cast.owner)
    give(unit, None, None)
    row.refresh_from_db()
    assert (row.state, row.reason_kind, row.reason) == (
        "broken",
        "our_change",
        in_house("The unit is in the pool"),
    )
    assert (lines_of(cast.owner), booked()) == ([("泉州商会", "cancelled", time(9))], [])
    assert notices(cast.owner) == [
        "泉州商会 is in the pool now. No longer with you: 1 appointment, 1 planned visit."
    ]
    assert not Task.objects.exists()


def test_a_waiting_week_of_nothing_else_is_withdrawn_also_in_the_night(cast, unit):
    plan = make_plan(cast.owner)
    make_line(plan, unit)
    submit_plan(plan, by=cast.owner)
    give(unit, None, None)
    plan.refresh_from_db()
    request = Request.objects.get()
    assert (plan.state, request.state, request.closed_by) == ("withdrawn", "withdrawn", None)


def test_an_appointment_keeps_its_line(cast, unit):
    row = make_appointment(unit, cast.owner, topic="Budget")
    plan_appointment(row, by=cast.owner)
    assert along_with(unit) == "1 appointment"
    give(unit, cast.same_team, cast.manager)
    row.refresh_from_db()
    assert (row.user, row.plan_line.plan.user, row.plan_line.state) == (
        cast.same_team,
        cast.same_team,
        "planned",
    )
    assert (booked(), Task.objects.count()) == ([cast.same_team.pk], 0)
    assert notices(cast.same_team) == ["泉州商会 is yours now. With you are: 1 appointment."]


def test_who_only_came_along_is_taken_out_and_told(cast, unit):
    """A leader of the team that loses the unit keeps no visit there, and the new owner gets it once."""
    make_line(make_plan(cast.owner), unit)
    make_line(make_plan(cast.lead), unit)
    give(unit, cast.other_team, cast.director)
    assert lines_of(cast.lead) == [("泉州商会", "cancelled", time(9))]
    assert PlanLine.objects.get(plan__user=cast.lead).reason == in_house(
        "The unit belongs to %(name)s now"
    ) % {"name": cast.other_team.name}
    assert lines_of(cast.other_team) == [("泉州商会", "planned", time(9))]
    assert notices(cast.lead) == [
        f"泉州商会 belongs to {cast.other_team.name} now. No longer with you: 1 planned visit."
    ]


def test_who_still_sees_the_unit_still_comes_along(cast, unit):
    make_line(make_plan(cast.lead), unit)
    give(unit, cast.same_team, cast.manager)
    assert lines_of(cast.lead) == [("泉州商会", "planned", time(9))]
    assert (notices(cast.lead), notices(cast.same_team)) == ([], [])


def test_a_leader_who_gives_away_an_own_unit_gives_its_visits_too(cast):
    """Although they see it still: it is the new owner's to visit, and in a handover nothing may stay behind."""
    unit = make_unit("天元商会", owner=cast.lead)
    make_line(make_plan(cast.lead), unit)
    row = make_appointment(unit, cast.lead)
    give(unit, cast.same_team, cast.manager)
    row.refresh_from_db()
    assert lines_of(cast.lead) == [("天元商会", "cancelled", time(9))]
    assert (lines_of(cast.same_team), row.user) == ([("天元商会", "planned", time(9))], cast.same_team)


def test_taken_back_the_approved_line_stands_again_as_it_was_approved(cast):
    plan, line = make_approved_plan(cast.owner, cast.manager, cast.director)
    was = Given(
        line.unit_id, give(line.unit, cast.same_team, cast.manager).version, cast.owner.pk, cast.team.pk
    )
    assert lines_of(cast.same_team)[0][1] == "planned"
    [back] = take_back([was], [line.unit], by=cast.manager, on=business_date(), reason="undone")
    line.refresh_from_db()
    plan.refresh_from_db()
    assert (back.problem, plan.state) == ("", "approved")
    assert (line.state, line.reason, line.moved_to, line.is_supplement) == ("planned", "", None, False)
    assert [state for _name, state, _start in lines_of(cast.same_team)] == ["cancelled"]
    assert (len(lines_of(cast.owner)), booked()) == (1, [cast.owner.pk])


@pytest.mark.parametrize("decided", [False, True])
def test_what_was_submitted_without_the_line_does_not_get_it_back_approved(cast, unit, decided):
    """Nobody decided on it: it comes back as any new visit does, to be asked for or to be noted down as a task."""
    with time_machine.travel(NOW, tick=False) as clock:
        plan = make_plan(cast.owner)
        line = make_line(plan, unit, cost=Decimal(800))
        make_line(plan, make_unit("温州商会", owner=cast.owner), start=time(14), end=time(15))
        given = give(unit, cast.same_team, cast.manager)
        clock.shift(timedelta(minutes=1))
        submit_plan(plan, by=cast.owner)
        if decided:
            approve_all("visit_plan", plan, cast.manager, cast.director)
        clock.shift(timedelta(minutes=1))
        was = Given(unit.pk, given.version, cast.owner.pk, cast.team.pk)
        [back] = take_back([was], [given], by=cast.manager, on=business_date(), reason="undone")
    line.refresh_from_db()
    assert (back.problem, line.state) == ("", "cancelled")
    binding = PlanLine.objects.binding().filter(plan__user=cast.owner)
    assert list(binding.values_list("unit__name", flat=True)) == (["温州商会"] if decided else [])
    supplements = PlanLine.objects.filter(plan=plan, is_supplement=True).values_list("approval", flat=True)
    assert (list(supplements), Task.objects.count()) == ((["draft"], 0) if decided else ([], 1))


def test_a_change_that_is_undone_leaves_everything_where_it_was(cast, unit):
    """The whole act or nothing of it."""
    line = make_line(make_plan(cast.owner), unit)
    row = make_appointment(unit, cast.owner)
    with transaction.atomic():
        give(unit, cast.same_team, cast.manager)
        assert len(lines_of(cast.same_team)) == 1
        transaction.set_rollback(True)
    line.refresh_from_db()
    row.refresh_from_db()
    assert (line.state, row.user, lines_of(cast.same_team)) == ("planned", cast.owner, [])
    assert (booked(), notices(cast.owner)) == ([cast.owner.pk] * 2, [])


def test_whoever_asks_and_whoever_decides_reads_what_goes_along(cast, client_of, unit):
    make_line(make_plan(cast.owner), unit)
    asked = client_of(cast.owner).get(f"/accounts/{unit.pk}/transfer/").content.decode()
    transfer = ask_transfer(unit, to=cast.same_team, reason="more time", by=cast.owner)
    waiting = client_of(cast.manager).get(transfer.get_absolute_url()).content.decode()
    approve_all("account_transfer", transfer, cast.manager, cast.director)
    decided = client_of(cast.manager).get(transfer.get_absolute_url()).content.decode()
    assert ["1 planned visit" in page for page in (asked, waiting, decided)] == [True, True, False]


# -- score sheets


@pytest.fixture
def sheet(cast, unit):
    today = business_date()
    made = open_round(RoundPlan("Autumn", today, today, today), [unit], by=cast.manager)
    return ScoreSheet.objects.get(round=made)


def score(sheet, by, *, submit):
    grades = dict.fromkeys(sheet.round.criteria.dimensions.values_list("code", flat=True), 4)
    return save_scores(sheet, grades, comments={}, comment="", by=by, submit=submit)


def test_an_open_sheet_goes_to_the_new_owner_with_what_was_drafted(cast, unit, sheet):
    score(sheet, cast.owner, submit=False)
    give(unit, cast.same_team, cast.manager)
    sheet.refresh_from_db()
    assert (sheet.scorer, sheet.state, sheet.scores.count()) == (cast.same_team, "draft", 6)
    assert notices(cast.owner) == ["泉州商会 belongs to Same-Team now. No longer with you: 1 score sheet."]


def test_nobodys_unit_is_scored_by_who_opened_the_round_until_it_is_taken(cast, unit, sheet):
    give(unit, None, None)
    sheet.refresh_from_db()
    assert sheet.scorer == cast.manager
    give(unit, cast.same_team, cast.same_team)
    sheet.refresh_from_db()
    assert sheet.scorer == cast.same_team


def test_a_submitted_sheet_stays_and_comes_back_to_whom_it_opens_for(cast, unit, sheet):
    sheet = score(sheet, cast.owner, submit=True)
    give(unit, cast.same_team, cast.manager)
    sheet.refresh_from_db()
    assert (sheet.scorer, sheet.state) == (cast.owner, "submitted")
    return_sheet(sheet, by=cast.manager, reason="look again")
    sheet.refresh_from_db()
    assert (sheet.scorer, sheet.state) == (cast.same_team, "draft")


# -- the handover is the same rule


def test_a_handover_says_beside_the_unit_what_goes_along_and_lists_it_nowhere_else(cast, unit, sheet):
    make_line(make_plan(cast.owner), unit)
    make_line(make_plan(cast.owner), unit, start=time(14), end=time(15))
    make_appointment(unit, cast.owner)
    held = {kind.key: kind.of(cast.owner) for kind in all_holdings()}
    assert [row.note for row in held["accounts.units"]] == [
        "Prospect · 1 appointment, 2 planned visits, 1 score sheet"
    ]
    kinds = ("visits.plan_lines", "visits.appointments", "accounts.score_sheets")
    assert [held[key] for key in kinds] == [[], [], []]
    units = next(kind for kind in all_holdings() if kind.key == "accounts.units")
    units.move([str(unit.pk)], cast.owner, cast.same_team, cast.manager)
    assert [state for _name, state, _start in lines_of(cast.same_team)] == ["planned", "planned"]
    assert Appointment.objects.get().user == cast.same_team
    assert [kind.key for kind in all_holdings() if kind.of(cast.owner)] == []


def test_how_much_goes_along_costs_the_same_questions(cast, unit, django_assert_num_queries):
    """A unit with nothing planned asks a fixed number of questions for it: one a kind."""
    found = KeyAccount.objects.select_related("owner").get(pk=unit.pk)
    with django_assert_num_queries(3):
        assert [things.move(found, cast.same_team, None) for things in all_that_goes_along()] == [[], [], []]
