"""Sums of measures by month, and the marks that say which of them are true no more. Both are written by the roll-up and by triggers alone."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kpi.rollup.terms import Level


class Kept(models.Model):
    """A measure's sum in a month: of a person within a team, of a team, of the department. The department's row says that the month is kept."""

    id = models.BigAutoField(primary_key=True)
    measure = models.CharField(max_length=40)
    month = models.DateField()
    level = models.CharField(max_length=10)
    person = models.BigIntegerField(null=True)
    team = models.BigIntegerField(null=True)
    amount = models.DecimalField(max_digits=20, decimal_places=2)
    facts = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["measure", "month", "level", "person", "team"],
                name="kept_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(name="kept_of_a_month", condition=Q(month__day=1)),
            models.CheckConstraint(
                name="kept_level",
                condition=Q(level=Level.PERSON)
                | Q(level=Level.TEAM, person=None)
                | Q(level=Level.DEPARTMENT, person=None, team=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.month:%Y-%m} {self.level}: {self.amount}"


class Touched(models.Model):
    """Something changed in a source, in months from `first_month` to `last_month`: what is kept of them must be added up again.

    Only added and taken away, never changed: an act that is not committed yet waits for nobody and is overlooked by nobody (ADR 0021).
    """

    id = models.BigAutoField(primary_key=True)
    source = models.CharField(max_length=12)
    first_month = models.DateField()
    last_month = models.DateField()
    person = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.source} {self.first_month:%Y-%m} … {self.last_month:%Y-%m}"
