"""The end of the story: what was promised was mostly done in time, and a manager is on leave."""

from datetime import date, timedelta

from django.utils import timezone

from kam.demo.story import Story
from kam.notes.models import Task
from kam.notes.services import complete_task
from kam.people.services.absences import AbsencePlan, add_absence
from kam.people.terms import AbsenceKind

#: So many of a person's tasks may be overdue today.
_OVERDUE = 2
#: Help asked for has no day of its own; it is given within so many days.
_HELP_DAYS = 2


def play_tasks(story: Story) -> None:
    """Tick off what was due: nine in ten in time, the others a little late; of the last days two a person are still open."""
    left: dict[int, int] = {}
    for task in Task.objects.open().select_related("assignee").order_by("-due_on", "-pk"):
        made = timezone.localtime(task.created_at).date()
        due = task.due_on or made + timedelta(days=_HELP_DAYS)
        if due >= story.today:
            continue
        is_recent = (story.today - due).days <= 5
        if is_recent and left.get(task.assignee_id, 0) < _OVERDUE and story.random.random() < 0.4:
            left[task.assignee_id] = left.get(task.assignee_id, 0) + 1
            continue
        with story.at(_done_on(story, made, due), 17, 50):
            complete_task(task, by=task.assignee)


def _done_on(story: Story, made: date, due: date) -> date:
    """Return a day between the promise and its day; one in ten is a day or two late, none in the future."""
    late = story.random.randint(1, 2) if story.random.random() < 0.1 else 0
    early = 0 if late else story.random.randint(0, 1)
    return max(made, min(due + timedelta(days=late - early), story.day(-1)))


def play_leave(story: Story) -> None:
    """The manager of the second group is on leave; the other manager decides for her."""
    away, stand_in = story.users["manager2"], story.users["manager1"]
    with story.at(story.day(-5), 10):
        plan = AbsencePlan(AbsenceKind.LEAVE, story.day(-1), story.day(5), stand_in)
        add_absence(away, plan, by=away)
