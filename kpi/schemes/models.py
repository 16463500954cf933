"""Schemes as versions: in force for a position from a day on, never edited, never two on one day."""

from datetime import date, timedelta
from typing import Any, ClassVar, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from kam.core.models import Stamped
from kam.users.models import POSITION_LABELS
from kam.users.terms import SELLERS
from kpi.schemes.rules import Line
from kpi.scoring.labels import METHOD_LABELS
from kpi.scoring.registry import TARGET, indicator
from kpi.scoring.terms import Method

POSITIONS = [(p.value, POSITION_LABELS[p]) for p in sorted(SELLERS)]


class SchemeQuerySet(models.QuerySet["Scheme"]):
    def on(self, day: date) -> Self:
        """Schemes in force on `day`; the last day belongs to the successor (half-open)."""
        return self.filter(valid_from__lte=day).filter(Q(valid_until__isnull=True) | Q(valid_until__gt=day))


class Scheme(Stamped):
    """One version of the hundred points of one position. Only its end is ever written."""

    position = models.CharField(_("position"), max_length=30, choices=POSITIONS)
    number = models.PositiveSmallIntegerField(_("version"))
    valid_from = models.DateField(_("in force from"))
    valid_until = models.DateField(_("ends before"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = SchemeQuerySet.as_manager()

    class Meta:
        verbose_name = _("KPI scheme")
        verbose_name_plural = _("KPI schemes")
        ordering = ("position", "-number")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["position", "number"], name="kpi_scheme_number_once"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="kpi_scheme_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(position__in=[p for p, _label in POSITIONS]), name="kpi_scheme_position_known"
            ),
            ExclusionConstraint(
                name="kpi_scheme_one_at_a_time",
                expressions=[
                    ("position", RangeOperators.EQUAL),
                    (
                        Func(
                            F("valid_from"),
                            F("valid_until"),
                            Value("[)"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_position_display()} v{self.number}"

    @property
    def last_day(self) -> date | None:
        return self.valid_until - timedelta(days=1) if self.valid_until else None

    def as_json(self) -> dict[str, Any]:
        """Return the version as sheets freeze it."""
        lines = [line.told.as_json() for line in self.lines.all()]
        return {"id": self.pk, "position": self.position, "number": self.number, "lines": lines}


class SchemeLine(models.Model):
    """An indicator of a scheme with its points and how they are given. Append-only."""

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="lines")
    place = models.PositiveSmallIntegerField()
    indicator = models.CharField(_("indicator"), max_length=40)
    weight = models.DecimalField(_("points"), max_digits=5, decimal_places=2)
    method = models.CharField(_("method"), max_length=10, choices=list(METHOD_LABELS.items()))
    terms = models.JSONField(_("numbers of the method"), default=dict)
    is_sourced = models.BooleanField(
        _("printed in the source"), default=False, help_text=_("Else the weight is an assumption.")
    )

    class Meta:
        verbose_name = _("line of a scheme")
        verbose_name_plural = _("lines of schemes")
        ordering = ("scheme_id", "place")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["scheme", "place"], name="kpi_scheme_place_once"),
            models.UniqueConstraint(fields=["scheme", "indicator"], name="kpi_scheme_indicator_once"),
            models.CheckConstraint(
                condition=Q(weight__gt=0, weight__lte=100), name="kpi_scheme_weight_sensible"
            ),
            models.CheckConstraint(condition=Q(method__in=list(Method)), name="kpi_scheme_method_known"),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} · {self.indicator}"

    @property
    def told(self) -> Line:
        """The line as rules know it."""
        return new_line(
            self.indicator, self.weight, Method(self.method), self.terms, is_sourced=self.is_sourced
        )


def new_line(key: str, weight: Any, method: Method, terms: Any, *, is_sourced: bool = False) -> Line:
    """Return a line with what the indicator itself says: what it yields, whether lower is better, whether it needs a target."""
    told = indicator(key)
    return Line(
        key, weight, method, terms, told.result, told.lower_is_better, told.base == TARGET, is_sourced
    )
