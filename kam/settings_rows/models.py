"""Values of settings, each in force from a day on; the newest in force wins. Changed by an approved rule change (12-decisions, 6)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kam.core.models import Stamped


class SettingRow(Stamped):
    """One value of one setting from one day on. Rows are added, never edited."""

    key = models.CharField(_("key"), max_length=80)
    value = models.JSONField(_("value"))
    valid_from = models.DateField(_("valid from"))
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("setting")
        verbose_name_plural = _("settings")
        constraints = [models.UniqueConstraint(fields=["key", "valid_from"], name="setting_once_a_day")]
        ordering = ("key", "-valid_from")

    def __str__(self) -> str:
        return f"{self.key} = {self.value}"
