"""A person's ISO week and its lines (S-161, 12-decisions 11)."""

from datetime import date, datetime, timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kam.core.clock import department_zone
from kam.core.models import Stamped, Versioned
from kam.users.models import User
from kam.users.scopes import owned_rows
from visits.plans.terms import FINAL_STATES, OPEN_STATES, HalfDay, LineState, PlanState, VisitMode

STATE_LABELS = {
    PlanState.DRAFT: _("Draft"),
    PlanState.PENDING: _("Waiting for approval"),
    PlanState.RETURNED: _("Returned for changes"),
    PlanState.APPROVED: _("Approved"),
    PlanState.REJECTED: _("Rejected"),
    PlanState.WITHDRAWN: _("Withdrawn"),
}
LINE_LABELS = {
    LineState.PLANNED: _("planned"),
    LineState.MOVED: _("moved to another week"),
    LineState.CANCELLED: _("cancelled"),
    LineState.DONE: _("done"),
}
HALF_LABELS = {HalfDay.MORNING: _("Morning"), HalfDay.AFTERNOON: _("Afternoon")}
MODE_LABELS = {
    VisitMode.VISIT: _("Visit at the unit"),
    VisitMode.PHONE: _("Phone call"),
    VisitMode.WRITTEN: pgettext_lazy("way of a visit", "Written"),
    VisitMode.TRAINING: _("Training"),
    VisitMode.BRIEFING: _("Product briefing"),
    VisitMode.CALLS: _("Round of calls"),
}


class WeekPlanQuerySet(models.QuerySet["WeekPlan"]):
    def visible_to(self, user: User) -> Self:
        """Own plans; the team's for who leads it; everybody's for the department (S-218)."""
        return self.filter(owned_rows(user, owner="user", team="team"))

    def live(self) -> Self:
        """The one revision of each week that counts: not rejected, not withdrawn."""
        return self.exclude(state__in=sorted(FINAL_STATES))


class WeekPlan(Stamped, Versioned):
    """What one person plans for one ISO week. A rejected or withdrawn one is final; the next revision is a copy."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="week_plans")
    team = models.ForeignKey("users.Team", models.PROTECT, related_name="week_plans", null=True, blank=True)
    year = models.PositiveSmallIntegerField(_("year"))
    week = models.PositiveSmallIntegerField(
        _("ISO week"), validators=[MinValueValidator(1), MaxValueValidator(53)]
    )
    revision = models.PositiveSmallIntegerField(_("revision"), default=1)
    state = models.CharField(
        _("state"),
        max_length=12,
        choices=[(s.value, STATE_LABELS[s]) for s in PlanState],
        default=PlanState.DRAFT,
    )
    goal = models.CharField(_("goal of the week"), max_length=300, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = WeekPlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("week plan")
        verbose_name_plural = _("week plans")
        ordering = ("-year", "-week", "user_id", "-revision")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["user", "year", "week", "revision"], name="week_plan_revision_once"
            ),
            models.UniqueConstraint(
                fields=["user", "year", "week"],
                condition=~Q(state__in=sorted(FINAL_STATES)),
                name="week_plan_one_live",
            ),
            models.CheckConstraint(condition=Q(week__gte=1, week__lte=53), name="week_plan_week_known"),
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in PlanState]), name="week_plan_state_known"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["team", "year", "week"], name="week_plan_by_team")
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.label}"

    @property
    def label(self) -> str:
        """`2026-W27`, as in the address."""
        return f"{self.year}-W{self.week:02d}"

    @property
    def monday(self) -> date:
        return date.fromisocalendar(self.year, self.week, 1)

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)

    @property
    def is_open(self) -> bool:
        """The owner may still change everything."""
        return self.state in OPEN_STATES

    @property
    def is_approved(self) -> bool:
        return self.state == PlanState.APPROVED


class PlanLineQuerySet(models.QuerySet["PlanLine"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(owned_rows(user, owner="plan__user", team="plan__team"))

    def of_live_plans(self) -> Self:
        """Lines of the revision that counts."""
        return self.exclude(plan__state__in=sorted(FINAL_STATES))

    def standing(self) -> Self:
        """Lines that are still to be done or were done: neither moved away nor cancelled nor refused."""
        return self.filter(state__in=[LineState.PLANNED, LineState.DONE]).exclude(
            approval__in=sorted(FINAL_STATES)
        )

    def binding(self) -> Self:
        """Lines that stand by approval: of an approved plan, supplements only when approved themselves."""
        return self.standing().filter(
            plan__state=PlanState.APPROVED, approval__in=["", PlanState.APPROVED.value]
        )


class PlanLine(Stamped, Versioned):
    """One visit, call round or briefing in a week's plan. `questions` is the outline, one question a line (S-058)."""

    plan = models.ForeignKey(WeekPlan, models.PROTECT, related_name="lines")
    unit = models.ForeignKey(
        "accounts.KeyAccount", models.PROTECT, related_name="plan_lines", null=True, blank=True
    )
    persons = models.ManyToManyField(
        "accounts.Person", related_name="plan_lines", blank=True, verbose_name=_("persons to meet")
    )
    day = models.DateField(_("day"))
    half_day = models.CharField(
        _("half day"), max_length=10, choices=[(h.value, HALF_LABELS[h]) for h in HalfDay]
    )
    start = models.TimeField(_("from"))
    end = models.TimeField(_("until"))
    mode = models.CharField(
        _("mode"),
        max_length=12,
        choices=[(m.value, MODE_LABELS[m]) for m in VisitMode],
        default=VisitMode.VISIT,
    )
    purpose = models.CharField(_("purpose"), max_length=300)
    questions = models.TextField(_("questions"), blank=True)
    materials = models.CharField(_("materials"), max_length=300, blank=True)
    gifts = models.CharField(_("gifts"), max_length=300, blank=True)
    vehicle = models.ForeignKey(
        "visits.Resource", models.PROTECT, related_name="plan_lines", null=True, blank=True
    )
    cost = models.DecimalField(
        _("estimated cost"), max_digits=12, decimal_places=2, default=0, validators=[MinValueValidator(0)]
    )
    state = models.CharField(
        _("state"),
        max_length=12,
        choices=[(s.value, LINE_LABELS[s]) for s in LineState],
        default=LineState.PLANNED,
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    moved_reason = models.CharField(_("why it was moved"), max_length=300, blank=True)
    moved_from = models.DateField(_("first planned for"), null=True, blank=True)
    moved_to = models.OneToOneField(
        "self", models.PROTECT, related_name="moved_from_line", null=True, blank=True
    )
    is_supplement = models.BooleanField(_("supplement"), default=False)
    approval = models.CharField(
        _("approval of the supplement"),
        max_length=12,
        blank=True,
        choices=[(s.value, STATE_LABELS[s]) for s in PlanState],
    )

    objects = PlanLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan line")
        verbose_name_plural = _("plan lines")
        ordering = ("day", "start", "id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="plan_line_ends_after_start"),
            models.CheckConstraint(condition=Q(cost__gte=0), name="plan_line_cost_not_negative"),
            models.CheckConstraint(
                condition=Q(unit__isnull=False) | Q(mode=VisitMode.CALLS.value), name="plan_line_has_unit"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["cancelled", "moved"]) | ~Q(reason=""), name="plan_line_reason_given"
            ),
            models.CheckConstraint(
                condition=Q(is_supplement=True) | Q(approval=""), name="plan_line_approval_of_supplement"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in LineState]), name="plan_line_state_known"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["day", "plan"], name="plan_line_by_day"),
            models.Index(fields=["unit", "day"], name="plan_line_by_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.start:%H:%M} {self.title}"

    @property
    def title(self) -> str:
        """The unit's name, or what the round of calls is about."""
        return self.unit.name if self.unit is not None else self.purpose

    @property
    def outline(self) -> list[str]:
        """The questions, one each."""
        return [text.strip() for text in self.questions.splitlines() if text.strip()]

    @property
    def starts_at(self) -> datetime:
        return datetime.combine(self.day, self.start, tzinfo=department_zone())

    @property
    def ends_at(self) -> datetime:
        return datetime.combine(self.day, self.end, tzinfo=department_zone())

    @property
    def is_planned(self) -> bool:
        return self.state == LineState.PLANNED
