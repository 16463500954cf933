"""A business trip: asked for, decided, travelled, reported (S-223)."""

from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from kam.core.models import Stamped, Versioned
from kam.core.periods import Period
from kam.users.models import User
from kam.users.scopes import owned_rows
from visits.trips.labels import STATE_LABELS, STATE_TONES
from visits.trips.terms import COUNTED_STATES, OPEN_STATES, TAKEN_STATES, TripState


class TripQuerySet(models.QuerySet["Trip"]):
    def visible_to(self, user: User) -> Self:
        """Own trips; the team's for who leads it; everybody's for the department."""
        return self.filter(owned_rows(user, owner="user", team="team"))

    def counted(self) -> Self:
        return self.filter(state__in=sorted(COUNTED_STATES))


class Trip(Stamped, Versioned):
    """Some days away at units or a place. `estimate_amount` decides the route, `actual_amount` comes with the report."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="trips", verbose_name=_("traveller")
    )
    team = models.ForeignKey("users.Team", models.PROTECT, related_name="trips", null=True, blank=True)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    units = models.ManyToManyField("accounts.KeyAccount", related_name="trips", blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    purpose = models.CharField(_("purpose"), max_length=500)
    estimate_amount = models.DecimalField(
        _("estimated cost"),
        max_digits=10,
        decimal_places=2,
        default=0,
        validators=[MinValueValidator(0)],
    )
    state = models.CharField(
        _("state"),
        max_length=12,
        choices=[(s.value, STATE_LABELS[s]) for s in TripState],
        default=TripState.DRAFT,
    )
    reason = models.CharField(_("why it was cancelled"), max_length=300, blank=True)
    result = models.TextField(_("what came of it"), max_length=2000, blank=True)
    actual_amount = models.DecimalField(
        _("actual cost"), max_digits=10, decimal_places=2, null=True, blank=True
    )
    reported_on = models.DateField(_("reported on"), null=True, blank=True)
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="trips_to_report",
        verbose_name=_("who reports"),
    )

    objects = TripQuerySet.as_manager()

    class Meta:
        verbose_name = _("business trip")
        verbose_name_plural = _("business trips")
        ordering = ("-starts_on", "-pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="trip_ends_after_start"),
            models.CheckConstraint(condition=~Q(purpose=""), name="trip_has_purpose"),
            models.CheckConstraint(
                condition=Q(estimate_amount__gte=0)
                & (Q(actual_amount__isnull=True) | Q(actual_amount__gte=0)),
                name="trip_amounts_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in TripState]), name="trip_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=TripState.REPORTED)
                | ~Q(result="") & Q(actual_amount__isnull=False, reported_on__isnull=False),
                name="trip_reported_with_result",
            ),
            ExclusionConstraint(
                name="trip_one_at_a_time",
                expressions=[
                    ("user", RangeOperators.EQUAL),
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
                condition=Q(state__in=sorted(TAKEN_STATES)),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["user", "-starts_on"], name="trip_by_user")
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.starts_on} – {self.ends_on}"

    def get_absolute_url(self) -> str:
        return f"/visits/trips/{self.pk}/"

    @property
    def period(self) -> Period:
        return Period(self.starts_on, self.ends_on)

    @property
    def days(self) -> int:
        return self.period.days

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def tone(self) -> str:
        return STATE_TONES[TripState(self.state)]
