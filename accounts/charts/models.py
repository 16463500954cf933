"""The decision flow of a unit: drawn anew as a whole, never changed, so that any day's flow can be seen."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.charts.labels import STEP_LABELS
from accounts.charts.terms import StepKind
from accounts.persons.models import Person
from accounts.units.models import KeyAccount
from kam.core.models import Stamped
from kam.users.models import User
from kam.users.scopes import owned_rows


class DecisionFlowQuerySet(models.QuerySet["DecisionFlow"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(owned_rows(user, owner="unit__owner", team="unit__team"))


class DecisionFlow(Stamped):
    """How the unit decided as known from `drawn_on` on, until a later one was drawn (S-026)."""

    unit = models.ForeignKey(KeyAccount, models.PROTECT, related_name="decision_flows")
    revision = models.PositiveIntegerField()
    drawn_on = models.DateField(_("drawn on"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = DecisionFlowQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision flow")
        verbose_name_plural = _("decision flows")
        ordering = ("unit_id", "-revision")
        constraints = [models.UniqueConstraint(fields=["unit", "revision"], name="flow_revision_once")]

    def __str__(self) -> str:
        return f"{self.unit} · {self.revision}"


class DecisionStep(models.Model):
    """One step of a flow, in the order of `place`."""

    flow = models.ForeignKey(DecisionFlow, models.PROTECT, related_name="steps")
    place = models.PositiveSmallIntegerField()
    kind = models.CharField(_("step"), max_length=10, choices=list(STEP_LABELS.items()))
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="decision_steps")
    who = models.CharField(_("or who"), max_length=80, blank=True)
    days = models.PositiveSmallIntegerField(_("days"), null=True, blank=True)

    class Meta:
        verbose_name = _("step of a decision")
        verbose_name_plural = _("steps of a decision")
        ordering = ("flow_id", "place")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["flow", "place"], name="step_place_once"),
            models.CheckConstraint(condition=Q(kind__in=list(StepKind)), name="step_kind_known"),
            models.CheckConstraint(
                condition=Q(person__isnull=True) & ~Q(who="") | Q(person__isnull=False, who=""),
                name="step_has_one_who",
            ),
            models.CheckConstraint(
                condition=Q(days__isnull=True) | Q(days__range=(0, 365)), name="step_days_in_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.person or self.who}"
