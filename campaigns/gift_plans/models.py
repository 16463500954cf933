"""Recurring gifts, and plans whose lines become requests once the plan is approved (S-184, S-188)."""

from decimal import Decimal
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.persons.models import Person
from accounts.units.models import KeyAccount
from campaigns.budgets.models import BudgetLine
from campaigns.gift_plans.labels import FESTIVAL_LABELS, RHYTHM_LABELS, STATE_LABELS
from campaigns.gift_plans.rules import Course
from campaigns.gift_plans.terms import Festival, PlanState, Rhythm
from campaigns.gifts.labels import OCCASION_LABELS
from campaigns.gifts.models import GiftItem, GiftRequest
from kam.core.models import Stamped, Versioned
from kam.core.periods import Period
from kam.users.models import Team, User
from kam.users.scopes import owned_rows


class GiftScheduleQuerySet(models.QuerySet["GiftSchedule"]):
    def visible_to(self, user: User) -> Self:
        """Recurring gifts for persons of the units that one sees."""
        return self.filter(owned_rows(user, owner="unit__owner", team="unit__team"))

    def running(self) -> Self:
        """Not stopped yet, for persons who are still there."""
        return self.filter(ends_on__isnull=True, person__left_on__isnull=True)


class GiftSchedule(Stamped, Versioned):
    """A gift that comes round: at a festival, on the birthday, or every so many months (S-188)."""

    unit = models.ForeignKey(KeyAccount, models.PROTECT, related_name="gift_schedules")
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="gift_schedules", verbose_name=_("for whom")
    )
    item = models.ForeignKey(GiftItem, models.PROTECT, related_name="schedules", verbose_name=_("gift"))
    quantity = models.PositiveIntegerField(_("how many"), default=1)
    rhythm = models.CharField(_("when"), max_length=10, choices=list(RHYTHM_LABELS.items()))
    festival = models.CharField(
        _("festival"), max_length=14, blank=True, choices=list(FESTIVAL_LABELS.items())
    )
    months = models.PositiveSmallIntegerField(_("every so many months"), default=0)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    reason = models.CharField(_("why"), max_length=300)
    end_reason = models.CharField(_("why it was stopped"), max_length=200, blank=True)

    objects = GiftScheduleQuerySet.as_manager()

    class Meta:
        verbose_name = _("recurring gift")
        verbose_name_plural = _("recurring gifts")
        ordering = ("unit_id", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="gift_schedule_says_when",
                condition=Q(rhythm=Rhythm.FESTIVAL, months=0, festival__in=list(Festival))
                | Q(rhythm=Rhythm.BIRTHDAY, months=0, festival="")
                | Q(rhythm=Rhythm.MONTHS, months__range=(1, 24), festival=""),
            ),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="gift_schedule_quantity_positive"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")) & ~Q(end_reason=""),
                name="gift_schedule_stopped_with_a_reason",
            ),
            models.UniqueConstraint(
                fields=["person", "item", "rhythm", "festival"],
                condition=Q(ends_on__isnull=True),
                name="gift_schedule_once_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} · {self.person}"

    def get_absolute_url(self) -> str:
        return f"/gifts/schedules/?q={self.person.name}"

    @property
    def course(self) -> Course:
        return Course(
            Rhythm(self.rhythm),
            self.starts_on,
            self.ends_on,
            Festival(self.festival) if self.festival else None,
            self.months,
            self.person.birthday,
        )


class GiftPlanQuerySet(models.QuerySet["GiftPlan"]):
    def visible_to(self, user: User) -> Self:
        """Own plans; the team's for whoever leads it; everybody's for the department."""
        return self.filter(owned_rows(user, owner="owner", team="team"))


class GiftPlan(Stamped, Versioned):
    """What somebody means to give in a period: who, when, what, worth, from which money (礼品馈赠计划表)."""

    number = models.CharField(_("number"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=120)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="gift_plans", verbose_name=_("drafted by")
    )
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="gift_plans")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    note = models.TextField(_("reasons"), blank=True)
    state = models.CharField(
        _("state"), max_length=12, choices=list(STATE_LABELS.items()), default=PlanState.DRAFT
    )

    objects = GiftPlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("gift plan")
        verbose_name_plural = _("gift plans")
        ordering = ("-pk",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(state__in=list(PlanState)), name="gift_plan_state_known"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="gift_plan_days_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    def get_absolute_url(self) -> str:
        return f"/gifts/plans/{self.pk}/"

    @property
    def period(self) -> Period:
        return Period(self.starts_on, self.ends_on)


class GiftPlanLineQuerySet(models.QuerySet["GiftPlanLine"]):
    def visible_to(self, user: User) -> Self:
        """Planned gifts for persons of the units that one sees, whoever planned them."""
        return self.filter(owned_rows(user, owner="unit__owner", team="unit__team"))


class GiftPlanLine(Stamped):
    """One planned gift; once it is asked for, it names its request."""

    plan = models.ForeignKey(GiftPlan, models.PROTECT, related_name="lines")
    unit = models.ForeignKey(KeyAccount, models.PROTECT, related_name="planned_gifts", verbose_name=_("unit"))
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="planned_gifts", verbose_name=_("for whom")
    )
    item = models.ForeignKey(GiftItem, models.PROTECT, related_name="planned", verbose_name=_("gift"))
    quantity = models.PositiveIntegerField(_("how many"), default=1)
    price_amount = models.DecimalField(_("price of one"), max_digits=12, decimal_places=2)
    occasion = models.CharField(_("occasion"), max_length=12, choices=list(OCCASION_LABELS.items()))
    reason = models.CharField(_("why"), max_length=300)
    on = models.DateField(_("to be given on"))
    line = models.ForeignKey(
        BudgetLine, models.PROTECT, related_name="planned_gifts", verbose_name=_("budget line")
    )
    schedule = models.ForeignKey(GiftSchedule, models.PROTECT, null=True, related_name="planned")
    request = models.OneToOneField(GiftRequest, models.PROTECT, null=True, related_name="planned")
    dropped_reason = models.CharField(_("why it was left out"), max_length=200, blank=True)

    objects = GiftPlanLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("planned gift")
        verbose_name_plural = _("planned gifts")
        ordering = ("on", "pk")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["unit", "on"], name="planned_gift_by_unit")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["plan", "person", "item", "on"], name="planned_gift_once_a_day"),
            models.CheckConstraint(
                condition=Q(quantity__gt=0, price_amount__gt=0), name="planned_gift_worth_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} × {self.quantity} · {self.person}"

    def get_absolute_url(self) -> str:
        return f"/gifts/plans/{self.plan_id}/"

    @property
    def amount(self) -> Decimal:
        """What it comes to at the price when it was planned."""
        worth: Any = self.price_amount * self.quantity
        return Decimal(worth)
