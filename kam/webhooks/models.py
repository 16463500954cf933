"""Addresses of other programs, and what was told to each."""

from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kam.core.models import Stamped
from kam.users.models import User
from kam.users.terms import Position
from kam.webhooks.terms import DELIVERY_LABELS, DeliveryState


class EndpointQuerySet(models.QuerySet["Endpoint"]):
    def visible_to(self, user: User) -> Self:
        """The machinery is the administrator's."""
        return self if user.is_active and user.position == Position.ADMINISTRATOR else self.none()

    def running(self) -> Self:
        return self.filter(stopped_at=None)


class Endpoint(Stamped):
    """An address that is told of chosen acts. The secret that signs is hidden; `seen` is the last link of the audit that was looked at."""

    name = models.CharField(pgettext_lazy("webhook", "name"), max_length=60)
    url = models.CharField(_("address"), max_length=300)
    acts = ArrayField(models.CharField(max_length=100), verbose_name=_("what it is told of"))
    sealed_secret = models.TextField()
    tail = models.CharField(max_length=4)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    seen = models.BigIntegerField()
    stopped_at = models.DateTimeField(null=True, blank=True)

    objects = EndpointQuerySet.as_manager()

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ("-pk",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(acts=[]), name="webhook_told_something")
        ]

    def __str__(self) -> str:
        return self.name


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(endpoint__in=Endpoint.objects.visible_to(user))


class Delivery(Stamped):
    """One event for one address; `link` is its place in the audit, 0 for a trial."""

    endpoint = models.ForeignKey(Endpoint, models.CASCADE, related_name="deliveries")
    link = models.BigIntegerField()
    act = models.CharField(max_length=100)
    object_type = models.CharField(max_length=60, blank=True)
    object_id = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField(_("at"))
    state = models.CharField(
        max_length=10,
        default=DeliveryState.PLANNED.value,
        choices=[(state.value, label) for state, label in DELIVERY_LABELS.items()],
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(_("next attempt"))
    sent_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=300, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("event for a webhook")
        verbose_name_plural = _("events for webhooks")
        ordering = ("-pk",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["endpoint", "link"], condition=Q(link__gt=0), name="webhook_told_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in DeliveryState]), name="webhook_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False),
                name="webhook_sent_has_time",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["next_at"], condition=Q(state="planned"), name="webhook_due"),
        ]

    def __str__(self) -> str:
        return f"{self.act} → {self.endpoint_id}"
