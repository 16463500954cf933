"""The evening form: prefilled, handed in once, with its tasks."""

import html
import re
from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.units.services import change_owner
from kam.notes.models import Task
from kam.notes.services import add_task
from kam.notes.terms import TaskKind
from tests.factories.accounts import make_contact, make_person, make_unit
from tests.factories.visits import make_visit
from visits.followups.models import FollowUp, FollowUpRow
from visits.followups.services import DayEntry, RowEntry, file_followup
from visits.visits.services.contacts import source_of

EVENING = datetime(2026, 11, 23, 17, tzinfo=ZoneInfo("Asia/Shanghai"))
TODAY = EVENING.date()


@pytest.fixture(autouse=True)
def _at_five():
    with time_machine.travel(EVENING, tick=False):
        yield


@pytest.fixture
def unit(cast):
    return make_unit("泉州商会", owner=cast.owner)


def body(unit, **values):
    row = {"unit": unit.pk, "done": "Talked", "next_step": "Send the table", "next_step_on": "2026-11-25"}
    return {
        "key": str(uuid4()),
        "version": "0",
        "tomorrow": "Visit the factory",
        "rows-TOTAL_FORMS": "1",
        "rows-INITIAL_FORMS": "1",
    } | {f"rows-0-{name}": value for name, value in (row | values).items()}


def test_s154_the_form_knows_the_units_touched_today(cast, client_of, unit):
    other = make_unit("株洲机车厂", owner=cast.owner)
    make_visit(unit, make_person(unit), user=cast.owner, on=TODAY, problems="No vehicle", next_step="Send it")
    make_contact(unit, on=TODAY, by=cast.owner, text="Nine sets 𠮷")
    make_contact(other, on=TODAY, by=cast.manager)
    page = client_of(cast.owner).get("/followups/new/").content.decode()
    assert ("Nine sets 𠮷" in page, "No vehicle" in page, "Send it" in page) == (True, True, True)
    assert page.count('class="fu-row"') == 2  # the unit, and one row to add another


def test_s155_handing_in_makes_rows_and_tasks_once(cast, client_of, unit):
    client = client_of(cast.owner)
    sent = body(unit, help_wanted="A van", help_from=cast.clerk.pk)
    first, second = (client.post("/followups/new/", sent) for _ in range(2))
    form = FollowUp.objects.get()
    assert [first.status_code, second.status_code] == [302, 302]
    assert first["Location"] == second["Location"] == f"/followups/{form.pk}/"
    assert (form.user, form.day, form.team, form.is_late) == (cast.owner, TODAY, cast.team, False)
    assert sorted(Task.objects.values_list("kind", "text", "assignee")) == [
        ("help", "A van", cast.clerk.pk),
        ("step", "Send the table", cast.owner.pk),
    ]
    page = client.get(first["Location"]).content.decode()
    assert ("A van" in page, "Visit the factory" in page) == (True, True)


def test_handing_in_again_moves_the_task_instead_of_making_another(cast, unit):
    row = {"unit": unit, "done": "Talked", "next_step": "Send the table"}
    file_followup(TODAY, DayEntry(tomorrow="x", rows=[RowEntry(**row)]), by=cast.owner)
    again = RowEntry(**row, next_step_owner=cast.lead, next_step_on=TODAY)
    form = file_followup(TODAY, DayEntry(tomorrow="x", rows=[again]), by=cast.owner, version=1)
    assert list(Task.objects.values_list("text", "assignee", "due_on")) == [
        ("Send the table", cast.lead.pk, TODAY)
    ]
    assert (form.version, FollowUpRow.objects.count()) == (2, 1)


def test_the_next_step_of_a_visit_of_the_day_is_not_made_a_task_twice(cast, unit):
    visit = make_visit(unit, make_person(unit), user=cast.owner, on=TODAY, next_step="Send the table")
    key = source_of(visit)
    made = add_task("Send the table", assignee=cast.owner, by=cast.owner, kind=TaskKind.STEP, source=key)
    row = RowEntry(unit=unit, done="Talked", next_step="Send the table", next_step_on=TODAY)
    file_followup(TODAY, DayEntry(tomorrow="x", rows=[row]), by=cast.owner)
    assert list(Task.objects.values_list("pk", "due_on")) == [(made.pk, TODAY)]
    assert FollowUpRow.objects.get().step_task == made


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"tomorrow": ""}, "tomorrow"),
        ({"rows-0-done": ""}, "__all__"),
        ({"rows-0-help_wanted": "A van"}, "__all__"),
        ({"version": "1"}, "__all__"),
    ],
)
def test_bad_input_is_answered_and_nothing_is_written(cast, client_of, unit, change, where):
    answer = client_of(cast.owner).post("/followups/new/", body(unit) | change)
    assert answer.status_code in {409, 422}
    assert where in answer.context["form"].errors
    assert (FollowUp.objects.count(), Task.objects.count()) == (0, 0)
    assert "Send the table" in answer.content.decode()


def test_a_foreign_unit_in_a_row_is_refused(cast, client_of):
    foreign = make_unit(owner=cast.other_team)
    answer = client_of(cast.owner).post("/followups/new/", body(foreign))
    assert (answer.status_code, FollowUp.objects.count()) == (422, 0)


def test_yesterday_s_form_is_late_and_tomorrow_s_is_refused(cast, client_of, unit):
    client = client_of(cast.owner)
    assert client.post("/followups/new/?day=2026-11-22", body(unit)).status_code == 302
    assert client.post("/followups/new/?day=2026-11-24", body(unit)).status_code == 422
    assert client.get("/followups/new/?day=never").status_code == 404
    assert list(FollowUp.objects.values_list("day__day", "is_late")) == [(22, True)]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_a_fixed_number_of_times(cast, client_of, rows):
    for number in range(rows):
        FollowUp.objects.create(
            user=cast.owner, team=cast.team, day=TODAY.replace(day=1 + number), submitted_at=EVENING
        )
    client = client_of(cast.lead)
    client.get("/followups/")
    with CaptureQueriesContext(connection) as asked:
        page = client.get("/followups/").content.decode()
    assert page.count("Owner") >= rows
    assert len(asked) <= 12, [query["sql"][:80] for query in asked]


def test_a_card_on_the_phone_says_what_its_bare_values_are(cast, client_of):
    file_followup(TODAY, DayEntry(summary="Paper work", tomorrow="x", rows=[]), by=cast.owner)
    page = client_of(cast.owner).get("/followups/").content.decode()
    assert ('data-label="Late"' in page, 'data-label="Units"' in page) == (True, True)
    assert page.count("data-label=") == 2


@pytest.mark.parametrize("seconds", [0, 1])
def test_a_form_opened_before_midnight_is_of_the_day_it_was_opened_on(cast, client_of, unit, seconds):
    """At 23:59:59 it is in time, at 00:00 late: never the form of the day that begins."""
    client = client_of(cast.owner)
    night = datetime(2026, 11, 23, 23, 59, 59, tzinfo=ZoneInfo("Asia/Shanghai"))
    with time_machine.travel(night, tick=False) as clock:
        page = client.get("/followups/new/").content.decode()
        [action] = re.findall(
            r'<form method="post"[^>]* action="([^"]*)" [^>]*data-once="followup"', page
        ) or ["/followups/new/"]
        clock.shift(timedelta(seconds=seconds))
        assert client.post(html.unescape(action), body(unit)).status_code == 302
    assert list(FollowUp.objects.values_list("day", "is_late")) == [(TODAY, seconds == 1)]


def test_a_unit_that_went_to_somebody_else_in_the_afternoon_stands_in_the_evening_s_form(
    cast, client_of, unit
):
    """What was done there was done, and one reads the own visit still: the day is handed in with it, and corrected."""
    make_visit(unit, make_person(unit), user=cast.owner, on=TODAY, summary="Nine sets")
    never = make_unit("株洲机车厂", owner=cast.owner)
    for gone in (unit, never):
        change_owner(gone, owner=cast.other_team, by=cast.director, reason="transfer")
    client = client_of(cast.owner)
    assert "泉州商会" in client.get("/followups/new/").content.decode()
    assert client.post("/followups/new/", body(never)).status_code == 422
    assert client.post("/followups/new/", body(unit)).status_code == 302
    FollowUpRow.objects.update(done="Talked to the chairman")
    assert client.post("/followups/new/", body(unit, done="Corrected") | {"version": "1"}).status_code == 302
    assert list(FollowUpRow.objects.values_list("unit__name", "done")) == [("泉州商会", "Corrected")]


def test_a_refused_form_heads_its_rows_with_the_units_as_before_and_leaves_a_typed_one_a_field(
    cast, client_of, unit
):
    second = make_unit("株洲机车厂", owner=cast.owner)
    sent = body(unit) | {
        "tomorrow": "",
        "rows-TOTAL_FORMS": "2",
        "rows-1-unit": second.pk,
        "rows-1-unit-text": second.name,
    }
    answer = client_of(cast.owner).post("/followups/new/", sent)
    page = answer.content.decode()
    heads = re.findall(r'class="fu-row"><h3>(.*?)</h3>', page, re.DOTALL)
    assert answer.status_code == 422
    assert ["泉州商会" in head for head in heads] == [True]
    assert f'<input type="hidden" name="rows-0-unit" value="{unit.pk}">' in page
    assert 'name="rows-1-unit-text"' in page
    assert FollowUp.objects.count() == 0


def test_what_is_wrong_in_a_row_alone_stands_at_the_head_with_the_way_to_it(cast, client_of, unit):
    sent = body(unit) | {"rows-0-next_step_owner-text": "Nobody", "rows-0-next_step_owner": ""}
    answer = client_of(cast.owner).post("/followups/new/", sent)
    head = answer.content.decode().partition("data-error-summary")[2].partition("<form")[0]
    assert (answer.status_code, FollowUp.objects.count()) == (422, 0)
    assert 'href="#id_rows-0-next_step_owner"' in head
    assert "泉州商会 · Who, if not myself" in head


def test_a_unit_in_two_rows_is_told_at_the_head_once(cast, client_of, unit):
    sent = body(unit) | {"rows-TOTAL_FORMS": "2", "rows-1-unit": unit.pk, "rows-1-done": "Called"}
    page = client_of(cast.owner).post("/followups/new/", sent).content.decode()
    assert page.count("A unit stands in two rows.") == 1
    assert "A unit stands in two rows." in page.partition("data-error-summary")[2].partition("<form")[0]
    assert FollowUp.objects.count() == 0
