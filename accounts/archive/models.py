"""What a complete unit file has, as data in versions (spec 02 “Archive completeness”)."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from kam.core.models import Stamped


class FileDefinition(Stamped):
    """One version: the weight of each part, and the parts that a complete file must have. Changed by a rule change."""

    version = models.PositiveSmallIntegerField(_("version"), unique=True)
    rules = models.JSONField(_("rules"))
    introduced_on = models.DateField(_("in force from"))
    replaced_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("definition of a complete file")
        verbose_name_plural = _("definitions of a complete file")
        ordering = ("-version",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                Value(1), condition=Q(replaced_on__isnull=True), name="file_definition_one_open"
            ),
            models.CheckConstraint(
                condition=Q(replaced_on__isnull=True) | Q(replaced_on__gte=F("introduced_on")),
                name="file_definition_ends_after_start",
            ),
            ExclusionConstraint(
                name="file_definition_one_a_day",
                expressions=[
                    (
                        Func(
                            F("introduced_on"),
                            F("replaced_on"),
                            Value("[)"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    )
                ],
            ),
        ]

    def __str__(self) -> str:
        return str(_("Version %(number)s") % {"number": self.version})
