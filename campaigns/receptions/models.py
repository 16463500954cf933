"""Receptions of customers: the request with its guests, and the report that closes it."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.persons.models import Person
from accounts.units.models import KeyAccount
from campaigns.budgets.models import BudgetLine, Movement
from campaigns.integrity.models import Benefit
from campaigns.receptions.labels import EXCESS_LABELS, STATE_LABELS
from campaigns.receptions.terms import DECIDED, ExcessState, ReceptionState
from kam.core.models import Stamped, Versioned
from kam.users.models import User
from kam.users.scopes import owned_rows
from kam.users.terms import Position


def _money(label: Any, **options: Any) -> "models.DecimalField[Any, Any]":
    return models.DecimalField(label, max_digits=12, decimal_places=2, **options)


class ReceptionQuerySet(models.QuerySet["Reception"]):
    def visible_to(self, user: User) -> Self:
        """Receptions of the units that one sees; finance sees what is approved, because the money goes there."""
        if user.is_active and user.position == Position.FINANCE:
            return self.filter(state__in=DECIDED)
        return self.filter(owned_rows(user, owner="unit__owner", team="unit__team"))


class Reception(Stamped, Versioned):
    """Guests of a unit received by us (S-190): who, when, how, at what cost – and what became of it (S-191)."""

    number = models.CharField(_("number"), max_length=20, unique=True)
    unit = models.ForeignKey(KeyAccount, models.PROTECT, related_name="receptions", verbose_name=_("unit"))
    arrives_on = models.DateField(_("arrive on"))
    leaves_on = models.DateField(_("leave on"))
    purpose = models.TextField(_("purpose"))
    other_guests = models.CharField(_("other guests"), max_length=300, blank=True)
    other_count = models.PositiveSmallIntegerField(_("number of other guests"), default=0)
    staff_count = models.PositiveSmallIntegerField(_("number of our own people"), default=1)
    staff = models.CharField(_("accompanied by"), max_length=200, blank=True)
    itinerary = models.TextField(_("itinerary"), blank=True)
    standard = models.CharField(_("standard of hospitality"), max_length=200, blank=True)
    vehicle = models.CharField(_("vehicle"), max_length=120, blank=True)
    lodging = models.CharField(_("accommodation"), max_length=200, blank=True)
    estimate_amount = _money(_("estimated cost"))
    line = models.ForeignKey(
        BudgetLine, models.PROTECT, related_name="receptions", verbose_name=_("budget line")
    )
    compliance_reason = models.TextField(_("reason for compliance"), blank=True)
    state = models.CharField(
        _("state"), max_length=12, choices=list(STATE_LABELS.items()), default=ReceptionState.PENDING
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("applicant")
    )
    asked_on = models.DateField(_("asked on"))
    reservation = models.OneToOneField(Movement, models.PROTECT, null=True, related_name="+")
    payment = models.OneToOneField(Movement, models.PROTECT, null=True, related_name="+")
    actual_amount = _money(_("actual cost"), null=True, blank=True)
    document = models.CharField(_("number of the bill"), max_length=60, blank=True)
    course = models.TextField(_("what happened"), blank=True)
    result = models.TextField(_("result"), blank=True)
    follow_up = models.TextField(_("follow-up"), blank=True)
    over_reason = models.TextField(_("why it cost more"), blank=True)
    excess_state = models.CharField(
        _("share above a limit"), max_length=10, blank=True, choices=list(EXCESS_LABELS.items())
    )
    reported_on = models.DateField(_("reported on"), null=True, blank=True)
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    end_reason = models.CharField(_("why nothing came of it"), max_length=200, blank=True)

    objects = ReceptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("reception")
        verbose_name_plural = _("receptions")
        ordering = ("-pk",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(state__in=list(ReceptionState)), name="reception_state_known"),
            models.CheckConstraint(
                condition=Q(leaves_on__gte=models.F("arrives_on")), name="reception_days_in_order"
            ),
            models.CheckConstraint(condition=Q(estimate_amount__gt=0), name="reception_costs_something"),
            models.CheckConstraint(
                condition=~Q(state=ReceptionState.APPROVED) | Q(reservation__isnull=False),
                name="reception_approved_holds_its_money",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReceptionState.REPORTED)
                | Q(actual_amount__gt=0, payment__isnull=False, reported_on__isnull=False)
                & ~Q(course="")
                & ~Q(result=""),
                name="reception_closes_with_its_report",
            ),
            models.CheckConstraint(
                condition=Q(excess_state="")
                | Q(excess_state__in=list(ExcessState), state=ReceptionState.REPORTED) & ~Q(over_reason=""),
                name="reception_excess_after_its_report",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.unit.name}"

    def get_absolute_url(self) -> str:
        return f"/receptions/{self.pk}/"


class ReceptionGuest(Stamped):
    """A person of the unit who is received; the share of the cost stands in the register."""

    reception = models.ForeignKey(Reception, models.CASCADE, related_name="guests")
    person = models.ForeignKey(Person, models.PROTECT, related_name="receptions", verbose_name=_("person"))
    benefit = models.OneToOneField(Benefit, models.PROTECT, null=True, related_name="reception")
    came = models.BooleanField(_("came"), null=True)

    class Meta:
        verbose_name = _("guest")
        verbose_name_plural = _("guests")
        ordering = ("pk",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["reception", "person"], name="reception_guest_once")
        ]

    def __str__(self) -> str:
        return str(self.person)
