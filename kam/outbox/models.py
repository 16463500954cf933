"""What must reach somebody is a row first, written in the transaction of the act that causes it (R-18)."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kam.core.models import Stamped
from kam.outbox.terms import NOTICE_LENGTH, MessageState
from kam.users.models import User
from kam.users.terms import Position


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, user: User) -> Self:
        """Messages are the machinery's: the administrator sees that they are there, not what stands in them."""
        return self if user.is_active and user.position == Position.ADMINISTRATOR else self.none()


class Message(Stamped):
    """One mail to one person; `key` makes a second one for the same reason impossible."""

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=60)
    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="messages")
    address = models.EmailField(blank=True)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)
    attachments = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=12, default=MessageState.PLANNED)
    resend_when_unsure = models.BooleanField(default=False)
    message_id = models.CharField(max_length=200, unique=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(_("next attempt"), db_index=True)
    sending_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)
    #: Sent after this moment, the mail says that it comes late; `late_text` is how.
    late_after = models.DateTimeField(null=True, blank=True)
    late_text = models.CharField(max_length=200, blank=True)
    #: Not sent after this moment: yesterday's plan helps nobody.
    not_after = models.DateTimeField(null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in MessageState]), name="message_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=MessageState.SENT) | Q(sent_at__isnull=False), name="message_sent_has_time"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["next_at"], condition=Q(state="planned"), name="message_due"),
            models.Index(fields=["sending_at"], condition=Q(state="sending"), name="message_sending"),
            models.Index(fields=["state", "-id"], name="message_by_state"),
        ]

    def __str__(self) -> str:
        return self.subject


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, user: User) -> Self:
        """Everybody's bell is their own."""
        return self.filter(to=user)

    def unread(self) -> Self:
        return self.filter(read_at__isnull=True)


class Notice(Stamped):
    """A line under the bell."""

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=60)
    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="notices")
    text = models.CharField(max_length=NOTICE_LENGTH)
    url = models.CharField(max_length=300, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["to", "-created_at", "-id"], name="notice_by_person")
        ]

    def __str__(self) -> str:
        return self.text
