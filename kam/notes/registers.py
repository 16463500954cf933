"""What notes give to the frames."""

from django.utils.translation import gettext_lazy as _

from kam.audit.registry import register_act
from kam.core.frame import register_menu

register_menu("tasks", _("Tasks"), "list-check", "/tasks/")
register_act("notes.task.added", _("Task added"))
register_act("notes.task.completed", _("Task done"))
register_act("notes.task.reopened", _("Task opened again"))
register_act("notes.task.moved", _("Task given to somebody else"))
register_act("notes.task.postponed", _("Task postponed"))
register_act("notes.note.added", _("Note added"))
register_act("notes.note.deleted", _("Note deleted"))
