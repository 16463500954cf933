"""Pilot launches: a campaign tried with a few units first, in rounds that are measured and decided."""

from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from campaigns.campaigns.models import Campaign, Candidate
from campaigns.pilots.labels import SIZE_LABELS, SOURCE_LABELS, VERDICT_LABELS
from campaigns.pilots.rules import MeasureSpec, Round
from campaigns.pilots.terms import Size, Source, Verdict
from kam.core.models import Stamped, Versioned
from kam.users.models import User


class PilotQuerySet(models.QuerySet["Pilot"]):
    def visible_to(self, user: User) -> Self:
        """Pilots of the campaigns that one sees."""
        return self.filter(campaign__in=Campaign.objects.visible_to(user))


class Pilot(Stamped, Versioned):
    """A campaign that is tried first (S-097): with a mix of units, round by round."""

    campaign = models.OneToOneField(
        Campaign, models.PROTECT, related_name="pilot", verbose_name=_("campaign")
    )
    question = models.TextField(_("what is to be learned"), max_length=2000)
    launch_on = models.DateField(_("begins on"))
    large_count = models.PositiveSmallIntegerField(_("large units"), default=0)
    medium_count = models.PositiveSmallIntegerField(_("medium units"), default=0)
    small_count = models.PositiveSmallIntegerField(_("small units"), default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = PilotQuerySet.as_manager()

    class Meta:
        verbose_name = _("pilot launch")
        verbose_name_plural = _("pilot launches")
        ordering = ("-pk",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(large_count__gt=0) | Q(medium_count__gt=0) | Q(small_count__gt=0),
                name="pilot_has_units",
            )
        ]

    def __str__(self) -> str:
        return self.campaign.name

    def get_absolute_url(self) -> str:
        return f"/pilots/{self.pk}/"

    @property
    def mix(self) -> dict[Size, int]:
        return {
            Size.LARGE: self.large_count,
            Size.MEDIUM: self.medium_count,
            Size.SMALL: self.small_count,
        }


class PilotUnitQuerySet(models.QuerySet["PilotUnit"]):
    def visible_to(self, user: User) -> Self:
        """Those whose row of the expansion table one may see."""
        return self.filter(candidate__in=Candidate.objects.visible_to(user))


class PilotUnit(Stamped):
    """A unit chosen for the pilot: a row of the campaign's expansion table, with its size."""

    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="units")
    candidate = models.OneToOneField(Candidate, models.PROTECT, related_name="pilot_unit")
    size = models.CharField(_("size"), max_length=6, choices=list(SIZE_LABELS.items()))

    objects = PilotUnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("unit of a pilot")
        verbose_name_plural = _("units of pilots")
        ordering = ("candidate__round", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(size__in=list(Size)), name="pilot_unit_size_known")
        ]

    def __str__(self) -> str:
        return str(self.candidate)


class PilotMeasure(Stamped):
    """What is measured in every round."""

    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="measures")
    place = models.PositiveSmallIntegerField(_("order"))
    name = models.CharField(_("measure"), max_length=80)
    unit = models.CharField(_("counted in"), max_length=20, blank=True)
    target = models.DecimalField(_("target"), max_digits=12, decimal_places=2)
    source = models.CharField(_("where it comes from"), max_length=12, choices=list(SOURCE_LABELS.items()))

    class Meta:
        verbose_name = _("measure of a pilot")
        verbose_name_plural = _("measures of pilots")
        ordering = ("pilot", "place")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["pilot", "name"], name="pilot_measure_once"),
            models.CheckConstraint(
                condition=Q(target__gt=0, source__in=list(Source)), name="pilot_measure_has_target"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def spec(self) -> MeasureSpec:
        return MeasureSpec(self.name, self.unit, self.target, Source(self.source))


class PilotRound(Stamped):
    """One round with its days and what is done otherwise than in the one before."""

    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField(_("round"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    change = models.TextField(_("what is done otherwise"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("round of a pilot")
        verbose_name_plural = _("rounds of pilots")
        ordering = ("pilot", "number")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["pilot", "number"], name="pilot_round_once"),
            models.CheckConstraint(
                condition=Q(number__range=(1, 4), ends_on__gte=F("starts_on")), name="pilot_round_in_order"
            ),
            ExclusionConstraint(
                name="pilot_one_round_at_a_time",
                expressions=[
                    ("pilot", RangeOperators.EQUAL),
                    (
                        Func(
                            F("starts_on"),
                            F("ends_on"),
                            Value("[]"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pilot} · {self.number}"

    def as_round(self, *, is_decided: bool) -> Round:
        return Round(self.number, self.starts_on, self.ends_on, is_decided)


class PilotReading(Stamped):
    """The figure of a measure in a round; counted ones are kept when the round is decided."""

    round = models.ForeignKey(PilotRound, models.PROTECT, related_name="readings")
    measure = models.ForeignKey(PilotMeasure, models.PROTECT, related_name="readings")
    value = models.DecimalField(_("figure"), max_digits=12, decimal_places=2)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("figure of a round")
        verbose_name_plural = _("figures of rounds")
        ordering = ("round", "measure__place")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["round", "measure"], name="pilot_reading_once"),
            models.CheckConstraint(condition=Q(value__gte=0), name="pilot_reading_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.measure}: {self.value}"


class PilotDecision(Stamped):
    """What was decided after a round, with its reasons; written once."""

    round = models.OneToOneField(PilotRound, models.PROTECT, related_name="decision")
    verdict = models.CharField(_("decision"), max_length=8, choices=list(VERDICT_LABELS.items()))
    advice = models.CharField(
        _("what the figures advised"), max_length=8, blank=True, choices=list(VERDICT_LABELS.items())
    )
    reasons = models.TextField(_("reasons"), max_length=2000)
    on = models.DateField(_("decided on"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("decided by")
    )

    class Meta:
        verbose_name = _("decision about a round")
        verbose_name_plural = _("decisions about rounds")
        ordering = ("round",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(verdict__in=list(Verdict)) & ~Q(reasons=""), name="pilot_decided_with_reasons"
            )
        ]

    def __str__(self) -> str:
        return f"{self.round} · {self.get_verdict_display()}"
