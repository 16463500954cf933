"""Inspections of outlets: the checklist in versions, what was seen at each row, findings with their tasks; written once."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from campaigns.inspections.labels import VERDICT_LABELS
from campaigns.inspections.rules import RowSpec
from campaigns.inspections.terms import Verdict
from campaigns.outlets.models import Outlet
from kam.core.models import Stamped
from kam.notes.models import Task
from kam.users.models import User
from kam.users.scopes import owned_rows

_PLACES = {"zh-hans": 1, "zh-hant": 2}


class ChecklistVersion(Stamped):
    """The checklist as it stood from a moment on; added, never changed: an inspection keeps the one it was made by."""

    number = models.PositiveSmallIntegerField(_("version"), unique=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("version of the checklist")
        verbose_name_plural = _("versions of the checklist")
        ordering = ("-number",)

    def __str__(self) -> str:
        return str(self.number)


class ChecklistRow(Stamped):
    """One row of a version: what is looked at, and how many points it is worth."""

    version = models.ForeignKey(ChecklistVersion, models.PROTECT, related_name="rows")
    place = models.PositiveSmallIntegerField(_("order"))
    section = models.JSONField(_("heading in three languages"))
    texts = models.JSONField(_("text in three languages"))
    points = models.PositiveSmallIntegerField(_("points"))

    class Meta:
        verbose_name = _("row of the checklist")
        verbose_name_plural = _("rows of the checklist")
        ordering = ("version", "place")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["version", "place"], name="checklist_row_place_once"),
            models.CheckConstraint(condition=Q(points__range=(1, 100)), name="checklist_row_points"),
        ]

    def __str__(self) -> str:
        return str(self.texts[_PLACES.get(get_language() or "", 0)])

    @property
    def heading(self) -> str:
        return str(self.section[_PLACES.get(get_language() or "", 0)])

    @property
    def spec(self) -> RowSpec:
        (one, two, three), (first, second, third) = self.section, self.texts
        return RowSpec((one, two, three), (first, second, third), self.points)


class InspectionQuerySet(models.QuerySet["Inspection"]):
    def visible_to(self, user: User) -> Self:
        """Inspections in the outlets of units that one sees."""
        return self.filter(owned_rows(user, owner="outlet__unit__owner", team="outlet__unit__team"))


class Inspection(Stamped):
    """An outlet looked at row by row (S-252)."""

    number = models.CharField(_("number"), max_length=20, unique=True)
    outlet = models.ForeignKey(Outlet, models.PROTECT, related_name="inspections", verbose_name=_("outlet"))
    version = models.ForeignKey(ChecklistVersion, models.PROTECT, related_name="inspections")
    on = models.DateField(_("day"))
    score = models.DecimalField(_("score"), max_digits=4, decimal_places=1, null=True)
    accompanied = models.CharField(_("with whom"), max_length=120, blank=True)
    note = models.TextField(_("remark"), max_length=2000, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("inspected by")
    )

    objects = InspectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("inspection")
        verbose_name_plural = _("inspections")
        ordering = ("-on", "-pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["outlet", "on", "by"], name="inspection_once_a_day"),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__range=(0, 100)), name="inspection_score_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.outlet.name}"

    def get_absolute_url(self) -> str:
        return f"/inspections/{self.pk}/"


class SeenRow(Stamped):
    """What was seen at one row; where it was not in order, what it was, until when, and the task that came of it."""

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="rows")
    row = models.ForeignKey(ChecklistRow, models.PROTECT, related_name="+")
    verdict = models.CharField(_("seen"), max_length=8, choices=list(VERDICT_LABELS.items()))
    text = models.CharField(_("finding"), max_length=300, blank=True)
    due_on = models.DateField(_("to be mended by"), null=True, blank=True)
    task = models.OneToOneField(Task, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("row of an inspection")
        verbose_name_plural = _("rows of inspections")
        ordering = ("inspection", "row__place")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["inspection", "row"], name="inspection_row_once"),
            models.CheckConstraint(condition=Q(verdict__in=list(Verdict)), name="inspection_verdict_known"),
            models.CheckConstraint(
                condition=~Q(verdict="failed") & Q(due_on__isnull=True, task__isnull=True)
                | Q(verdict="failed", due_on__isnull=False, task__isnull=False) & ~Q(text=""),
                name="inspection_finding_has_its_task",
            ),
        ]

    def __str__(self) -> str:
        return str(self.row)
