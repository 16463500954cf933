"""The visit report: one column per visit, side by side for a unit; each submission is kept (S-163, S-164)."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kam.core.models import Stamped, Versioned
from kam.users.models import User
from visits.reports.terms import ReportState, Variant
from visits.visits.models import Visit

VARIANT_LABELS = {Variant.PROPERTY: _("Property"), Variant.PRODUCE: _("Produce and gifts")}


class VisitReportQuerySet(models.QuerySet["VisitReport"]):
    def visible_to(self, user: User) -> Self:
        """Reports of visits that `user` may read."""
        return self.filter(visit__in=Visit.objects.visible_to(user))

    def submitted(self) -> Self:
        return self.filter(state=ReportState.SUBMITTED)


class VisitReport(Stamped, Versioned):
    """What one visit learned about the unit: field → value and field → remark, in the fields of its variant."""

    visit = models.OneToOneField(Visit, models.PROTECT, related_name="report")
    variant = models.CharField(
        _("form"), max_length=20, choices=[(v.value, VARIANT_LABELS[v]) for v in Variant]
    )
    values = models.JSONField(default=dict)
    remarks = models.JSONField(default=dict)
    state = models.CharField(
        _("state"),
        max_length=20,
        choices=[("draft", _("Draft")), ("submitted", _("Submitted"))],
        default="draft",
    )
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)

    objects = VisitReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("visit report")
        verbose_name_plural = _("visit reports")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(state="draft") | Q(submitted_at__isnull=False), name="report_submitted_at_known"
            )
        ]

    def __str__(self) -> str:
        return str(self.visit)


class ReportVersion(Stamped):
    """The report as it was submitted; never edited."""

    report = models.ForeignKey(VisitReport, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    values = models.JSONField()
    remarks = models.JSONField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("version of a report")
        verbose_name_plural = _("versions of reports")
        ordering = ("-number",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["report", "number"], name="report_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.report} · {self.number}"
