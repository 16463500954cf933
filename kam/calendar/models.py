"""The department's own days: a worked Saturday, a day off, and the holidays of years the public calendar does not know."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kam.core.models import Stamped


class DayOverride(Stamped):
    """One day that the department works or does not, whatever the public calendar says."""

    day = models.DateField(_("day"), unique=True)
    is_working = models.BooleanField(_("worked"))
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("day of the department")
        verbose_name_plural = _("days of the department")
        ordering = ("day",)

    def __str__(self) -> str:
        return self.day.isoformat()
