"""Quotes: numbered, with every step of the price kept; and special terms, the exceptional way (S-109)."""

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.persons.models import Person
from accounts.units.models import KeyAccount
from campaigns.campaigns.models import Campaign, CampaignProduct
from campaigns.deals.models import Deal
from campaigns.discounts.labels import PAYMENT_LABELS
from campaigns.discounts.terms import PaymentMode
from campaigns.quotes.labels import SPECIAL_KIND_LABELS, SPECIAL_LABELS, STATE_LABELS
from campaigns.quotes.rules import is_lapsed
from campaigns.quotes.terms import QuoteState, SpecialKind, SpecialState
from kam.core.models import Stamped, Versioned
from kam.users.models import User
from kam.users.scopes import owned_rows


class QuoteQuerySet(models.QuerySet["Quote"]):
    def visible_to(self, user: User) -> Self:
        """Quotes to the units that one sees."""
        return self.filter(owned_rows(user, owner="unit__owner", team="unit__team"))

    def open_on(self, day: date) -> Self:
        """Open, and not over on `day`."""
        return self.filter(state=QuoteState.OPEN, valid_until__gte=day)


class Quote(Stamped, Versioned):
    """A price named to one person of a unit, until a day. It is priced anew only when somebody does it."""

    unit = models.ForeignKey(KeyAccount, models.PROTECT, related_name="quotes", verbose_name=_("unit"))
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="quotes", verbose_name=_("campaign"))
    product = models.ForeignKey(
        CampaignProduct, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("product")
    )
    customer = models.ForeignKey(Person, models.PROTECT, related_name="quotes", verbose_name=_("customer"))
    object_label = models.CharField(_("what exactly"), max_length=120, blank=True)
    quantity = models.PositiveIntegerField(_("sets"), default=1)
    list_amount = models.DecimalField(_("list price of one set"), max_digits=16, decimal_places=4)
    payment_mode = models.CharField(
        _("payment"), max_length=12, choices=list(PAYMENT_LABELS.items()), default=PaymentMode.LUMP_SUM
    )
    offer_on = models.DateField(_("day of the earnest money"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"))
    state = models.CharField(
        _("state"), max_length=12, choices=list(STATE_LABELS.items()), default=QuoteState.OPEN
    )
    special_amount = models.DecimalField(
        _("approved price of one set"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    is_overridden = models.BooleanField(_("excepted from the offer's days"), default=False)
    price_amount = models.DecimalField(_("price of one set"), max_digits=16, decimal_places=2)
    priced = models.JSONField(_("how the price came about"))
    priced_at = models.DateTimeField(_("priced"), default=timezone.now)
    deal = models.OneToOneField(Deal, models.PROTECT, null=True, related_name="quote")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("made by")
    )

    objects = QuoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("quote")
        verbose_name_plural = _("quotes")
        ordering = ("-id",)
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["campaign", "state", "valid_until"], name="quote_open_in_campaign"),
            models.Index(fields=["valid_until", "id"], name="quote_sorted_by_last_day"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(state__in=list(QuoteState)), name="quote_state_known"),
            models.CheckConstraint(
                condition=Q(quantity__gte=1, list_amount__gt=0, price_amount__gte=0),
                name="quote_amounts_positive",
            ),
            models.CheckConstraint(
                condition=Q(state=QuoteState.AGREED, deal__isnull=False)
                | ~Q(state=QuoteState.AGREED) & Q(deal__isnull=True),
                name="quote_agreed_has_deal",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} · {self.unit}"

    @property
    def number(self) -> str:
        return f"Q-{timezone.localtime(self.created_at).year}-{self.pk:04d}"

    def is_lapsed_on(self, day: date) -> bool:
        return is_lapsed(QuoteState(self.state), self.valid_until, day)

    def get_absolute_url(self) -> str:
        return f"/quotes/{self.pk}/"


class SpecialTerms(Stamped, Versioned):
    """What the exceptional way asks for one quote: the specialist's evaluation, the proposal, the record of the talks."""

    quote = models.ForeignKey(Quote, models.PROTECT, related_name="specials")
    kind = models.CharField(_("asked for"), max_length=10, choices=list(SPECIAL_KIND_LABELS.items()))
    wanted_amount = models.DecimalField(
        _("proposed price of one set"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    evaluation = models.TextField(_("evaluation"), max_length=2000)
    negotiation = models.TextField(_("what was negotiated"), max_length=2000, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=list(SPECIAL_LABELS.items()), default=SpecialState.PENDING
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by")
    )

    class Meta:
        verbose_name = _("special terms")
        verbose_name_plural = _("special terms")
        ordering = ("-id",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["quote"],
                condition=Q(state__in=[SpecialState.PENDING, SpecialState.RETURNED]),
                name="special_terms_one_open",
            ),
            models.CheckConstraint(
                condition=Q(kind=SpecialKind.PRICE, wanted_amount__gt=0, wanted_amount__isnull=False)
                | Q(kind=SpecialKind.WINDOW, wanted_amount__isnull=True),
                name="special_terms_of_one_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quote}: {self.get_kind_display()}"
