"""Gifts: the catalogue with its stock, the ledger of the stock, and requests from asking to acknowledgement."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.persons.models import Person
from accounts.units.models import KeyAccount
from campaigns.budgets.models import BudgetLine, Movement
from campaigns.gifts.labels import OCCASION_LABELS, STATE_LABELS, STOCK_LABELS
from campaigns.gifts.terms import DECIDED, GiftState, StockKind
from campaigns.integrity.labels import KIND_LABELS
from campaigns.integrity.models import Benefit
from campaigns.integrity.terms import BenefitKind
from kam.core.models import Stamped, Versioned
from kam.users.models import User
from kam.users.scopes import owned_rows
from kam.users.terms import Position
from visits.visits.models import Visit

#: What a gift can be; cash and set-offs are rebates.
GIFT_KINDS = (BenefitKind.PROMOTIONAL, BenefitKind.GIFT, BenefitKind.CASH_EQUIVALENT)


def _money(label: Any, **options: Any) -> "models.DecimalField[Any, Any]":
    return models.DecimalField(label, max_digits=12, decimal_places=2, **options)


class GiftItem(Stamped, Versioned):
    """One kind of thing that is given: its price, and how many are there (added up by the database)."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    kind = models.CharField(
        _("kind"), max_length=16, choices=[(kind.value, KIND_LABELS[kind]) for kind in GIFT_KINDS]
    )
    price_amount = _money(_("price of one"))
    note = models.CharField(_("note"), max_length=200, blank=True)
    is_offered = models.BooleanField(_("offered"), default=True)
    stock = models.IntegerField(_("in stock"), default=0, editable=False)

    class Meta:
        verbose_name = _("gift of the catalogue")
        verbose_name_plural = _("gifts of the catalogue")
        ordering = ("name",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(stock__gte=0), name="gift_stock_not_negative"),
            models.CheckConstraint(condition=Q(price_amount__gt=0), name="gift_item_has_a_price"),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in GIFT_KINDS]), name="gift_item_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/gifts/items/{self.pk}/"


class GiftRequestQuerySet(models.QuerySet["GiftRequest"]):
    def visible_to(self, user: User) -> Self:
        """Requests for the units that one sees; finance sees what is approved, because the money goes there."""
        if user.is_active and user.position == Position.FINANCE:
            return self.filter(state__in=DECIDED)
        return self.filter(owned_rows(user, owner="unit__owner", team="unit__team"))


class GiftRequest(Stamped, Versioned):
    """Something for a person: asked for, decided, taken from stock, handed over at a visit, acknowledged (S-185)."""

    number = models.CharField(_("number"), max_length=20, unique=True)
    unit = models.ForeignKey(KeyAccount, models.PROTECT, related_name="gifts", verbose_name=_("unit"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="gifts", verbose_name=_("for whom"))
    item = models.ForeignKey(GiftItem, models.PROTECT, related_name="requests", verbose_name=_("gift"))
    quantity = models.PositiveIntegerField(_("how many"), default=1)
    price_amount = _money(_("price of one"))
    occasion = models.CharField(_("occasion"), max_length=12, choices=list(OCCASION_LABELS.items()))
    reason = models.TextField(_("why"))
    on = models.DateField(_("to be given on"))
    line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="gifts", verbose_name=_("budget line"))
    compliance_reason = models.TextField(_("reason for compliance"), blank=True)
    basis_document = models.CharField(_("written basis"), max_length=120, blank=True)
    employer_document = models.CharField(_("employer informed by"), max_length=120, blank=True)
    state = models.CharField(
        _("state"), max_length=12, choices=list(STATE_LABELS.items()), default=GiftState.PENDING
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("applicant")
    )
    asked_on = models.DateField(_("asked on"))
    benefit = models.OneToOneField(Benefit, models.PROTECT, null=True, related_name="gift")
    reservation = models.OneToOneField(Movement, models.PROTECT, null=True, related_name="+")
    payment = models.OneToOneField(Movement, models.PROTECT, null=True, related_name="+")
    visit = models.ForeignKey(Visit, models.PROTECT, null=True, related_name="gifts", verbose_name=_("visit"))
    handed_on = models.DateField(_("handed over on"), null=True, blank=True)
    handed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    acknowledged_on = models.DateField(_("acknowledged on"), null=True, blank=True)
    acknowledged_how = models.CharField(_("how it was acknowledged"), max_length=200, blank=True)
    end_reason = models.CharField(_("why nothing came of it"), max_length=200, blank=True)

    objects = GiftRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("gift request")
        verbose_name_plural = _("gift requests")
        ordering = ("-pk",)
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["unit", "state"], name="gift_by_unit")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(state__in=list(GiftState)), name="gift_state_known"),
            models.CheckConstraint(
                condition=Q(quantity__gt=0, price_amount__gt=0), name="gift_worth_something"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[GiftState.HANDED_OVER, GiftState.ACKNOWLEDGED])
                | Q(handed_on__isnull=False, payment__isnull=False, benefit__isnull=False),
                name="gift_handed_over_is_paid_and_in_the_register",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[GiftState.APPROVED, GiftState.ISSUED])
                | Q(reservation__isnull=False, benefit__isnull=False),
                name="gift_approved_holds_its_money",
            ),
            models.CheckConstraint(
                condition=Q(acknowledged_on__isnull=True) | Q(acknowledged_on__gte=F("handed_on")),
                name="gift_acknowledged_after_it_was_given",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.item.name}"

    def get_absolute_url(self) -> str:
        return f"/gifts/{self.pk}/"

    @property
    def amount(self) -> Any:
        """What it comes to."""
        return self.price_amount * self.quantity


class StockEntry(Stamped):
    """An entry of the stock: written once; the database adds it to the item."""

    item = models.ForeignKey(GiftItem, models.PROTECT, related_name="entries", verbose_name=_("gift"))
    kind = models.CharField(_("entry"), max_length=8, choices=list(STOCK_LABELS.items()))
    quantity = models.IntegerField(_("quantity"))
    on = models.DateField(_("day"))
    request = models.ForeignKey(GiftRequest, models.PROTECT, null=True, related_name="stock_entries")
    document = models.CharField(_("document"), max_length=120, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("entry of the stock")
        verbose_name_plural = _("entries of the stock")
        ordering = ("pk",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="stock_signs",
                condition=Q(kind__in=[StockKind.RECEIPT, StockKind.RETURN], quantity__gt=0)
                | Q(kind=StockKind.ISSUE, quantity__lt=0)
                | Q(kind=StockKind.COUNT) & ~Q(quantity=0),
            ),
            models.CheckConstraint(
                name="stock_names_its_request",
                condition=Q(kind__in=[StockKind.ISSUE, StockKind.RETURN], request__isnull=False)
                | Q(kind__in=[StockKind.RECEIPT, StockKind.COUNT], request__isnull=True),
            ),
            models.UniqueConstraint(fields=["request", "kind"], name="stock_of_a_request_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.quantity}"
