"""How a unit went through the phases, and its SWOT: dated rows, added and never changed."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.development.terms import MAX_LINE
from accounts.units.labels import PHASE_LABELS
from accounts.units.models import KeyAccount
from accounts.units.terms import Phase
from kam.core.models import Stamped
from kam.users.models import User
from kam.users.scopes import owned_rows

_PHASES = list(PHASE_LABELS.items())


class PhaseChangeQuerySet(models.QuerySet["PhaseChange"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(owned_rows(user, owner="unit__owner", team="unit__team"))


class PhaseChange(Stamped):
    """A unit went into another phase: who moved it, when, why, and what the conditions said then (S-066)."""

    unit = models.ForeignKey(KeyAccount, models.PROTECT, related_name="phase_changes")
    number = models.PositiveIntegerField()
    old = models.PositiveSmallIntegerField(_("from phase"), choices=_PHASES)
    new = models.PositiveSmallIntegerField(_("into phase"), choices=_PHASES)
    on = models.DateField(_("on"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    is_override = models.BooleanField(_("moved although conditions were missing"), default=False)
    #: check → answer, as found when it moved
    findings = models.JSONField(default=dict)

    objects = PhaseChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of phase")
        verbose_name_plural = _("changes of phase")
        ordering = ("unit_id", "-number")
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["on"], name="phase_change_by_day")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["unit", "number"], name="phase_change_once"),
            models.CheckConstraint(
                condition=Q(old__range=(1, 7), new__range=(1, 7)) & ~Q(old=F("new")),
                name="phase_change_changes",
            ),
            models.CheckConstraint(
                condition=~Q(reason="") | Q(is_override=False) & (Q(new__gt=F("old")) | Q(new=Phase.CRISIS)),
                name="phase_change_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.old} → {self.new}"


def _lines(label: Any) -> ArrayField:  # type: ignore[type-arg]  # a list of texts
    return ArrayField(models.CharField(max_length=MAX_LINE), default=list, blank=True, verbose_name=label)


class SwotQuerySet(models.QuerySet["Swot"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(owned_rows(user, owner="unit__owner", team="unit__team"))

    def current(self) -> Self:
        """The latest revision of each unit."""
        return self.order_by("unit_id", "-revision").distinct("unit_id")


class Swot(Stamped):
    """Where we stand with a unit: four lists, written anew as a whole (S-072)."""

    unit = models.ForeignKey(KeyAccount, models.PROTECT, related_name="swots")
    revision = models.PositiveIntegerField()
    on = models.DateField(_("written on"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    strengths = _lines(_("our strengths"))
    weaknesses = _lines(_("our weaknesses"))
    opportunities = _lines(_("opportunities"))
    threats = _lines(_("threats"))

    objects = SwotQuerySet.as_manager()

    class Meta:
        verbose_name = _("SWOT")
        verbose_name_plural = _("SWOTs")
        ordering = ("unit_id", "-revision")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["unit", "revision"], name="swot_revision_once")
        ]

    def __str__(self) -> str:
        return f"{self.unit} · {self.revision}"
