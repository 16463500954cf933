"""The calendar's page: what stands on it and for whom, moving, undo, refusals, due units, constant statements."""

from datetime import date, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kam.core.periods import Period
from kam.notes.models import Task
from kam.notes.services import add_task
from kam.notes.terms import SourceKey, TaskKind
from kam.people.models import Absence
from tests.factories.accounts import make_unit
from tests.factories.visits import (
    MONDAY,
    make_appointment,
    make_approved_plan,
    make_line,
    make_plan,
    make_visit,
)
from visits.agenda.registry import Asked, entries_for, sources
from visits.agenda.terms import EntryKind
from visits.appointments.models import Appointment, AppointmentChange
from visits.bookings.models import Booking
from visits.followups.models import FollowUp
from visits.plans.models import PlanLine
from visits.trips.models import Trip

pytestmark = pytest.mark.usefixtures("thursday", "routes")

MONTH = "/visits/calendar/?view=month&on=2026-06-29"
TUESDAY, NEXT = date(2026, 6, 30), date(2026, 7, 7)
#: Calls and briefings are lines of another mode; birthdays stand in test_birthdays.py.
NOT_PLANTED = {EntryKind.CALL, EntryKind.BRIEFING, EntryKind.BIRTHDAY}
HTMX = {"HX-Request": "true"}


def everything(cast):
    """One of each kind in the week of 29 June."""
    unit = make_unit("泉州商会", owner=cast.owner, tier="A")
    make_line(make_plan(cast.owner), unit)
    make_appointment(unit, cast.owner, topic="the offer")
    make_visit(unit, user=cast.owner, on=MONDAY, purpose="looked in")
    trip = Trip.objects.create(
        user=cast.owner, reporter=cast.owner, team=cast.team, starts_on=MONDAY, ends_on=TUESDAY, purpose="x"
    )
    Trip.objects.filter(pk=trip.pk).update(state="approved", place="长沙")
    for kind in (TaskKind.STEP, TaskKind.PROMISE, TaskKind.TASK):
        subject = SourceKey.of("accounts.unit", unit.pk, unit.name)
        add_task(f"do {kind}", assignee=cast.owner, by=cast.owner, due_on=TUESDAY, kind=kind, subject=subject)
    FollowUp.objects.create(
        user=cast.owner, team=cast.team, day=MONDAY, submitted_at="2026-06-29T17:00:00+08:00"
    )
    Absence.objects.create(user=cast.owner, started_on=TUESDAY, ended_on=TUESDAY)
    return unit


def test_every_room_gives_its_entries_and_only_to_who_may_see_them(cast):
    everything(cast)
    assert sources() == (
        *("lines", "appointments", "visits", "trips", "tasks", "followups", "absences", "birthdays"),
    )
    week = Period(MONDAY, date(2026, 7, 5))

    def kinds(reader):
        return [entry.kind for entry in entries_for(Asked(reader, (cast.owner.pk,), week, with_persons=True))]

    assert sorted(kinds(cast.owner)) == sorted(
        [*(kind for kind in EntryKind if kind not in NOT_PLANTED), EntryKind.VISIT]
    )
    tasks = {EntryKind.STEP, EntryKind.PROMISE, EntryKind.TASK}
    assert set(kinds(cast.manager)) == set(kinds(cast.owner)) - tasks
    assert kinds(cast.same_team) == kinds(cast.other_manager) == kinds(cast.gone) == []


@pytest.mark.parametrize("view", ["month", "week", "day", "list"])
def test_each_look_shows_the_same_line(cast, client_of, view):
    everything(cast)
    page = client_of(cast.owner).get(f"/visits/calendar/?view={view}&on=2026-06-29").content.decode()
    assert "泉州商会" in page
    assert "09:00" in page
    assert "长沙" in page


def test_holidays_and_worked_weekends_are_shaded(cast, client_of):
    page = client_of(cast.owner).get("/visits/calendar/?view=month&on=2026-06-19").content.decode()
    assert page.count("hol") >= 3  # the Dragon Boat Festival, 19 to 21 June
    assert "18 of 21 working days begun" in page


@pytest.mark.parametrize(
    "address", ["?view=year", "?on=2026-13-01", "?whose=0", "?whose=all", "?whose=team-0"]
)
def test_what_is_no_calendar_is_not_found(cast, client_of, address):
    assert client_of(cast.owner).get(f"/visits/calendar/{address}").status_code == 404


def test_the_manager_chooses_the_team_and_the_director_the_department(cast, client_of):
    make_line(make_plan(cast.owner), make_unit("泉州商会", owner=cast.owner))
    make_line(make_plan(cast.other_team), make_unit("南昌商会", owner=cast.other_team))
    team = client_of(cast.manager).get(f"{MONTH}&whose=team-{cast.team.pk}").content.decode()
    assert ("泉州商会" in team, "南昌商会" in team) == (True, False)
    assert client_of(cast.manager).get(f"{MONTH}&whose=team-{cast.second_team.pk}").status_code == 404
    everybody = client_of(cast.director).get(f"{MONTH}&whose=all").content.decode()
    assert ("泉州商会" in everybody, "南昌商会" in everybody) == (True, True)


def move(client, entry, **told):
    return client.post(
        f"/visits/calendar/move/?{MONTH.partition('?')[2]}", {"entry": entry} | told, headers=HTMX
    )


def test_a_line_is_dragged_to_another_day_and_put_back_by_undo(cast, client_of):
    line = make_line(make_plan(cast.owner))
    client = client_of(cast.owner)
    answer = move(client, f"line-{line.pk}", day="2026-07-01", version=1)
    line.refresh_from_db()
    assert (answer.status_code, line.day, line.start) == (200, date(2026, 7, 1), time(9))
    assert answer.content.decode().startswith('<div id="agenda"')
    undo = answer.headers["HX-Trigger"].split('"undo": "')[1].split('"')[0]
    assert client.post(undo).status_code == 302
    line.refresh_from_db()
    assert line.day == MONDAY


def test_a_line_goes_to_another_week_with_a_reason_and_comes_back(cast, client_of):
    line = make_line(make_plan(cast.owner))
    client = client_of(cast.owner)
    refused = move(client, f"line-{line.pk}", day=NEXT.isoformat(), version=1)
    assert (refused.status_code, PlanLine.objects.count()) == (422, 1)
    assert "Say why it is moved." in refused.content.decode()
    stale = move(client, f"line-{line.pk}", day=NEXT.isoformat(), version=7, reason="asked")
    assert (stale.status_code, PlanLine.objects.count()) == (409, 1)
    answer = move(client, f"line-{line.pk}", day=NEXT.isoformat(), version=1, reason="the customer asked")
    assert answer.status_code == 200
    assert list(PlanLine.objects.order_by("pk").values_list("day", "state")) == [
        (MONDAY, "moved"),
        (NEXT, "planned"),
    ]
    undo = answer.headers["HX-Trigger"].split('"undo": "')[1].split('"')[0]
    assert client.post(undo).status_code == 302
    assert PlanLine.objects.get(state="planned").day == MONDAY


def test_a_clash_is_refused_by_the_database_with_what_is_free(cast, client_of):
    plan = make_plan(cast.owner)
    make_line(plan, day=TUESDAY)
    line = make_line(plan)
    before = list(Booking.objects.order_by("pk").values_list("slot", flat=True))
    answer = move(client_of(cast.owner), f"line-{line.pk}", day="2026-06-30", start="09:30", version=1)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'name="to" value="2026-06-30T10:30"' in page
    line.refresh_from_db()
    assert (line.day, list(Booking.objects.order_by("pk").values_list("slot", flat=True))) == (MONDAY, before)
    assert move(client_of(cast.owner), f"line-{line.pk}", to="2026-06-30T10:30", version=1).status_code == 200
    line.refresh_from_db()
    assert (line.day, line.start) == (TUESDAY, time(10, 30))


def test_an_approved_line_asks_for_the_reason(cast, client_of):
    _plan, line = make_approved_plan(cast.owner, cast.manager, cast.director)
    answer = move(client_of(cast.owner), f"line-{line.pk}", day="2026-07-01", version=line.version)
    assert answer.status_code == 422
    assert 'name="reason"' in answer.content.decode()
    line.refresh_from_db()
    assert line.day == MONDAY


def test_an_appointment_moves_with_the_kind_of_reason_and_its_line_with_it(cast, client_of):
    row = make_appointment(make_unit("泉州商会", owner=cast.owner), cast.owner)
    client = client_of(cast.owner)
    entry = f"appointment-{row.pk}"
    refused = move(client, entry, day="2026-07-02", version=1)
    assert (refused.status_code, AppointmentChange.objects.count()) == (422, 0)
    answer = move(client, entry, day="2026-07-02", version=1, reason_kind="customer_changed", start="10:00")
    row.refresh_from_db()
    assert (answer.status_code, f"{row.starts_at:%Y-%m-%d %H:%M}") == (200, "2026-07-02 02:00")
    undo = answer.headers["HX-Trigger"].split('"undo": "')[1].split('"')[0]
    assert client.post(undo).status_code == 302
    row.refresh_from_db()
    assert f"{row.starts_at:%Y-%m-%d %H:%M}" == "2026-06-30 01:00"


def test_a_line_that_stands_for_an_appointment_is_shown_once_as_the_appointment(cast, client_of):
    line = make_line(make_plan(cast.owner))
    Appointment.objects.create(
        unit=line.unit,
        user=cast.owner,
        plan_line=line,
        starts_at=line.starts_at,
        ends_at=line.ends_at,
        state="booked",
        recorded_by=cast.owner,
    )
    week = Period(MONDAY, MONDAY)
    found = entries_for(Asked(cast.owner, (cast.owner.pk,), week))
    assert [entry.kind for entry in found] == [EntryKind.APPOINTMENT]
    assert move(client_of(cast.owner), f"line-{line.pk}", day="2026-07-02", version=1).status_code == 422
    line.refresh_from_db()
    assert line.day == MONDAY


def test_a_task_gets_another_day_and_comes_back(cast, client_of):
    task = add_task("send the offer", assignee=cast.owner, by=cast.manager, due_on=TUESDAY)
    client = client_of(cast.owner)
    answer = move(client, f"task-{task.pk}", day="2026-07-03", version=1)
    assert (answer.status_code, Task.objects.get().due_on) == (200, date(2026, 7, 3))
    undo = answer.headers["HX-Trigger"].split('"undo": "')[1].split('"')[0]
    assert client.post(undo).status_code == 302
    assert Task.objects.get().due_on == TUESDAY


def test_a_line_is_dragged_to_an_hour_as_long_as_before(cast, client_of):
    line = make_line(make_plan(cast.owner), start=time(9), end=time(9, 45))
    client = client_of(cast.owner)
    week = client.get("/visits/calendar/?view=week&on=2026-06-29").content.decode()
    assert (
        f'data-h="2" data-m="0" data-dh="0" data-dm="45" data-c="0" data-of="1" data-entry="line-{line.pk}"'
        in week
    )
    answer = move(client, f"line-{line.pk}", day="2026-07-01", start="14:30", version=1)
    line.refresh_from_db()
    assert (answer.status_code, line.day, line.start, line.end) == (
        200,
        date(2026, 7, 1),
        time(14, 30),
        time(15, 15),
    )
    undo = answer.headers["HX-Trigger"].split('"undo": "')[1].split('"')[0]
    assert client.post(undo).status_code == 302
    line.refresh_from_db()
    assert (line.day, line.start, line.end) == (MONDAY, time(9), time(9, 45))


def test_the_hours_of_a_day_have_their_edges_and_a_column_for_each_person(cast, client_of):
    make_line(make_plan(cast.owner), make_unit("早起商会", owner=cast.owner), start=time(6), end=time(6, 30))
    make_line(
        make_plan(cast.same_team), make_unit("晚归商会", owner=cast.same_team), start=time(21), end=time(22)
    )
    address = f"/visits/calendar/?view=day&on={MONDAY}&whose=team-{cast.team.pk}"
    page = client_of(cast.manager).get(address).content.decode()
    assert [word in page for word in ("before 7:00", "from 21:00", "早起商会", "晚归商会")] == [True] * 4
    lanes = [f'data-lane="{person.pk}"' in page for person in (cast.owner, cast.same_team, cast.other_team)]
    assert (lanes, "hg-now" in page) == ([True, True, False], False)
    today = client_of(cast.owner).get("/visits/calendar/?view=day").content.decode()
    assert '<i class="hg-now" aria-hidden="true" data-h="2" data-m="0">' in today
    assert "before 7:00" not in today


def test_what_is_due_is_dropped_on_an_hour_or_refused(cast, client_of):
    unit = make_unit("泉州商会", owner=cast.owner)
    told = {"unit": unit.pk, "mode": "visit", "purpose": "x", "day": "2026-06-26", "start": "16:15"}
    client = client_of(cast.owner)
    assert client.post("/visits/calendar/plan/", told, headers=HTMX).status_code == 200
    refused = client.post("/visits/calendar/plan/", told | {"start": "16:30"}, headers=HTMX)
    assert (refused.status_code, PlanLine.objects.get().start) == (422, time(16, 15))


def test_moving_by_the_form_without_javascript(cast, client_of):
    line = make_line(make_plan(cast.owner))
    client, at = client_of(cast.owner), f"/visits/calendar/move/?entry=line-{line.pk}&view=week&on=2026-06-29"
    form = client.get(at).content.decode()
    assert 'value="2026-06-29"' in form
    assert "Kind of reason" not in form
    refused = client.post(at, {"page": "1", "day": "", "version": 1})
    assert refused.status_code == 422
    done = client.post(at, {"page": "1", "day": "2026-07-03", "start": "14:00", "version": 1})
    line.refresh_from_db()
    assert (done.status_code, line.day, line.start) == (302, date(2026, 7, 3), time(14))
    assert "view=week&on=2026-06-29" in done.url
    for kind in (f"task-{add_task('x', assignee=cast.owner, by=None).pk}", f"appointment-{_booked(cast).pk}"):
        assert client.get(f"/visits/calendar/move/?entry={kind}").status_code == 200
    assert client.get("/visits/calendar/move/?entry=trip-1").status_code == 404


def _booked(cast):
    return make_appointment(make_unit(owner=cast.owner), cast.owner)


def test_what_is_due_is_dropped_on_a_day_and_taken_out_again(cast, client_of):
    unit = make_unit("泉州商会", owner=cast.owner, tier="A", is_focus=True)
    client = client_of(cast.owner)
    page = client.get("/visits/calendar/?view=month").content.decode()
    assert "more visits this week" in page
    told = {"unit": unit.pk, "mode": "visit", "purpose": "keep in touch", "day": "2026-06-26"}
    answer = client.post("/visits/calendar/plan/", told, headers=HTMX)
    line = PlanLine.objects.get()
    assert (answer.status_code, line.day, line.half_day, line.start) == (
        200,
        date(2026, 6, 26),
        "morning",
        time(8, 30),
    )
    for _more in range(3):
        client.post("/visits/calendar/plan/", told, headers=HTMX)
    assert PlanLine.objects.filter(half_day="afternoon").exists()
    count = PlanLine.objects.count()
    over = client.post("/visits/calendar/plan/", told | {"day": "2026-06-23"}, headers=HTMX)
    assert (over.status_code, PlanLine.objects.count()) == (422, count)
    nobody = client.post("/visits/calendar/plan/", told | {"unit": 0}, headers=HTMX)
    assert (nobody.status_code, PlanLine.objects.count()) == (422, count)
    undo = answer.headers["HX-Trigger"].split('"undo": "')[1].split('"')[0]
    assert client.post(undo).status_code == 302
    line.refresh_from_db()
    assert line.state == "cancelled"
    again = client.post(undo, headers=HTMX)
    assert again.status_code == 422


def test_an_approved_line_is_not_taken_out_by_undo(cast, client_of):
    _plan, line = make_approved_plan(cast.owner, cast.manager, cast.director)
    answer = client_of(cast.owner).post(f"/visits/calendar/take-out/?entry=line-{line.pk}", headers=HTMX)
    line.refresh_from_db()
    assert (answer.status_code, line.state) == (422, "planned")


@pytest.mark.parametrize("view", ["month", "day", "week", "list"])
def test_the_number_of_statements_does_not_depend_on_what_stands_there(cast, client_of, view):
    client, address = (
        client_of(cast.manager),
        f"/visits/calendar/?view={view}&on=2026-06-29&whose=team-{cast.team.pk}",
    )
    client.get(address)

    def count():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked), [query["sql"][:120] for query in asked]

    everything(cast)
    few = count()
    for _number in range(4):
        unit = make_unit(owner=cast.same_team)
        make_visit(unit, user=cast.same_team, on=TUESDAY)
        make_line(make_plan(cast.same_team), unit, start=time(9 + 2 * _number), end=time(10 + 2 * _number))
    many = count()
    assert many[0] == few[0], many[1]
