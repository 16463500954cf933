"""Purchases beside the routine: a plan, offers, the money held until what came is paid (S-226)."""

from decimal import Decimal
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.budgets.models import BudgetLine, Movement
from campaigns.purchases.labels import STATE_LABELS
from campaigns.purchases.terms import DECIDED, STATE_TONES, PurchaseState
from kam.core.models import Stamped, Versioned
from kam.files.models import Attachment
from kam.users.models import Team, User
from kam.users.scopes import owned_rows
from kam.users.terms import Position

_BOUGHT = [PurchaseState.APPROVED, PurchaseState.RECEIVED, PurchaseState.PAID]


class PurchaseQuerySet(models.QuerySet["Purchase"]):
    def visible_to(self, user: User) -> Self:
        """Own purchases, the team's for whoever leads it; finance sees what was approved."""
        if not user.is_active:
            return self.none()
        if user.position == Position.FINANCE:
            return self.filter(Q(asked_by=user) | Q(state__in=DECIDED))
        owned = owned_rows(user, owner="asked_by", team="team")
        return self.filter(Q(asked_by=user) | owned) if owned else self  # an empty Q means everybody's


class Purchase(Stamped, Versioned):
    """Something beside the routine that somebody needs: decided by the manager, bought by the clerk."""

    number = models.CharField(_("number"), max_length=20, unique=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="purchases", verbose_name=_("applicant")
    )
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+")
    asked_on = models.DateField(_("begun on"))
    title = models.CharField(_("what is to be bought"), max_length=200)
    reason = models.CharField(_("reason"), max_length=500)
    plan = models.TextField(_("plan"), blank=True)
    is_urgent = models.BooleanField(_("urgent"), default=False)
    needed_on = models.DateField(_("needed by"), null=True, blank=True)
    line = models.ForeignKey(
        BudgetLine, models.PROTECT, related_name="purchases", verbose_name=_("budget line")
    )
    state = models.CharField(
        _("state"), max_length=10, choices=list(STATE_LABELS.items()), default=PurchaseState.DRAFT
    )
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2, default=Decimal(0))
    reservation = models.OneToOneField(Movement, models.PROTECT, null=True, related_name="+")
    received_on = models.DateField(_("received on"), null=True, blank=True)
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    received = models.CharField(_("what came"), max_length=300, blank=True)
    payment = models.OneToOneField(Movement, models.PROTECT, null=True, related_name="+")
    paid_amount = models.DecimalField(_("paid"), max_digits=12, decimal_places=2, null=True, blank=True)
    paid_on = models.DateField(_("paid on"), null=True, blank=True)
    paid_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    document = models.CharField(_("number of the payment"), max_length=40, blank=True)
    ended_because = models.CharField(_("why it was cancelled"), max_length=300, blank=True)

    objects = PurchaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("purchase")
        verbose_name_plural = _("purchases")
        ordering = ("-pk",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(state__in=list(PurchaseState)), name="purchase_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=_BOUGHT) | Q(reservation__isnull=False, amount__gt=0),
                name="purchase_approved_holds_its_money",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[PurchaseState.RECEIVED, PurchaseState.PAID])
                | Q(received_on__isnull=False, received_by__isnull=False) & ~Q(received=""),
                name="purchase_received_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state=PurchaseState.PAID)
                | Q(payment__isnull=False, paid_amount__gt=0, paid_on__isnull=False, paid_by__isnull=False),
                name="purchase_paid_by_a_payment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        return f"/purchases/{self.pk}/"

    @property
    def tone(self) -> str:
        return STATE_TONES[PurchaseState(self.state)]


class Offer(Stamped):
    """What a supplier asks for it, with the paper; one of them is chosen."""

    purchase = models.ForeignKey(Purchase, models.PROTECT, related_name="offers")
    supplier = models.CharField(_("supplier"), max_length=120)
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    delivers_on = models.DateField(_("delivers on"), null=True, blank=True)
    note = models.CharField(_("remark"), max_length=200, blank=True)
    is_chosen = models.BooleanField(_("chosen"), default=False)
    why = models.CharField(_("why this one"), max_length=200, blank=True)
    file = models.OneToOneField(Attachment, models.PROTECT, null=True, related_name="purchase_offer")

    class Meta:
        verbose_name = _("offer of a supplier")
        verbose_name_plural = _("offers of suppliers")
        ordering = ("amount", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(amount__gt=0) & ~Q(supplier=""), name="purchase_offer_says_something"
            ),
            models.UniqueConstraint(
                fields=["purchase"], condition=Q(is_chosen=True), name="purchase_offer_chosen_once"
            ),
            models.UniqueConstraint(fields=["purchase", "supplier"], name="purchase_offer_one_a_supplier"),
        ]

    def __str__(self) -> str:
        return f"{self.supplier} {self.amount}"
