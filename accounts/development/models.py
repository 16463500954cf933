"""How a unit went through the phases, its SWOT (both added and never changed), and its account plan with goals, actions, reviews."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.development.labels import PLAN_LABELS
from accounts.development.terms import MAX_LINE, OPEN_STATES, PLAN_TONES, PlanState
from accounts.units.labels import PHASE_LABELS
from accounts.units.models import KeyAccount
from accounts.units.terms import Phase
from kam.core.models import Stamped, Versioned
from kam.notes.models import Task
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
        return f"{self.unit} · V{self.revision}"


class AccountPlanQuerySet(models.QuerySet["AccountPlan"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(owned_rows(user, owner="unit__owner", team="unit__team"))

    def in_force(self) -> Self:
        return self.filter(state=PlanState.APPROVED)


class AccountPlan(Stamped, Versioned):
    """What we want to reach at a unit and how (S-068): a revision is approved as a whole and replaces the one before."""

    unit = models.ForeignKey(KeyAccount, models.PROTECT, related_name="account_plans")
    revision = models.PositiveIntegerField()
    state = models.CharField(
        _("state"), max_length=10, choices=list(PLAN_LABELS.items()), default=PlanState.DRAFT
    )
    vision = models.TextField(_("vision"), max_length=1000, blank=True)
    review_days = models.PositiveSmallIntegerField(_("reviewed every (days)"), default=90)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    approved_on = models.DateField(_("in force since"), null=True, blank=True)

    objects = AccountPlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("account plan")
        verbose_name_plural = _("account plans")
        ordering = ("unit_id", "-revision")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["unit", "revision"], name="account_plan_revision_once"),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(state="approved"), name="account_plan_one_in_force"
            ),
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(state__in=["draft", "submitted", "returned"]),
                name="account_plan_one_being_written",
            ),
            models.CheckConstraint(condition=Q(state__in=list(PlanState)), name="account_plan_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=["approved", "replaced"], approved_on__isnull=False)
                | ~Q(state__in=["approved", "replaced"]) & Q(approved_on__isnull=True),
                name="account_plan_in_force_since",
            ),
            models.CheckConstraint(
                condition=Q(review_days__range=(7, 366)), name="account_plan_review_in_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} · V{self.revision}"

    @property
    def tone(self) -> str:
        return PLAN_TONES[PlanState(self.state)]

    @property
    def is_open(self) -> bool:
        """Whether it may still be written."""
        return self.state in OPEN_STATES


class PlanGoal(models.Model):
    """A stage goal: what, until when, and the measure that says whether it is reached ("" for none)."""

    plan = models.ForeignKey(AccountPlan, models.CASCADE, related_name="goals")
    place = models.PositiveSmallIntegerField()
    title = models.CharField(_("goal"), max_length=200)
    measure = models.CharField(_("measure"), max_length=40, blank=True)
    target = models.DecimalField(_("target"), max_digits=14, decimal_places=2, null=True, blank=True)
    due_on = models.DateField(_("until"))

    class Meta:
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        ordering = ("plan_id", "place")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["plan", "place"], name="plan_goal_place_once"),
            models.CheckConstraint(
                condition=Q(measure="", target__isnull=True) | ~Q(measure="") & Q(target__gt=0),
                name="plan_goal_has_target",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PlanAction(models.Model):
    """Something to do for the plan; approved, it becomes a task of its owner."""

    plan = models.ForeignKey(AccountPlan, models.CASCADE, related_name="actions")
    place = models.PositiveSmallIntegerField()
    text = models.CharField(_("action"), max_length=300)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    due_on = models.DateField(_("until"))
    task = models.ForeignKey(Task, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        ordering = ("plan_id", "place")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["plan", "place"], name="plan_action_place_once")
        ]

    def __str__(self) -> str:
        return self.text


class PlanReview(Stamped):
    """Somebody looked at the plan: what came out of it, and when it is looked at again. Added, never changed."""

    plan = models.ForeignKey(AccountPlan, models.PROTECT, related_name="reviews")
    on = models.DateField(_("on"))
    conclusion = models.TextField(_("conclusion"), max_length=1000)
    next_on = models.DateField(_("next review on"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("review of a plan")
        verbose_name_plural = _("reviews of plans")
        ordering = ("plan_id", "-on", "-id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(next_on__isnull=True) | Q(next_on__gt=F("on")),
                name="account_plan_review_before_next",
            )
        ]

    def __str__(self) -> str:
        return f"{self.plan}: {self.on}"
