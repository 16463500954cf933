"""Who may do what with tasks and notes."""

from kam.notes.models import Note, Task
from kam.users.models import User


def can_change_task(user: User, task: Task) -> bool:
    """Whoever has to do it or asked for it."""
    return user.is_active and user.pk in {task.assignee_id, task.asked_by_id}


def can_delete_note(user: User, note: Note) -> bool:
    """Only who wrote it."""
    return user.is_active and user.pk == note.by_id
