"""Tasks and notes: each act once, audited, refused with nothing changed."""

from datetime import date

import pytest

from kam.audit.models import AuditEntry
from kam.core.errors import BusinessError, ConflictError
from kam.notes import services
from kam.notes.models import Note, Task
from kam.notes.terms import SourceKey, TaskKind

UNIT = SourceKey.of("accounts.unit", 7, "泉州商会")
VISIT = SourceKey.of("visits.visit", 9, "2026-06-23")


def acts() -> list[str]:
    return list(AuditEntry.objects.order_by("id").values_list("act", flat=True))


def test_a_task_knows_what_it_is_about_and_where_it_arose(cast):
    task = services.add_task(
        " 送样板房资料 ",
        assignee=cast.owner,
        by=cast.lead,
        subject=UNIT,
        due_on=date(2026, 6, 25),
        source=VISIT,
    )
    task.refresh_from_db()
    assert (task.text, task.assignee, task.asked_by, task.kind) == (
        "送样板房资料",
        cast.owner,
        cast.lead,
        TaskKind.TASK,
    )
    assert (task.subject, task.source) == (UNIT, VISIT)
    assert list(Task.objects.about(UNIT)) == [task]
    assert acts() == ["notes.task.added"]


def test_completing_twice_is_one_fact_and_undo_brings_it_back(cast):
    task = services.add_task("call", assignee=cast.owner, by=cast.owner)
    services.complete_task(task, by=cast.owner)
    services.complete_task(task, by=cast.owner)
    assert list(Task.objects.open()) == []
    services.reopen_task(task, by=cast.owner)
    assert list(Task.objects.open()) == [task]
    assert acts() == ["notes.task.added", "notes.task.completed", "notes.task.reopened"]


def test_a_stale_page_is_refused(cast):
    task = services.add_task("call", assignee=cast.owner, by=cast.owner)
    services.postpone_task(task, due_on=date(2026, 7, 1), by=cast.owner, version=1)
    with pytest.raises(ConflictError):
        services.complete_task(task, by=cast.owner, version=1)
    task.refresh_from_db()
    assert (task.done_at, task.version) == (None, 2)


def test_an_open_task_moves_and_a_done_one_stays(cast):
    task = services.add_task("call", assignee=cast.owner, by=cast.owner)
    services.move_task(task, to=cast.same_team, by=cast.lead)
    task.refresh_from_db()
    assert task.assignee == cast.same_team
    services.complete_task(task, by=cast.same_team)
    with pytest.raises(BusinessError):
        services.move_task(task, to=cast.owner, by=cast.lead)
    task.refresh_from_db()
    assert task.assignee == cast.same_team


@pytest.mark.parametrize("text", ["", "   "])
def test_an_empty_task_or_note_is_refused(cast, text):
    with pytest.raises(BusinessError):
        services.add_task(text, assignee=cast.owner, by=cast.owner)
    with pytest.raises(BusinessError):
        services.add_note(text, subject=UNIT, by=cast.owner)
    assert (Task.objects.count(), Note.objects.count(), acts()) == (0, 0, [])


def test_nobody_who_left_gets_a_task(cast):
    with pytest.raises(BusinessError):
        services.add_task("call", assignee=cast.gone, by=cast.owner)
    assert Task.objects.count() == 0


def test_a_deleted_note_leaves_the_timeline_and_stays_a_row(cast):
    note = services.add_note("喜欢喝茶", subject=UNIT, by=cast.owner)
    assert list(Note.objects.about(UNIT)) == [note]
    services.delete_note(note, by=cast.owner)
    services.delete_note(note, by=cast.owner)
    assert list(Note.objects.about(UNIT)) == []
    assert acts() == ["notes.note.added", "notes.note.deleted"]
