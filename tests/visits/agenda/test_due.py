"""What is due and not planned of several people: each with theirs, no more than the reader may know, constant statements."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.units.models import KeyAccount
from kam.core.periods import Period
from kam.notes.services import add_task
from kam.notes.terms import SourceKey
from tests.factories.accounts import make_person, make_unit
from tests.factories.visits import MONDAY, make_line, make_plan
from visits.agenda import selectors
from visits.plans.selectors import due_of_people

pytestmark = pytest.mark.usefixtures("thursday", "routes")

WEEK = Period(MONDAY, MONDAY.fromordinal(MONDAY.toordinal() + 6))


def due(reader, *people):
    found = due_of_people(reader, people, WEEK)
    return {person.staff_number: [(one.kind, one.unit_name) for one in found[person.pk]] for person in people}


def test_each_has_what_is_theirs_and_what_is_planned_is_left_out(cast):
    make_unit("泉州商会", owner=cast.owner, tier="D")
    make_line(make_plan(cast.owner), make_unit("已排商会", owner=cast.owner, tier="D"))
    make_unit("南昌商会", owner=cast.other_team, tier="D")
    found = due(cast.director, cast.owner, cast.same_team, cast.other_team)
    assert found == {
        cast.owner.staff_number: [("silent", "泉州商会")],
        cast.same_team.staff_number: [],
        cast.other_team.staff_number: [("silent", "南昌商会")],
    }
    assert due(cast.lead, cast.owner, cast.other_team) == {
        cast.owner.staff_number: [("silent", "泉州商会")],
        cast.other_team.staff_number: [],
    }


def test_birthdays_and_words_of_tasks_stay_with_whom_they_belong_to(cast):
    celebrating, asked = make_unit("庆生商会", owner=cast.owner), make_unit("泉州商会", owner=cast.owner)
    KeyAccount.objects.update(last_contact_on=MONDAY)
    make_person(celebrating, birthday="1980-07-01")
    subject = SourceKey.of("accounts.unit", asked.pk, asked.name)
    add_task("a private word", assignee=cast.owner, by=cast.owner, due_on=MONDAY, subject=subject)
    kinds = {
        reader: {one.kind: one.text for one in due_of_people(reader, [cast.owner], WEEK)[cast.owner.pk]}
        for reader in (cast.owner, cast.manager, cast.director, cast.lead)
    }
    assert [sorted(found) for found in kinds.values()] == [
        *(["birthday", "task"], ["birthday", "task"], ["task"], ["task"])
    ]
    assert [found["task"] for found in kinds.values()] == ["a private word", *["task, due 29 Jun"] * 3]


def test_the_page_lists_each_person_with_constant_statements(cast, client_of):
    client, address = client_of(cast.director), f"/visits/calendar/?view=week&on={MONDAY}&whose=all"
    make_unit("泉州商会", owner=cast.owner)
    client.get(address)

    def count():
        with CaptureQueriesContext(connection) as asked:
            page = client.get(address).content.decode()
        return len(asked), page.count('class="due-of"'), page

    few = count()
    for owner in (cast.same_team, cast.other_team, cast.lead):
        for number in range(4):
            make_unit(f"商会{number}{owner.name}", owner=owner)
    many = count()
    assert (many[0], many[1]) == (few[0], few[1])
    assert ("泉州商会" in few[2], f"商会3{cast.other_team.name}" in many[2]) == (True, True)


def test_a_large_department_is_shown_team_by_team(cast, client_of, monkeypatch):
    """Nobody reads five hundred calendars at once: of a team what stands there, of a person also what is due."""
    make_line(make_plan(cast.owner), make_unit("泉州商会", owner=cast.owner))
    make_line(make_plan(cast.other_team), make_unit("南昌商会", owner=cast.other_team))
    make_unit("长沙商会", owner=cast.owner)
    client, address = client_of(cast.director), f"/visits/calendar/?view=week&on={MONDAY}&whose="
    whole = client.get(f"{address}all").content.decode()
    assert ('class="due-of"' in whole, "南昌商会" in whole, "one team or person at a time" in whole) == (
        True,
        True,
        False,
    )
    monkeypatch.setattr(selectors, "MOST_AT_ONCE", 2)
    monkeypatch.setattr(selectors, "due_of_people", lambda *_asked: pytest.fail("asked for all of them"))
    for value in ("all", "", f"team-{cast.team.pk}"):
        page = client.get(f"{address}{value}").content.decode()
        assert ("泉州商会" in page, "南昌商会" in page, 'value="all"' in page) == (True, False, False)
        assert ('class="due-of"' in page, "one team or person at a time" in page) == (False, True)
        assert "Choose a team or a person to see what is due and not planned." in page
    monkeypatch.undo()
    assert "长沙商会" in client.get(f"{address}{cast.owner.pk}").content.decode()


def test_a_large_department_without_teams_opens_somebody(cast, client_of, monkeypatch):
    monkeypatch.setattr(selectors, "MOST_AT_ONCE", 2)
    monkeypatch.setattr(selectors, "teams_seen_by", lambda _reader: [])
    answer = client_of(cast.director).get("/visits/calendar/?whose=all")
    assert (answer.status_code, len(answer.context["wanted"].whose.people)) == (200, 1)
