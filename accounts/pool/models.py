"""What happened to units on their way into the pool and out of it, and transfers that are asked for."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.pool.labels import ACT_LABELS, STATE_LABELS, STATE_TONES
from accounts.pool.terms import OPEN_STATES, PoolAct, TransferState
from accounts.units.models import KeyAccount
from kam.core.models import Stamped, Versioned
from kam.users.models import User
from kam.users.scopes import Reach, owned_rows, scope_of


class PoolEvent(Stamped):
    """One step, added and never changed. `user` is who lost it or got it; `by` is empty where the rule did it."""

    unit = models.ForeignKey(KeyAccount, models.PROTECT, related_name="pool_events", db_index=False)
    act = models.CharField(max_length=10, choices=[(a.value, ACT_LABELS[a]) for a in PoolAct])
    on = models.DateField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="pool_events")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("step of the pool")
        verbose_name_plural = _("steps of the pool")
        ordering = ("-id",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(act__in=[a.value for a in PoolAct]), name="pool_event_act_known"
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["unit", "-id"], name="pool_event_by_unit"),
            models.Index(fields=["user", "act", "on"], name="pool_event_by_user"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} · {self.get_act_display()}"


class TransferQuerySet(models.QuerySet["Transfer"]):
    def visible_to(self, user: User) -> Self:
        """Transfers of units one sees, those one asked for, and those to oneself."""
        if scope_of(user).reach in {Reach.DEPARTMENT, Reach.NOTHING}:
            return self.filter(owned_rows(user, owner="unit__owner", team="unit__team"))
        seen = owned_rows(user, owner="unit__owner", team="unit__team")
        return self.filter(seen | Q(asked_by=user) | Q(to=user))


class Transfer(Stamped, Versioned):
    """A unit shall go to somebody else, or (without `to`) into the pool; in force once it is approved."""

    unit = models.ForeignKey(KeyAccount, models.PROTECT, related_name="transfers")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("present owner")
    )
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="transfers_to",
        verbose_name=_("new owner"),
    )
    reason = models.CharField(_("reason"), max_length=300)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="transfers_asked", verbose_name=_("asked by")
    )
    state = models.CharField(
        _("state"),
        max_length=12,
        choices=[(s.value, STATE_LABELS[s]) for s in TransferState],
        default=TransferState.PENDING,
    )

    objects = TransferQuerySet.as_manager()

    class Meta:
        verbose_name = _("transfer of a unit")
        verbose_name_plural = _("transfers of units")
        ordering = ("-id",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["unit"], condition=Q(state__in=sorted(OPEN_STATES)), name="transfer_one_open"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="transfer_has_reason"),
            models.CheckConstraint(
                condition=Q(to__isnull=True) | ~Q(to=F("owner")), name="transfer_to_somebody_else"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in TransferState]), name="transfer_state_known"
            ),
        ]

    def __str__(self) -> str:
        return "{} → {}".format(self.unit, self.to or _("the pool"))

    def get_absolute_url(self) -> str:
        return f"/transfers/{self.pk}/"

    @property
    def tone(self) -> str:
        return STATE_TONES[TransferState(self.state)]
