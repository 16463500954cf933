"""Who changes a task, who takes a note back."""

import pytest

from kam.notes.models import Note, Task
from kam.notes.permissions import can_change_task, can_delete_note


@pytest.mark.parametrize(
    ("who", "may"),
    [("owner", True), ("lead", True), ("manager", False), ("director", False), ("gone", False)],
)
def test_a_task_is_changed_by_who_has_it_or_asked_for_it(cast, who, may):
    task = Task(text="call", assignee=cast.owner, asked_by=cast.lead)
    assert can_change_task(getattr(cast, who), task) is may


@pytest.mark.parametrize(("who", "may"), [("owner", True), ("lead", False), ("admin", False)])
def test_a_note_is_taken_back_by_who_wrote_it_alone(cast, who, may):
    assert can_delete_note(getattr(cast, who), Note(text="met at the fair", by=cast.owner)) is may


def test_who_was_deactivated_may_neither(cast):
    task = Task(text="call", assignee=cast.gone, asked_by=cast.gone)
    assert can_change_task(cast.gone, task) is False
    assert can_delete_note(cast.gone, Note(text="x", by=cast.gone)) is False
