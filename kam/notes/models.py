"""Tasks, promises and notes that hang on a unit; where they came from is a source key, never a foreign key upward."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kam.core.models import Stamped, Versioned
from kam.notes.terms import SourceKey
from kam.users.models import User


class TaskQuerySet(models.QuerySet["Task"]):
    def visible_to(self, user: User) -> Self:
        """Tasks that `user` has to do or asked for."""
        return self.filter(Q(assignee=user) | Q(asked_by=user)) if user.is_active else self.none()

    def open(self) -> Self:
        """Not done yet."""
        return self.filter(done_at__isnull=True)

    def about(self, subject: SourceKey) -> Self:
        """Tasks about one thing, e.g. a unit."""
        return self.filter(subject_kind=subject.kind, subject_id=subject.id)


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

    objects = TaskQuerySet.as_manager()

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

    @property
    def subject(self) -> SourceKey:
        """What the task is about."""
        return SourceKey(self.subject_kind, self.subject_id, self.subject_label)

    @property
    def source(self) -> SourceKey:
        """Where the task arose."""
        return SourceKey(self.source_kind, self.source_id, self.source_label)


class NoteQuerySet(models.QuerySet["Note"]):
    def about(self, subject: SourceKey) -> Self:
        """Notes on one thing that were not taken off, whoever wrote them: who may see the thing may read them."""
        return self.filter(
            subject_kind=subject.kind, subject_id=subject.id, deleted_at__isnull=True
        ).select_related("by")


class Note(Stamped):
    """A remark on a unit's timeline."""

    text = models.TextField(_("text"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="notes")
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=60)
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["subject_kind", "subject_id", "-id"], name="note_by_subject")
        ]

    def __str__(self) -> str:
        return self.text[:60]
