"""Subscriptions of calendars, by a secret that only its hash is kept of, and what invitations told whom."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kam.core.models import Stamped
from visits.agenda.terms import Method

HASH_LENGTH = 64


class CalendarFeed(Stamped):
    """One person's subscription. A new secret kills the old link; without a row there is none."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_feed")
    token_hash = models.CharField(max_length=HASH_LENGTH, unique=True, editable=False)
    renewed_at = models.DateTimeField(_("link made at"))
    read_at = models.DateTimeField(_("last read at"), null=True, blank=True)

    class Meta:
        verbose_name = _("calendar subscription")
        verbose_name_plural = _("calendar subscriptions")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(token_hash__regex=r"^[0-9a-f]{64}$"),  # noqa: S106 -- the shape of a hash
                name="calendar_feed_keeps_a_hash",
            )
        ]

    def __str__(self) -> str:
        return str(self.user)


class CalendarInvitation(Stamped):
    """An appointment was sent to calendars. `uid` never changes; `sequence` counts what was told."""

    appointment = models.OneToOneField("visits.Appointment", models.PROTECT, related_name="invitation")
    uid = models.CharField(max_length=120, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0)
    to_customer = models.BooleanField(_("to the contact person too"), default=False)

    class Meta:
        verbose_name = _("invitation to an appointment")
        verbose_name_plural = _("invitations to appointments")

    def __str__(self) -> str:
        return self.uid


class InvitationLetter(Stamped):
    """What one mail of an invitation said; never changed. A letter to the customer has an address and still names who goes."""

    invitation = models.ForeignKey(CalendarInvitation, models.PROTECT, related_name="letters")
    sequence = models.PositiveIntegerField()
    method = models.CharField(max_length=8, choices=[(m.value, m.value) for m in Method])
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    address = models.EmailField(blank=True)
    unit_name = models.CharField(max_length=200)
    person_name = models.CharField(_("family name and post"), max_length=200, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("letter of an invitation")
        verbose_name_plural = _("letters of invitations")
        ordering = ("id",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["invitation", "sequence", "user", "address"], name="invitation_letter_once"
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="invitation_letter_times"),
            models.CheckConstraint(
                condition=Q(method__in=[m.value for m in Method]), name="invitation_letter_method_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.sequence}"
