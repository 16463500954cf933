"""The acts on tasks, promises and notes. Other rooms call them inside their own transactions."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kam.audit.services import record
from kam.core.errors import BusinessError, ConflictError
from kam.core.locks import locked
from kam.notes.models import Note, Task
from kam.notes.terms import NOTHING, SourceKey, TaskKind
from kam.users.models import User


@transaction.atomic
def add_task(
    text: str,
    *,
    assignee: User,
    by: User | None,
    subject: SourceKey = NOTHING,
    due_on: date | None = None,
    kind: TaskKind = TaskKind.TASK,
    source: SourceKey = NOTHING,
) -> Task:
    """Give `assignee` something to do; `subject` is what it is about (a unit), `source` where it arose (a visit)."""
    text = text.strip()
    if not text:
        raise BusinessError(_("Say what is to be done."), code="empty", field="text")
    if not assignee.is_active:
        raise BusinessError(_("This person does not work here any more."), code="gone", field="assignee")
    task = Task.objects.create(
        kind=kind,
        text=text[:500],
        assignee=assignee,
        asked_by=by,
        due_on=due_on,
        subject_kind=subject.kind,
        subject_id=subject.id,
        subject_label=subject.label,
        source_kind=source.kind,
        source_id=source.id,
        source_label=source.label,
    )
    record("notes.task.added", task, by=by, changes={"assignee": (None, assignee), "due_on": (None, due_on)})
    return task


@transaction.atomic
def complete_task(task: Task, *, by: User | None, version: int | None = None) -> Task:
    """Mark a task done; doing it twice changes nothing the second time."""
    task = _lock(task, version)
    if task.done_at is None:
        task.done_at = timezone.now()
        _save(task, "done_at")
        record("notes.task.completed", task, by=by)
    return task


@transaction.atomic
def reopen_task(task: Task, *, by: User | None, version: int | None = None) -> Task:
    """Undo: the task is open again."""
    task = _lock(task, version)
    if task.done_at is not None:
        task.done_at = None
        _save(task, "done_at")
        record("notes.task.reopened", task, by=by)
    return task


@transaction.atomic
def move_task(task: Task, *, to: User, by: User | None) -> Task:
    """Give an open task to somebody else; a done one stays with who did it."""
    task = _lock(task, None)
    if task.done_at is not None:
        raise BusinessError(_("A task that is done is not moved."), code="done")
    if not to.is_active:
        raise BusinessError(_("This person does not work here any more."), code="gone", field="assignee")
    if task.assignee_id != to.pk:
        before = task.assignee
        task.assignee = to
        _save(task, "assignee")
        record("notes.task.moved", task, by=by, changes={"assignee": (before, to)})
    return task


@transaction.atomic
def postpone_task(task: Task, *, due_on: date | None, by: User | None, version: int | None = None) -> Task:
    """Give a task another day."""
    task = _lock(task, version)
    if task.due_on != due_on:
        before, task.due_on = task.due_on, due_on
        _save(task, "due_on")
        record("notes.task.postponed", task, by=by, changes={"due_on": (before, due_on)})
    return task


@transaction.atomic
def add_note(text: str, *, subject: SourceKey, by: User) -> Note:
    """Write a remark on what `subject` names."""
    text = text.strip()
    if not text:
        raise BusinessError(_("The note is empty."), code="empty", field="text")
    note = Note.objects.create(text=text, by=by, subject_kind=subject.kind, subject_id=subject.id)
    record("notes.note.added", note, by=by)
    return note


@transaction.atomic
def delete_note(note: Note, *, by: User) -> Note:
    """Take a note off the timeline; the row stays."""
    note = locked(Note.objects.filter(pk=note.pk)).get()
    if note.deleted_at is None:
        note.deleted_at = timezone.now()
        note.save(update_fields=["deleted_at"])
        record("notes.note.deleted", note, by=by)
    return note


def _lock(task: Task, version: int | None) -> Task:
    row = locked(Task.objects.filter(pk=task.pk)).get()
    if version is not None and row.version != version:
        raise ConflictError(_("Somebody changed this task meanwhile. Look at it again."), code="stale")
    return row


def _save(task: Task, *fields: str) -> None:
    task.version += 1
    task.save(update_fields=[*fields, "version"])
