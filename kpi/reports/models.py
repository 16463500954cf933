"""Reports that are kept: an address under a name, shared or not, and when it goes out to whom. They hold conditions, never figures."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kam.core.models import Stamped
from kam.users.models import Membership, User
from kpi.reports.labels import RHYTHM_LABELS, SHARING_LABELS
from kpi.reports.rules import LAST_DAY
from kpi.reports.terms import Delivered, Rhythm, Sharing

MAX_QUERY = 1_500


class SavedReportQuerySet(models.QuerySet["SavedReport"]):
    def visible_to(self, user: User) -> Self:
        """Own ones, those shared with everybody or a team of the reader's, and those that are sent to them."""
        if not user.is_active:
            return self.none()
        mine = Membership.objects.filter(user=user, ended_on__isnull=True).values("team_id")
        of_team = Q(team__in=mine) | Q(team__lead=user) | Q(team__manager=user)
        sent = ScheduleRecipient.objects.filter(user=user, stopped_at=None).values("schedule__report")
        return self.filter(
            Q(owner=user) | Q(sharing=Sharing.EVERYBODY) | Q(sharing=Sharing.TEAM) & of_team | Q(pk__in=sent)
        )


class SavedReport(Stamped):
    """An address of a pivot under a name. What it shows is always what its reader may see."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=80)
    source = models.CharField(max_length=30)
    query = models.CharField(max_length=MAX_QUERY, blank=True)
    sharing = models.CharField(
        _("shared with"), max_length=12, choices=list(SHARING_LABELS.items()), default=Sharing.NOBODY
    )
    team = models.ForeignKey("users.Team", models.PROTECT, null=True, blank=True, related_name="+")

    objects = SavedReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved report")
        verbose_name_plural = _("saved reports")
        ordering = ("name", "id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["owner", "name"], name="report_name_once"),
            models.CheckConstraint(condition=~Q(name=""), name="report_has_a_name"),
            models.CheckConstraint(
                condition=Q(sharing=Sharing.TEAM, team__isnull=False)
                | Q(sharing__in=[Sharing.NOBODY, Sharing.EVERYBODY], team__isnull=True),
                name="report_shared_with_a_team",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/reports/{self.pk}/"


class ReportSchedule(Stamped):
    """When a report goes out by mail: `place` is the weekday or the day of the month."""

    report = models.OneToOneField(SavedReport, models.CASCADE, related_name="schedule")
    rhythm = models.CharField(_("how often"), max_length=10, choices=list(RHYTHM_LABELS.items()))
    place = models.PositiveSmallIntegerField(_("on which day"), default=1)
    next_on = models.DateField(_("next time"))

    class Meta:
        verbose_name = _("schedule of a report")
        verbose_name_plural = _("schedules of reports")
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["next_on"], name="report_due")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(rhythm=Rhythm.DAILY)
                | Q(rhythm=Rhythm.WEEKLY, place__range=(1, 7))
                | Q(rhythm=Rhythm.MONTHLY, place__range=(1, LAST_DAY)),
                name="report_rhythm_and_day_fit",
            )
        ]

    def __str__(self) -> str:
        return f"{self.report}: {self.get_rhythm_display()}"


class ScheduleRecipient(Stamped):
    """Somebody a report is sent to; they may end it themselves."""

    schedule = models.ForeignKey(ReportSchedule, models.CASCADE, related_name="to")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("recipient of a report")
        verbose_name_plural = _("recipients of reports")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["schedule", "user"], name="report_recipient_once")
        ]

    def __str__(self) -> str:
        return str(self.user)


class ReportDelivery(Stamped):
    """What became of a report for one recipient on one day: at most one."""

    schedule = models.ForeignKey(ReportSchedule, models.CASCADE, related_name="deliveries")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    on = models.DateField()
    state = models.CharField(max_length=12)

    class Meta:
        verbose_name = _("delivery of a report")
        verbose_name_plural = _("deliveries of reports")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["schedule", "user", "on"], name="report_delivered_once"),
            models.CheckConstraint(condition=Q(state__in=list(Delivered)), name="report_delivery_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.on:%Y-%m-%d}: {self.state}"
