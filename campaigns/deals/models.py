"""Deals with the price they were signed at, payments, and adjustments when the unit's count crosses a number."""

from decimal import Decimal
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.persons.models import Person
from accounts.units.models import KeyAccount
from campaigns.campaigns.models import CHANNEL_CHOICES, Campaign, CampaignProduct
from campaigns.deals.labels import ADJUSTMENT_LABELS, CROSSING_LABELS, DECISION_LABELS, STATE_LABELS
from campaigns.deals.rules import is_closed
from campaigns.deals.terms import AdjustmentKind, CrossingKind, DealState, LossDecision
from campaigns.discounts.labels import GROUP_LABELS, PAYMENT_LABELS
from campaigns.discounts.models import DiscountVersion
from campaigns.discounts.terms import PaymentMode
from kam.core.models import Stamped, Versioned
from kam.core.money import ZERO
from kam.users.models import User
from kam.users.scopes import owned_rows
from kam.users.terms import Position


class DealQuerySet(models.QuerySet["Deal"]):
    def visible_to(self, user: User) -> Self:
        """Deals of the units that one sees; finance sees what was signed, because it is paid there."""
        if user.is_active and user.position == Position.FINANCE:
            return self.exclude(signed_on__isnull=True)
        return self.filter(owned_rows(user, owner="unit__owner", team="unit__team"))

    def signed(self) -> Self:
        """Signed and not cancelled."""
        return self.filter(state=DealState.SIGNED)

    def closed(self) -> Self:
        """Signed, and the first payment received."""
        return self.signed().filter(first_paid_on__isnull=False)


class Deal(Stamped, Versioned):
    """So many sets sold to one person of a unit in a campaign. Prices are frozen at signing, per set."""

    unit = models.ForeignKey(KeyAccount, models.PROTECT, related_name="deals", verbose_name=_("unit"))
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="deals", verbose_name=_("campaign"))
    product = models.ForeignKey(
        CampaignProduct, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("product")
    )
    customer = models.ForeignKey(Person, models.PROTECT, related_name="deals", verbose_name=_("customer"))
    proof = models.CharField(_("proof that the customer belongs to the unit"), max_length=200, blank=True)
    object_label = models.CharField(_("what exactly"), max_length=120, blank=True)
    quantity = models.PositiveIntegerField(_("sets"), default=1)
    list_amount = models.DecimalField(_("list price of one set"), max_digits=16, decimal_places=4)
    payment_mode = models.CharField(
        _("payment"), max_length=12, choices=list(PAYMENT_LABELS.items()), default=PaymentMode.LUMP_SUM
    )
    is_trial = models.BooleanField(_("trial order"), default=False)
    is_overridden = models.BooleanField(_("excepted from the offer's days"), default=False)
    special_amount = models.DecimalField(
        _("approved price of one set"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    offer_on = models.DateField(_("day of the earnest money"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=12, choices=list(STATE_LABELS.items()), default=DealState.AGREED
    )
    contract_no = models.CharField(_("contract number"), max_length=60, blank=True)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    cancelled_on = models.DateField(_("cancelled on"), null=True, blank=True)
    cancel_reason = models.CharField(_("reason of the cancellation"), max_length=300, blank=True)
    first_paid_on = models.DateField(_("first payment on"), null=True, blank=True)
    # Frozen at signing.
    offer_channel = models.CharField(
        _("channel of the offer"), max_length=20, choices=CHANNEL_CHOICES, blank=True
    )
    has_certificate = models.BooleanField(_("certificate verified"), default=False)
    is_counted = models.BooleanField(_("counts for the unit"), default=False)
    regular_amount = models.DecimalField(
        _("price after the regular discount"), max_digits=16, decimal_places=2, null=True
    )
    price_amount = models.DecimalField(
        _("price of one set when signed"), max_digits=16, decimal_places=2, null=True
    )
    group_state = models.CharField(
        _("group discount"), max_length=20, choices=list(GROUP_LABELS.items()), blank=True
    )
    group_version = models.ForeignKey(
        DiscountVersion, models.PROTECT, null=True, related_name="+", verbose_name=_("rule version")
    )
    priced = models.JSONField(_("how the price came about"), null=True)
    # Credited at signing (12-decisions, 23).
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("owner")
    )
    team = models.ForeignKey("users.Team", models.PROTECT, null=True, related_name="+")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = DealQuerySet.as_manager()

    class Meta:
        verbose_name = _("deal")
        verbose_name_plural = _("deals")
        ordering = ("-id",)
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["unit", "campaign", "state"], name="deal_of_unit_in_campaign"),
            models.Index(fields=["signed_on", "id"], name="deal_sorted_by_signing"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(state__in=list(DealState)), name="deal_state_known"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="deal_has_sets"),
            models.CheckConstraint(condition=Q(list_amount__gt=0), name="deal_list_price_positive"),
            models.CheckConstraint(
                condition=~Q(state=DealState.SIGNED)
                | Q(signed_on__isnull=False, price_amount__isnull=False, priced__isnull=False)
                & ~Q(contract_no=""),
                name="deal_signed_is_priced",
            ),
            models.CheckConstraint(
                condition=Q(state=DealState.CANCELLED, cancelled_on__isnull=False) & ~Q(cancel_reason="")
                | ~Q(state=DealState.CANCELLED) & Q(cancelled_on__isnull=True, cancel_reason=""),
                name="deal_cancelled_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(state=DealState.SIGNED) | Q(is_counted=False), name="deal_counts_while_signed"
            ),
            models.CheckConstraint(
                condition=Q(price_amount__isnull=True) | Q(price_amount__gte=0),
                name="deal_price_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(special_amount__isnull=True) | Q(special_amount__gt=0),
                name="deal_special_price_positive",
            ),
            models.UniqueConstraint(
                fields=["contract_no"], condition=~Q(contract_no=""), name="deal_contract_number_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} · {self.unit}"

    @property
    def number(self) -> str:
        return f"D-{timezone.localtime(self.created_at).year}-{self.pk:04d}"

    @property
    def is_closed(self) -> bool:
        return is_closed(DealState(self.state), self.first_paid_on)

    @property
    def signed_total(self) -> Decimal:
        """What all its sets cost when it was signed."""
        return self.quantity * (self.price_amount or ZERO)

    def net_total(self) -> Decimal:
        """What it costs with every adjustment; asks the database once."""
        return self.signed_total + sum((row.signed_amount for row in self.adjustments.all()), ZERO)

    def paid_total(self) -> Decimal:
        """What was received; asks the database once."""
        return self.payments.aggregate(sum=Sum("amount"))["sum"] or ZERO

    def get_absolute_url(self) -> str:
        return f"/deals/{self.pk}/"


class Payment(Stamped):
    """Money received on a deal; recorded once, never changed."""

    deal = models.ForeignKey(Deal, models.PROTECT, related_name="payments")
    received_on = models.DateField(_("received on"))
    amount = models.DecimalField(_("amount"), max_digits=16, decimal_places=2)
    reference = models.CharField(_("receipt number"), max_length=60)
    is_set_off = models.BooleanField(_("set off, not received"), default=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ("received_on", "id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="deal_payment_positive"),
            models.UniqueConstraint(fields=["reference"], name="deal_payment_receipt_once"),
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.amount}"


class CrossingQuerySet(models.QuerySet["Crossing"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(owned_rows(user, owner="unit__owner", team="unit__team"))

    def to_decide(self) -> Self:
        """Losses about which nobody has decided."""
        return self.filter(decision=LossDecision.OPEN)


class Crossing(Stamped, Versioned):
    """A moment at which the count of a unit came over a number or fell below it, by one deal."""

    unit = models.ForeignKey(KeyAccount, models.PROTECT, related_name="+")
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=10, choices=list(CROSSING_LABELS.items()))
    deal = models.ForeignKey(Deal, models.PROTECT, related_name="crossings", verbose_name=_("by the deal"))
    count = models.PositiveIntegerField(_("sets then"))
    stake_amount = models.DecimalField(_("at stake"), max_digits=16, decimal_places=2, default=ZERO)
    decision = models.CharField(
        _("decision"), max_length=14, choices=list(DECISION_LABELS.items()), blank=True
    )
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_on = models.DateField(_("decided on"), null=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = CrossingQuerySet.as_manager()

    class Meta:
        verbose_name = _("crossing of a number")
        verbose_name_plural = _("crossings of a number")
        ordering = ("-id",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["deal", "kind"], name="crossing_once_a_deal"),
            models.CheckConstraint(
                condition=Q(kind=CrossingKind.REACHED, decision="")
                | Q(kind=CrossingKind.LOST, decision__in=list(LossDecision)),
                name="crossing_lost_has_decision",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.get_kind_display()} ({self.count})"


class Adjustment(Stamped):
    """A credit or a charge-back on one deal for one crossing; never a silent change of its price."""

    deal = models.ForeignKey(Deal, models.PROTECT, related_name="adjustments")
    crossing = models.ForeignKey(Crossing, models.PROTECT, related_name="adjustments")
    kind = models.CharField(_("kind"), max_length=12, choices=list(ADJUSTMENT_LABELS.items()))
    amount = models.DecimalField(_("amount"), max_digits=16, decimal_places=2)
    booked_on = models.DateField(_("booked on"))

    class Meta:
        verbose_name = _("adjustment")
        verbose_name_plural = _("adjustments")
        ordering = ("id",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["deal", "crossing"], name="adjustment_once_a_crossing"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="adjustment_positive"),
            models.CheckConstraint(condition=Q(kind__in=list(AdjustmentKind)), name="adjustment_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.deal}: {self.signed_amount}"

    @property
    def signed_amount(self) -> Decimal:
        """Credits lower the price, charge-backs raise it."""
        return -self.amount if self.kind == AdjustmentKind.CREDIT else self.amount
