"""Levels of relationships, plans for insiders, and the strengthening sheet of a person (客户关系强化表)."""

from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.persons.models import Person
from accounts.relationships.labels import EASY_LABELS, OUTCOME_LABELS, STRENGTH_LABELS
from accounts.relationships.terms import Outcome, Strength
from accounts.units.models import KeyAccount
from kam.core.models import Stamped, Versioned
from kam.notes.models import Task
from kam.users.models import User
from kam.users.scopes import owned_rows

_STRENGTHS = [(int(strength), label) for strength, label in STRENGTH_LABELS.items()]
_SCALE = (int(min(Strength)), int(max(Strength)))


class RelationshipLevel(Stamped):
    """How strong our relationship with a person is from a day on. Added, never changed."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="relationship_levels")
    strength = models.PositiveSmallIntegerField(_("strength of the relationship"), choices=_STRENGTHS)
    on = models.DateField(_("from"))
    reason = models.CharField(_("how we know"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("strength of a relationship")
        verbose_name_plural = _("strengths of relationships")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["person", "-on", "-id"], name="relationship_latest")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(strength__range=_SCALE) & ~Q(reason=""), name="relationship_level_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_strength_display()}"


class InsiderPlan(Stamped):
    """How often an insider or candidate is met and what they may be asked, from a day on. Added, never changed."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="insider_plans")
    starts_on = models.DateField(_("from"))
    per_month = models.PositiveSmallIntegerField(
        _("contacts a month"), validators=[MinValueValidator(1), MaxValueValidator(31)]
    )
    tasks = ArrayField(
        models.CharField(max_length=12, choices=list(EASY_LABELS.items())),
        verbose_name=_("easy tasks"),
        default=list,
        blank=True,
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("plan for an insider")
        verbose_name_plural = _("plans for insiders")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(per_month__range=(1, 31)), name="insider_plan_in_range")
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.per_month}"


class StrengtheningSheetQuerySet(models.QuerySet["StrengtheningSheet"]):
    def visible_to(self, user: User) -> Self:
        """Sheets follow the unit of the person."""
        return self.filter(owned_rows(user, owner="unit__owner", team="unit__team"))

    def open(self) -> Self:
        return self.filter(closed_on__isnull=True)


class StrengtheningSheet(Stamped, Versioned):
    """From which strength to which one, until the next review; at most one runs for a person (S-052, S-170)."""

    unit = models.ForeignKey(KeyAccount, models.PROTECT, related_name="strengthening_sheets")
    person = models.ForeignKey(Person, models.PROTECT, related_name="strengthening_sheets")
    opened_on = models.DateField(_("opened on"))
    present = models.PositiveSmallIntegerField(_("strength at the start"), choices=_STRENGTHS)
    strength = models.PositiveSmallIntegerField(_("strength now"), choices=_STRENGTHS)
    target = models.PositiveSmallIntegerField(_("goal"), choices=_STRENGTHS)
    goal = models.CharField(_("what shall be different"), max_length=300)
    next_review_on = models.DateField(_("next review"))
    review_task = models.ForeignKey(Task, models.PROTECT, null=True, related_name="+")
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, blank=True, choices=list(OUTCOME_LABELS.items()))
    result = models.CharField(_("result"), max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = StrengtheningSheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("relationship strengthening sheet")
        verbose_name_plural = _("relationship strengthening sheets")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(closed_on__isnull=True), name="strengthening_one_open"
            ),
            models.CheckConstraint(
                condition=Q(present__range=_SCALE, strength__range=_SCALE, target__range=_SCALE)
                & Q(target__gte=F("present"))
                & ~Q(goal=""),
                name="strengthening_aims_up",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, outcome="")
                | Q(closed_on__gte=F("opened_on"), outcome__in=list(Outcome)) & ~Q(result=""),
                name="strengthening_ends_with_result",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_target_display()}"

    def get_absolute_url(self) -> str:
        return f"/strengthening/{self.pk}/"


class StrengtheningAction(Stamped):
    """One step of a sheet: a task for one of us, with its cost and what came of it."""

    sheet = models.ForeignKey(StrengtheningSheet, models.PROTECT, related_name="actions")
    text = models.CharField(_("action"), max_length=300)
    due_on = models.DateField(_("until"))
    cost_amount = models.DecimalField(
        _("cost in yuan"), max_digits=10, decimal_places=2, default=0, validators=[MinValueValidator(0)]
    )
    task = models.OneToOneField(Task, models.PROTECT, related_name="+")
    result = models.CharField(_("result"), max_length=300, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)

    class Meta:
        verbose_name = _("action of a strengthening sheet")
        verbose_name_plural = _("actions of strengthening sheets")
        ordering = ("due_on", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(text="") & Q(cost_amount__gte=0), name="strengthening_action_sound"
            ),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True, result="") | Q(done_on__isnull=False) & ~Q(result=""),
                name="strengthening_action_has_result",
            ),
        ]

    def __str__(self) -> str:
        return self.text
