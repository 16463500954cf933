"""Norms of activity per position, each in force from a day on (S-230, S-231, S-172)."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from kam.core.models import Stamped
from kam.users.models import POSITION_LABELS
from kam.users.terms import Position
from visits.quotas.terms import QuotaKey

QUOTA_LABELS = {
    QuotaKey.CALLS_A_DAY: _("Calls today"),
    QuotaKey.UNITS_A_WEEK: _("Units this week"),
    QuotaKey.A_VISITS_A_WEEK: _("Visits to A units"),
    QuotaKey.TRIP_DAYS_A_MONTH: _("Trip days this month"),
}


class QuotaNorm(Stamped):
    """How much of one measure a position owes; rows are added, never edited. `position` empty: everybody who sells."""

    key = models.CharField(
        _("measure"), max_length=30, choices=[(k.value, QUOTA_LABELS[k]) for k in QuotaKey]
    )
    position = models.CharField(
        _("position"),
        max_length=30,
        blank=True,
        choices=[(p.value, POSITION_LABELS[p]) for p in Position],
    )
    amount = models.PositiveSmallIntegerField(_("amount"))
    valid_from = models.DateField(_("valid from"))

    class Meta:
        verbose_name = _("quota")
        verbose_name_plural = _("quotas")
        ordering = ("key", "position", "-valid_from")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["key", "position", "valid_from"], name="quota_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.get_key_display()} {self.amount}"
