"""Digests: one row per person, date and slot; the database refuses a second (12-decisions, 25 and 26)."""

import uuid
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kam.core.models import Stamped
from kam.outbox.models import Message
from kam.today.terms import DigestState, Slot
from kam.users.models import User

SLOT_LABELS = {Slot.PLAN: _("8:00 plan"), Slot.FOLLOWUP: _("17:00 summary")}


class DigestQuerySet(models.QuerySet["Digest"]):
    def visible_to(self, user: User) -> Self:
        """Digests are read by the person they were made for, and by nobody else."""
        return self.made_for([user.pk]) if user.is_active else self.none()

    def made_for(self, people: Any) -> Self:
        """Digests of these people, by their ids, that were made in time."""
        return self.filter(user__any_of=people, state=DigestState.MADE)


class Digest(Stamped):
    """What one person was told at 8:00 or 17:00 of one day, frozen; `message` is the mail, where one is wanted."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="digests")
    date = models.DateField(_("date"))
    slot = models.CharField(_("slot"), max_length=10, choices=[(s.value, SLOT_LABELS[s]) for s in Slot])
    state = models.CharField(max_length=10, default=DigestState.MADE)
    due_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True, blank=True)
    is_late = models.BooleanField(default=False)
    language = models.CharField(max_length=10)
    subject = models.CharField(max_length=300, blank=True)
    blocks = models.JSONField(default=list)
    message = models.OneToOneField(Message, models.PROTECT, null=True, blank=True, related_name="digest")
    batch = models.UUIDField(default=uuid.uuid4, editable=False)

    objects = DigestQuerySet.as_manager()

    class Meta:
        verbose_name = _("digest")
        verbose_name_plural = _("digests")
        ordering = ("-date", "-slot")
        constraints = [
            models.UniqueConstraint(fields=["user", "date", "slot"], name="digest_once"),
            models.CheckConstraint(condition=Q(slot__in=[s.value for s in Slot]), name="digest_slot_known"),
            models.CheckConstraint(
                condition=Q(state=DigestState.MISSED, made_at__isnull=True, message__isnull=True)
                | Q(state=DigestState.MADE, made_at__isnull=False),
                name="digest_made_or_missed",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["batch"], name="digest_by_batch"),
            models.Index(fields=["date", "slot"], name="digest_by_slot"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.date} {self.slot}"


class DigestWatch(models.Model):
    """Since when this installation makes digests, and up to when it looked for missed ones. One row."""

    since = models.DateTimeField()
    checked_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="digest_watch_one_row")]

    def __str__(self) -> str:
        return str(self.since)
