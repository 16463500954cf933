"""Outlets of a unit: shops and counters that sell for us, what they sold by month, and who sells there."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.persons.models import Person
from accounts.units.models import KeyAccount
from campaigns.outlets.labels import KIND_LABELS
from campaigns.outlets.terms import OutletKind
from kam.core.models import Stamped, Versioned
from kam.users.models import User
from kam.users.scopes import owned_rows


class OutletQuerySet(models.QuerySet["Outlet"]):
    def visible_to(self, user: User) -> Self:
        """Outlets of the units that one sees."""
        return self.filter(owned_rows(user, owner="unit__owner", team="unit__team"))

    def open(self) -> Self:
        return self.filter(closed_on__isnull=True)


class Outlet(Stamped, Versioned):
    """A place of a unit that sells for us (S-249); an image store from the day on which its cabinet stood (S-250)."""

    number = models.CharField(_("number"), max_length=20, unique=True)
    unit = models.ForeignKey(KeyAccount, models.PROTECT, related_name="outlets", verbose_name=_("unit"))
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=10, choices=list(KIND_LABELS.items()))
    area = models.CharField(_("region"), max_length=80, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    keeper = models.CharField(_("who keeps it"), max_length=120, blank=True)
    opened_on = models.DateField(_("opened on"))
    trial_until = models.DateField(_("on trial until"), null=True, blank=True)
    image_on = models.DateField(_("image store since"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    close_reason = models.CharField(_("why it closed"), max_length=300, blank=True)
    note = models.TextField(_("note"), max_length=2000, blank=True)
    inspected_on = models.DateField(_("last inspected on"), null=True, blank=True)
    score = models.DecimalField(_("last score"), max_digits=4, decimal_places=1, null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = OutletQuerySet.as_manager()

    class Meta:
        verbose_name = _("outlet")
        verbose_name_plural = _("outlets")
        ordering = ("-pk",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["unit", "name"], name="outlet_name_once_a_unit"),
            models.CheckConstraint(condition=Q(kind__in=list(OutletKind)), name="outlet_kind_known"),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, close_reason="")
                | Q(closed_on__gte=F("opened_on")) & ~Q(close_reason=""),
                name="outlet_closes_with_a_reason",
            ),
            models.CheckConstraint(
                condition=(Q(image_on__isnull=True) | Q(image_on__gte=F("opened_on")))
                & (Q(trial_until__isnull=True) | Q(trial_until__gte=F("opened_on"))),
                name="outlet_days_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    def get_absolute_url(self) -> str:
        return f"/outlets/{self.pk}/"


class OutletSales(Stamped):
    """What an outlet sold in a month, as its keeper told."""

    outlet = models.ForeignKey(Outlet, models.PROTECT, related_name="sales")
    month = models.DateField(_("month"))
    amount = models.DecimalField(_("sold, in yuan"), max_digits=14, decimal_places=2)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("sales of an outlet")
        verbose_name_plural = _("sales of outlets")
        ordering = ("-month",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["outlet", "month"], name="outlet_sales_once_a_month"),
            models.CheckConstraint(condition=Q(month__day=1), name="outlet_sales_by_month"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="outlet_sales_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.outlet} {self.month:%Y-%m}"


class OutletSeller(Stamped):
    """A person of the unit who sells in the outlet (S-053); what they receive stands in the integrity register."""

    outlet = models.ForeignKey(Outlet, models.PROTECT, related_name="sellers")
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="selling_places", verbose_name=_("person")
    )
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("seller of an outlet")
        verbose_name_plural = _("sellers of outlets")
        ordering = ("pk",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["outlet", "person"], condition=Q(until__isnull=True), name="outlet_seller_once"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="outlet_seller_days_in_order",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)
