"""Reads for the task page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from kam.notes.models import Task
from kam.notes.registry import link_of
from kam.users.models import User

DONE_SHOWN = 20


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task as the page draws it."""

    task: Task
    is_overdue: bool
    subject_url: str
    source_url: str
    is_mine: bool


@dataclass(frozen=True, slots=True)
class TaskGroup:
    """Tasks under one heading."""

    key: str
    label: Any
    rows: list[TaskRow]


def row_of(task: Task, user: User, today: date) -> TaskRow:
    """Return the task with its links and whether it is late."""
    late = task.done_at is None and task.due_on is not None and task.due_on < today
    return TaskRow(task, late, link_of(task.subject), link_of(task.source), task.assignee_id == user.pk)


def task_groups(user: User, today: date) -> list[TaskGroup]:
    """Return a person's tasks by urgency, what they asked others for, and what was done lately; three statements."""
    mine = list(Task.objects.open().filter(assignee=user).select_related("assignee", "asked_by"))
    asked = Task.objects.open().filter(asked_by=user).exclude(assignee=user)
    done = Task.objects.filter(assignee=user, done_at__isnull=False).order_by("-done_at")
    week = today + timedelta(days=7)
    groups = [
        ("overdue", _("Overdue"), [t for t in mine if t.due_on and t.due_on < today]),
        ("today", _("Today"), [t for t in mine if t.due_on == today]),
        ("week", _("Within seven days"), [t for t in mine if t.due_on and today < t.due_on <= week]),
        ("later", _("Later"), [t for t in mine if t.due_on and t.due_on > week]),
        ("undated", _("Without a day"), [t for t in mine if t.due_on is None]),
        ("asked", _("Asked of others"), asked.select_related("assignee", "asked_by")),
        ("done", _("Done lately"), done.select_related("assignee", "asked_by")[:DONE_SHOWN]),
    ]
    return [TaskGroup(key, label, _rows(tasks, user, today)) for key, label, tasks in groups]


def _rows(tasks: Iterable[Task], user: User, today: date) -> list[TaskRow]:
    return [row_of(task, user, today) for task in tasks]
