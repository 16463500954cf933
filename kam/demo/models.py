"""What of the demo story was loaded here. A row means: this installation holds invented people with public passwords."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DemoPart(models.Model):
    """One part of the story that was loaded, whole."""

    name = models.CharField(max_length=60, unique=True)
    size = models.CharField(max_length=12)
    seed = models.IntegerField()
    day = models.DateField()
    loaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("loaded part of the demo")
        verbose_name_plural = _("loaded parts of the demo")
        ordering = ("id",)

    def __str__(self) -> str:
        return self.name
