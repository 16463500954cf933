"""The Today page: the own sections in their places, what leaders read, nothing to do, a day off."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from kam.notes.models import Task
from kam.today.models import Digest
from kam.today.registry import register_duty, register_figure, register_section
from kam.today.terms import Exit, Place, Slot
from tests.kam.today.stage import duty, empty_registry, figure, visits

__all__ = ["empty_registry"]
pytestmark = pytest.mark.django_db

TUESDAY = date(2026, 6, 23)


@pytest.fixture(autouse=True)
def _tuesday_morning():
    with time_machine.travel(datetime(2026, 6, 23, 0, 2, tzinfo=UTC), tick=False):
        yield


@pytest.mark.usefixtures("empty_registry")
def test_sections_stand_in_their_places_and_only_for_their_people(cast, client_of):
    def told(word):
        return lambda users, _day: {user.pk: [word] for user in users}

    register_section(visits(told("side"), key="s", place=Place.SIDE, slots=(Exit.TODAY,)))
    register_section(visits(told("main"), key="m", place=Place.MAIN, slots=(Exit.TODAY,)))
    register_section(visits(told("plan"), key="p", slots=(Exit.PLAN,)))
    page = client_of(cast.owner).get("/")
    shown = page.context["page"]
    assert [block.key for block in shown.main] == ["m"]
    assert [block.key for block in shown.side] == ["s"]
    assert shown.summaries == ["1 visits", "1 visits"]
    assert "Tuesday 23 June" in page.content.decode()


@pytest.mark.usefixtures("empty_registry")
def test_a_section_without_data_says_its_own_word(cast, client_of):
    register_section(visits(lambda _users, _day: {}, empty="No visits are planned for today."))
    page = client_of(cast.owner).get("/")
    assert "Nothing is waiting for you" in page.content.decode()
    assert page.context["page"].main[0].has_data is False


@pytest.mark.usefixtures("empty_registry")
def test_nothing_to_do_says_what_will_stand_here(cast, client_of):
    page = client_of(cast.hr).get("/").content.decode()
    assert "Nothing is waiting for you" in page


def test_a_lead_a_manager_and_the_director_read_who_owes_what(cast, client_of, monkeypatch):
    from kam.today import registry

    monkeypatch.setattr(registry, "_duties", {})
    monkeypatch.setattr(registry, "_figures", {})
    register_duty(duty(lambda _users, _day: {cast.same_team.pk}))
    register_figure(figure(lambda _users, _day: {cast.owner.pk: 4}, goal=lambda _day: 30))

    def debts(user):
        blocks = client_of(user).get("/").context["page"].main
        return [block.text for block in blocks if block.key == "team-today"]

    owner_line = "- Owner: Calls 4"
    assert "Follow-up form missing (1): Owner" in debts(cast.lead)[0]
    assert owner_line in debts(cast.lead)[0]
    assert "Follow-up form missing (2): Lead, Owner" in debts(cast.manager)[0]
    assert "Other-Team" not in debts(cast.manager)[0]
    assert "Follow-up form missing (4): Lead, Owner, Other-Lead, Other-Team" in debts(cast.director)[0]
    assert debts(cast.owner) == []
    own = client_of(cast.owner).get("/").content.decode()
    assert 'href="/followups/2026-06-23/"' in own


def test_due_tasks_are_told_with_the_overdue_first(cast, client_of):
    for text, due in (("Tuesday", TUESDAY), ("Monday", date(2026, 6, 22)), ("Wednesday", date(2026, 6, 24))):
        Task.objects.create(
            text=text,
            assignee=cast.owner,
            due_on=due,
            subject_kind="accounts.unit",
            subject_id="7",
            subject_label="泉州商会",
        )
    Task.objects.create(text="Somebody else's", assignee=cast.same_team, due_on=TUESDAY)
    block = next(b for b in client_of(cast.owner).get("/").context["page"].side if b.key == "tasks")
    assert block.text == "- Monday · 泉州商会 · 22 Jun 2026\n- Tuesday · 泉州商会 · 23 Jun 2026"
    assert block.summary == "2 due · 1 overdue"
    assert 'href="/accounts/7/"' in block.html


def test_the_administrator_reads_about_the_machinery(cast, client_of):
    page = client_of(cast.admin).get("/")
    assert [block.key for block in page.context["page"].main] == ["setup", "machinery"]
    assert "/ops/outbox/?state=dead" in page.content.decode()


def test_a_day_off_says_so(cast, client_of):
    with time_machine.travel(datetime(2026, 6, 20, 0, 2, tzinfo=UTC), tick=False):
        assert "Today is no working day" in client_of(cast.owner).get("/").content.decode()


def test_the_page_asks_as_often_for_one_as_for_many(cast, client_of, django_assert_max_num_queries):
    client = client_of(cast.manager)
    client.get("/")
    with django_assert_max_num_queries(61) as few:
        client.get("/")
    Task.objects.bulk_create(Task(text=str(n), assignee=cast.manager, due_on=TUESDAY) for n in range(50))
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get("/")


def test_a_digest_is_read_as_it_was_made_and_printed(cast, client_of):
    now = datetime(2026, 6, 23, 0, 2, tzinfo=UTC)
    blocks = [{"key": "visits", "title": "拜访", "html": "<p>泉州商会 𠮷</p>", "text": "泉州商会"}]
    Digest.objects.create(
        user=cast.owner,
        date=TUESDAY,
        slot="plan",
        due_at=now,
        made_at=now,
        is_late=True,
        language="zh-hans",
        subject="六月 2026-05 报告",
        blocks=blocks,
    )
    client = client_of(cast.owner)
    page = client.get("/digests/2026-06-23/plan/").content.decode()
    assert "<p>泉州商会 𠮷</p>" in page
    assert "It came late." in page
    listed = client.get("/digests/").content.decode()
    assert ("六月" in listed, "2026-05" in listed, "It came late." in listed) == (True, False, True)
    assert client.get("/digests/2026-06-23/plan/pdf/").content.startswith(b"%PDF")
    assert client.get("/digests/2026-13-23/plan/").status_code == 404
    assert client.get("/digests/2026-06-23/lunch/").status_code == 404


def test_the_administrator_sees_what_was_missed(cast, client_of):
    Digest.objects.create(
        user=cast.owner,
        date=TUESDAY,
        slot="plan",
        state="missed",
        due_at=datetime(2026, 6, 23, tzinfo=UTC),
        language="en",
    )
    page = client_of(cast.admin).get("/ops/digests/")
    assert page.context["days"][1].missed == 1
    assert cast.owner.name in page.content.decode()


def test_a_due_task_is_ticked_in_place_and_opened_again(cast, client_of):
    task = Task.objects.create(text="Send the plans", assignee=cast.owner, due_on=TUESDAY)
    client = client_of(cast.owner)
    assert f'id="todo-{task.pk}"' in client.get("/").content.decode()
    htmx = {"HX-Request": "true"}
    done = client.post(f"/tasks/{task.pk}/done/", {"row": "todo"}, headers=htmx)
    task.refresh_from_db()
    assert task.done_at is not None
    assert f"/tasks/{task.pk}/reopen/" in done.content.decode()
    assert f"/tasks/{task.pk}/reopen/" in done.headers["HX-Trigger"]
    again = client.post(f"/tasks/{task.pk}/reopen/", {"row": "todo"}, headers=htmx)
    task.refresh_from_db()
    assert (task.done_at, "<html" in again.content.decode()) == (None, False)
    assert client.post(f"/tasks/{task.pk}/done/", {"row": "todo", "next": "/"}).url == "/"


@pytest.mark.usefixtures("empty_registry")
def test_nobody_owes_anything_on_a_day_off(cast, client_of):
    register_duty(duty(lambda _users, _day: set()))
    from kam.today.team import owed, team_days

    sunday = date(2026, 6, 28)
    assert cast.owner.pk in owed([cast.owner], TUESDAY, Exit.TODAY)
    assert owed([cast.owner], sunday, Exit.TODAY) == {}
    assert team_days([cast.manager], TUESDAY, Exit.TODAY)[cast.manager.pk].debts != []
    assert team_days([cast.manager], sunday, Exit.TODAY)[cast.manager.pk].debts == []


@pytest.mark.usefixtures("empty_registry")
@pytest.mark.parametrize(
    ("utc_hour", "said", "debts"), [(1, "due at 17:00", 0), (8, "due at 17:00", 0), (9, "missing", 1)]
)
def test_a_duty_of_the_evening_is_not_missing_in_the_morning(cast, utc_hour, said, debts):
    from kam.today.team import owed, team_days

    late = duty(lambda _users, _day: set(), due_at=Slot.FOLLOWUP, upcoming="due at 17:00", missing="missing")
    register_duty(late)
    with time_machine.travel(datetime(2026, 6, 23, utc_hour, tzinfo=UTC), tick=False):
        assert [row.text for row in owed([cast.owner], TUESDAY, Exit.TODAY)[cast.owner.pk]] == [said]
        assert [row.text for row in owed([cast.owner], TUESDAY, Exit.FOLLOWUP)[cast.owner.pk]] == ["missing"]
        assert len(team_days([cast.manager], TUESDAY, Exit.TODAY)[cast.manager.pk].debts) == debts
        assert len(team_days([cast.manager], TUESDAY, Exit.FOLLOWUP)[cast.manager.pk].debts) == 1
