"""The form of 17:00: one per person and day, a row per unit touched (S-155)."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.units.models import KeyAccount
from kam.core.models import Stamped, Versioned
from kam.notes.models import Task
from kam.users.models import User
from kam.users.scopes import Reach, scope_of

INTENTIONS = [
    ("", _("not asked")),
    ("none", _("none")),
    ("low", _("low")),
    ("medium", _("medium")),
    ("high", _("high")),
    ("decided", _("decided")),
]


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def visible_to(self, user: User) -> Self:
        """Own forms; the team's for lead and manager; all for those who see the department."""
        scope = scope_of(user)
        if scope.reach is Reach.DEPARTMENT:
            return self
        if scope.reach is Reach.NOTHING:
            return self.none()
        if scope.reach is Reach.TEAM:
            return self.filter(Q(user=user) | Q(team_id__in=scope.team_ids))
        return self.filter(user=user)

    def submitted(self) -> Self:
        return self.filter(submitted_at__isnull=False)


class FollowUp(Stamped, Versioned):
    """One person's evening form of one day."""

    user = models.ForeignKey(User, models.PROTECT, related_name="follow_ups", verbose_name=_("person"))
    team = models.ForeignKey("users.Team", models.PROTECT, related_name="+", null=True, blank=True)
    day = models.DateField(_("day"))
    summary = models.TextField(_("the day's work"), blank=True)
    problems = models.TextField(_("problems of the day"), blank=True)
    tomorrow = models.TextField(_("tomorrow's plan"), blank=True)
    further_plan = models.TextField(_("further expansion plan"), blank=True)
    submitted_at = models.DateTimeField(_("handed in at"), null=True, blank=True)
    is_late = models.BooleanField(_("late"), default=False)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow-up form")
        verbose_name_plural = _("follow-up forms")
        ordering = ("-day", "-id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "day"], name="follow_up_once_a_day")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["-day", "-id"], name="follow_up_by_day")
        ]

    def __str__(self) -> str:
        return f"{self.user.name} · {self.day.isoformat()}"


class FollowUpRow(Versioned):
    """What was done for one unit that day, and what follows."""

    follow_up = models.ForeignKey(FollowUp, models.CASCADE, related_name="rows")
    unit = models.ForeignKey(KeyAccount, models.PROTECT, related_name="follow_up_rows")
    done = models.TextField(_("what was done"), blank=True)
    problems = models.TextField(_("problems met"), blank=True)
    result = models.TextField(_("result"), blank=True)
    intention = models.CharField(_("purchase intention"), max_length=20, choices=INTENTIONS, blank=True)
    next_step = models.CharField(_("next step"), max_length=300, blank=True)
    next_step_on = models.DateField(_("by"), null=True, blank=True)
    next_step_owner = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("who")
    )
    step_task = models.ForeignKey(Task, models.PROTECT, related_name="+", null=True, blank=True)
    help_wanted = models.CharField(_("help wanted"), max_length=300, blank=True)
    help_from = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("from whom")
    )
    help_task = models.ForeignKey(Task, models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        verbose_name = _("row of a follow-up form")
        verbose_name_plural = _("rows of follow-up forms")
        ordering = ("id",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["follow_up", "unit"], name="follow_up_row_once")
        ]

    def __str__(self) -> str:
        return f"{self.follow_up} · {self.unit}"
