"""The task page over HTTP."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kam.core.house import in_house_words, read_house
from kam.notes.models import Task
from kam.notes.services import add_task, complete_task, postpone_task
from kam.notes.terms import SourceKey
from visits.visits.models import KIND_LABELS
from visits.visits.terms import VisitKind

HTMX = {"HX-Request": "true"}


def groups_of(response) -> dict[str, list[str]]:
    return {g.key: [row.task.text for row in g.rows] for g in response.context["groups"] if g.rows}


def test_tasks_stand_under_their_urgency(cast, client_of):
    today = timezone.localdate()
    for text, days in (("late", -1), ("now", 0), ("soon", 7), ("far", 8), ("some day", None)):
        due_on = None if days is None else today + timedelta(days=days)
        add_task(text, assignee=cast.owner, by=cast.owner, due_on=due_on)
    add_task("help me", assignee=cast.lead, by=cast.owner)
    complete_task(add_task("old", assignee=cast.owner, by=cast.owner), by=cast.owner)
    add_task("not mine", assignee=cast.same_team, by=cast.lead)
    assert groups_of(client_of(cast.owner).get("/tasks/")) == {
        "overdue": ["late"],
        "today": ["now"],
        "week": ["soon"],
        "later": ["far"],
        "undated": ["some day"],
        "asked": ["help me"],
        "done": ["old"],
    }


def test_add_done_and_undo(cast, client_of):
    client = client_of(cast.owner)
    assert client.post("/tasks/new/", {"text": "送资料", "due_on": "2026-07-01"}).status_code == 302
    task = Task.objects.get()
    assert (task.text, task.due_on, task.assignee) == ("送资料", date(2026, 7, 1), cast.owner)
    response = client.post(f"/tasks/{task.pk}/done/", headers=HTMX)
    assert f"/tasks/{task.pk}/reopen/" in response.headers["HX-Trigger"]
    assert Task.objects.open().count() == 0
    client.post(f"/tasks/{task.pk}/reopen/", headers=HTMX)
    assert Task.objects.open().count() == 1


@pytest.mark.parametrize(
    ("body", "field"),
    [({"text": ""}, "text"), ({"text": "x", "due_on": "31.02.2026"}, "due_on"), ({"text": "a\x00b"}, "text")],
)
def test_bad_input_is_answered_at_the_field_and_kept(cast, client_of, body, field):
    response = client_of(cast.owner).post("/tasks/new/", body)
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert Task.objects.count() == 0


def test_a_stale_day_is_refused_with_the_reason(cast, client_of):
    task = add_task("call", assignee=cast.owner, by=cast.owner)
    postpone_task(task, due_on=date(2026, 7, 1), by=cast.owner)
    body = {"due_on": "2026-08-01", "version": 1}
    assert client_of(cast.owner).post(f"/tasks/{task.pk}/postpone/", body, headers=HTMX).status_code == 409
    task.refresh_from_db()
    assert task.due_on == date(2026, 7, 1)


def test_next_does_not_lead_away(cast, client_of):
    task = add_task("call", assignee=cast.owner, by=cast.owner)
    for wanted in ("https://evil.example", "//evil.example", "/\\evil.example"):
        assert client_of(cast.owner).post(f"/tasks/{task.pk}/done/", {"next": wanted}).url == "/tasks/"


def test_the_page_asks_the_same_number_of_questions_for_one_and_for_thirty(cast, client_of):
    client = client_of(cast.owner)
    counts = []
    for more in (1, 29):
        for n in range(more):
            add_task(f"t{n}", assignee=cast.owner, by=cast.lead, due_on=date(2026, 7, 1))
            add_task(f"a{n}", assignee=cast.lead, by=cast.owner)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            client.get("/tasks/")
        counts.append([q["sql"] for q in captured.captured_queries])
    assert len(counts[0]) == len(counts[1]), "\n".join(counts[1])


def test_where_a_task_arose_is_said_in_the_readers_words(cast, client_of):
    cast.owner.language = "en"
    cast.owner.save(update_fields=["language"])
    source = SourceKey.of("visit", "1", f"{in_house_words(KIND_LABELS[VisitKind.FIRST])} 2026-06-01")
    unit = SourceKey.of("accounts.unit", "1", "泉州商会")
    late = timezone.localdate() - timedelta(days=3)
    add_task("送资料", assignee=cast.owner, by=cast.lead, due_on=late, subject=unit, source=source)
    for address in ("/tasks/", "/"):
        page = client_of(cast.owner).get(address).content.decode()
        assert (read_house(source.label) in page, source.label in page) == (True, False), address
