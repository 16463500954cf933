"""Versions of criteria, rounds, score sheets, and since when a unit is in focus."""

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.evaluation.labels import DECISION_LABELS, ROUND_LABELS, SHEET_LABELS
from accounts.evaluation.rules import rubric_lines
from accounts.evaluation.terms import Decision, RoundState, SheetState
from accounts.units.models import KeyAccount
from kam.core.clock import business_date
from kam.core.models import Stamped, Versioned
from kam.users.models import User
from kam.users.scopes import owned_rows

_COLUMNS = {"zh-hans": "_zh_hans", "zh-hant": "_zh_hant"}


class CriteriaQuerySet(models.QuerySet["EvaluationCriteria"]):
    def in_force(self, on: date | None = None) -> Self:
        """The version that counts on a day, today unless told."""
        on = on or business_date()
        return self.filter(introduced_on__lte=on).filter(Q(replaced_on__isnull=True) | Q(replaced_on__gt=on))


class EvaluationCriteria(Stamped):
    """One version of the criteria: its dimensions and the line above which a unit is worth the focus."""

    version = models.PositiveSmallIntegerField(_("version"), unique=True)
    line = models.DecimalField(_("line of the focus"), max_digits=4, decimal_places=1)
    introduced_on = models.DateField(_("in force from"))
    replaced_on = models.DateField(_("until"), null=True, blank=True)

    objects = CriteriaQuerySet.as_manager()

    class Meta:
        verbose_name = _("criteria of evaluation")
        verbose_name_plural = _("criteria of evaluation")
        ordering = ("-version",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                Value(1), condition=Q(replaced_on__isnull=True), name="evaluation_criteria_one_open"
            ),
            models.CheckConstraint(
                condition=Q(replaced_on__isnull=True) | Q(replaced_on__gte=F("introduced_on")),
                name="evaluation_criteria_ends_after_start",
            ),
            models.CheckConstraint(condition=Q(line__gt=0, line__lte=100), name="evaluation_line_in_scale"),
        ]

    def __str__(self) -> str:
        return str(_("Version %(number)s") % {"number": self.version})


class EvaluationDimension(Stamped):
    """One dimension of a version. Name and rubric are data, so their languages are columns; a line of the rubric is a grade."""

    criteria = models.ForeignKey(EvaluationCriteria, models.PROTECT, related_name="dimensions")
    code = models.SlugField(_("code"), max_length=40)
    label = models.CharField(_("name"), max_length=80)
    label_zh_hans = models.CharField(_("name in Simplified Chinese"), max_length=80, blank=True)
    label_zh_hant = models.CharField(_("name in Traditional Chinese"), max_length=80, blank=True)
    weight = models.PositiveSmallIntegerField(_("weight"))
    hint = models.CharField(_("facts shown"), max_length=40, blank=True)
    place = models.PositiveSmallIntegerField(_("order"), default=0)
    rubric = models.TextField(_("rubric"), max_length=2000)
    rubric_zh_hans = models.TextField(_("rubric in Simplified Chinese"), max_length=2000, blank=True)
    rubric_zh_hant = models.TextField(_("rubric in Traditional Chinese"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("dimension of evaluation")
        verbose_name_plural = _("dimensions of evaluation")
        ordering = ("criteria", "place", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["criteria", "code"], name="evaluation_dimension_once"),
            models.CheckConstraint(
                condition=Q(weight__gte=1, weight__lte=100), name="evaluation_weight_in_scale"
            ),
        ]

    def __str__(self) -> str:
        return self.in_language("label")

    def in_language(self, column: str) -> str:
        """Return the column in the reader's language, in English where that one is empty."""
        ending = _COLUMNS.get(get_language() or "", "")
        return str(getattr(self, f"{column}{ending}") or getattr(self, column))

    @property
    def meanings(self) -> list[str]:
        """What each grade means, lowest first."""
        return rubric_lines(self.in_language("rubric"))


class RoundQuerySet(models.QuerySet["EvaluationRound"]):
    def visible_to(self, user: User) -> Self:
        """Rounds with a unit that the person may see, and those the person opened."""
        seen = ScoreSheet.objects.visible_to(user).filter(round=models.OuterRef("pk"))
        return self.filter(models.Exists(seen) | Q(opened_by=user))


class EvaluationRound(Stamped, Versioned):
    """A round: which units are looked at, for which period, by which criteria, by when."""

    name = models.CharField(_("name"), max_length=80)
    first = models.DateField(_("period from"))
    last = models.DateField(_("period until"))
    due_on = models.DateField(_("to be scored by"))
    criteria = models.ForeignKey(
        EvaluationCriteria, models.PROTECT, related_name="rounds", verbose_name=_("criteria")
    )
    state = models.CharField(
        _("state"), max_length=10, choices=list(ROUND_LABELS.items()), default=RoundState.RUNNING
    )
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("round of evaluation")
        verbose_name_plural = _("rounds of evaluation")
        ordering = ("-due_on", "-pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="evaluation_period_in_order"),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("first")), name="evaluation_due_in_period_or_later"
            ),
            models.CheckConstraint(
                condition=Q(state="running", closed_on__isnull=True, closed_by__isnull=True)
                | Q(state="closed", closed_on__isnull=False, closed_by__isnull=False),
                name="evaluation_round_closed_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/accounts/evaluations/{self.pk}/"

    @property
    def is_running(self) -> bool:
        return self.state == RoundState.RUNNING


class SheetQuerySet(models.QuerySet["ScoreSheet"]):
    def visible_to(self, user: User) -> Self:
        """Sheets of units that the person may see; whoever is to score another's unit must be given it first."""
        return self.filter(owned_rows(user, owner="unit__owner", team="unit__team"))

    def submitted(self) -> Self:
        return self.filter(state=SheetState.SUBMITTED)


class ScoreSheet(Stamped, Versioned):
    """One unit in one round: who scores it, the grades, the total, what was decided."""

    round = models.ForeignKey(EvaluationRound, models.PROTECT, related_name="sheets", verbose_name=_("round"))
    unit = models.ForeignKey(KeyAccount, models.PROTECT, related_name="score_sheets", verbose_name=_("unit"))
    scorer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="score_sheets", verbose_name=_("scored by")
    )
    state = models.CharField(
        _("state"), max_length=10, choices=list(SHEET_LABELS.items()), default=SheetState.OPEN
    )
    comment = models.TextField(_("comment"), max_length=2000, blank=True)
    points = models.DecimalField(_("points"), max_digits=4, decimal_places=1, null=True, blank=True)
    submitted_on = models.DateField(_("submitted on"), null=True, blank=True)
    decision = models.CharField(
        _("decision"), max_length=10, blank=True, choices=list(DECISION_LABELS.items())
    )
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = SheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("score sheet")
        verbose_name_plural = _("score sheets")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["round", "unit"], name="score_sheet_once_a_round"),
            models.CheckConstraint(condition=Q(state__in=list(SheetState)), name="score_sheet_state_known"),
            models.CheckConstraint(
                condition=Q(decision__in=list(Decision)), name="score_sheet_decision_known"
            ),
            models.CheckConstraint(
                condition=Q(state="submitted", points__range=(0, 100), submitted_on__isnull=False)
                | ~Q(state="submitted") & Q(points__isnull=True, submitted_on__isnull=True, decision=""),
                name="score_sheet_submitted_whole",
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_by__isnull=True, decided_on__isnull=True)
                | ~Q(decision="") & Q(decided_by__isnull=False, decided_on__isnull=False),
                name="score_sheet_decided_whole",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["round", "-points", "id"], name="score_sheet_ranked"),
            models.Index(fields=["unit", "-submitted_on", "-id"], name="score_sheet_by_unit"),
            models.Index(fields=["scorer", "state"], name="score_sheet_by_scorer"),
        ]

    def __str__(self) -> str:
        return f"{self.round} · {self.unit}"

    def get_absolute_url(self) -> str:
        return f"/accounts/evaluations/sheets/{self.pk}/"


class Score(models.Model):
    """One grade of a sheet with its comment, and the facts that were shown while it was given."""

    sheet = models.ForeignKey(ScoreSheet, models.PROTECT, related_name="scores")
    dimension = models.ForeignKey(EvaluationDimension, models.PROTECT, related_name="scores")
    grade = models.PositiveSmallIntegerField(_("grade"), null=True, blank=True)
    comment = models.CharField(_("comment"), max_length=500, blank=True)
    evidence = models.CharField(_("facts shown"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("grade")
        verbose_name_plural = _("grades")
        ordering = ("dimension__place", "dimension_id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["sheet", "dimension"], name="score_once_a_dimension"),
            models.CheckConstraint(
                condition=Q(grade__isnull=True) | Q(grade__range=(1, 5)), name="score_in_scale"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dimension}: {self.grade}"


class FocusPeriod(Stamped):
    """From when until when a unit is followed up with priority, and why; never twice at once."""

    unit = models.ForeignKey(KeyAccount, models.PROTECT, related_name="focus_periods")
    sheet = models.ForeignKey(ScoreSheet, models.PROTECT, null=True, related_name="focus_periods")
    started_on = models.DateField(_("from"))
    ended_on = models.DateField(_("until"), null=True, blank=True)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    end_reason = models.CharField(_("why it ended"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("time in focus")
        verbose_name_plural = _("times in focus")
        ordering = ("-started_on", "-pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["unit"], condition=Q(ended_on__isnull=True), name="focus_one_open"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="focus_ends_after_start",
            ),
            ExclusionConstraint(
                name="focus_one_at_a_time",
                expressions=[
                    ("unit", RangeOperators.EQUAL),
                    (
                        Func(
                            F("started_on"),
                            F("ended_on"),
                            Value("[)"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} · {self.started_on}"
