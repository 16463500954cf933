"""Tasks, promises and notes that hang on a unit; where they came from is a source key, never a foreign key upward."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kam.core.models import Stamped, Versioned


class Task(Stamped, Versioned):
    """Something one of us must do by a day: a next step, help asked for, or a promise we made (S-240)."""

    KINDS: ClassVar = [
        ("step", _("next step")),
        ("promise", _("our promise")),
        ("their_promise", _("their promise")),
        ("help", _("help asked")),
        ("task", _("task")),
    ]

    kind = models.CharField(_("kind"), max_length=20, choices=KINDS, default="task")
    text = models.CharField(_("what"), max_length=500)
    assignee = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="tasks")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="asked_tasks", null=True
    )
    due_on = models.DateField(_("due on"), null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    subject_kind = models.CharField(max_length=40, blank=True)
    subject_id = models.CharField(max_length=60, blank=True)
    subject_label = models.CharField(max_length=300, blank=True)
    source_kind = models.CharField(max_length=40, blank=True)
    source_id = models.CharField(max_length=60, blank=True)
    source_label = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering = ("due_on", "id")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["assignee", "due_on"], condition=Q(done_at__isnull=True), name="task_open"),
            models.Index(fields=["subject_kind", "subject_id"], name="task_by_subject"),
        ]

    def __str__(self) -> str:
        return self.text


class Note(Stamped):
    """A remark on a unit's timeline."""

    text = models.TextField(_("text"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="notes")
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=60)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["subject_kind", "subject_id", "-id"], name="note_by_subject")
        ]

    def __str__(self) -> str:
        return self.text[:60]
