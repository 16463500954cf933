"""Rebates of deals, the versions of what a set earns, payments that only grow, recoveries after a cancellation."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.persons.models import Person
from accounts.units.models import KeyAccount
from campaigns.budgets.models import BudgetLine, Movement
from campaigns.campaigns.models import Campaign
from campaigns.deals.models import Deal
from campaigns.integrity.models import Benefit
from campaigns.rebates.labels import KIND_LABELS, MODE_LABELS, RECOVERY_LABELS, STATE_LABELS
from campaigns.rebates.rules import Tier, due_on, tiers_of
from campaigns.rebates.terms import RebateKind, RebateMode, RebateState, RecoveryState
from kam.core.models import Stamped, Versioned
from kam.core.sentences import read_sentence
from kam.users.models import User
from kam.users.scopes import owned_rows
from kam.users.terms import Position

#: Finance sees what it has to do with.
_AT_FINANCE = (RebateState.APPROVED, RebateState.VERIFIED, RebateState.PAID)


def _money(label: Any, **options: Any) -> "models.DecimalField[Any, Any]":
    return models.DecimalField(label, max_digits=14, decimal_places=2, **options)


class VersionQuerySet(models.QuerySet["RebateVersion"]):
    def on(self, day: date) -> Self:
        """Versions in force on `day`; the last day belongs to the successor (half-open)."""
        return self.filter(valid_from__lte=day).filter(Q(valid_until__isnull=True) | Q(valid_until__gt=day))


class RebateVersion(Stamped):
    """What one closed set earns in a campaign, by tiers, from a day on. Only its end is ever written."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="+", verbose_name=_("campaign"))
    number = models.PositiveSmallIntegerField(_("version"))
    tiers = models.JSONField(_("tiers"))
    budget_line = models.ForeignKey(
        BudgetLine,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("budget line that pays"),
    )
    valid_from = models.DateField(_("in force from"))
    valid_until = models.DateField(_("ends before"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule of rebates")
        verbose_name_plural = _("rules of rebates")
        ordering = ("campaign_id", "-number")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            ExclusionConstraint(
                name="rebate_one_version_at_a_time",
                expressions=[
                    ("campaign", RangeOperators.EQUAL),
                    (
                        Func(
                            F("valid_from"),
                            F("valid_until"),
                            Value("[)"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
            models.UniqueConstraint(fields=["campaign", "number"], name="rebate_version_number_once"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="rebate_version_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign} v{self.number}"

    @property
    def steps(self) -> list[Tier]:
        return tiers_of(self.tiers)

    @property
    def last_day(self) -> date | None:
        """The last day on which it holds, as screens show it."""
        return self.valid_until - timedelta(days=1) if self.valid_until else None


class RebateQuerySet(models.QuerySet["Rebate"]):
    def visible_to(self, user: User) -> Self:
        """Of the units that one sees; finance sees what was approved."""
        if user.is_active and user.position == Position.FINANCE:
            return self.filter(state__in=_AT_FINANCE)
        return self.filter(owned_rows(user, owner="unit__owner", team="unit__team"))

    def standing(self) -> Self:
        """Those that count: not void."""
        return self.exclude(state=RebateState.VOID)


class Rebate(Stamped, Versioned):
    """What a key person gets for one closed deal; numbers of documents are kept as last four digits and keyed hash only."""

    deal = models.ForeignKey(Deal, models.PROTECT, related_name="rebates", verbose_name=_("deal"))
    unit = models.ForeignKey(KeyAccount, models.PROTECT, related_name="rebates", verbose_name=_("unit"))
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="+", verbose_name=_("campaign"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="rebates", verbose_name=_("key person"))
    kind = models.CharField(
        _("kind"), max_length=12, choices=list(KIND_LABELS.items()), default=RebateKind.BASE
    )
    version_used = models.ForeignKey(RebateVersion, models.PROTECT, related_name="+")
    sets = models.PositiveIntegerField(_("sets"))
    per_set_amount = _money(_("one set earns"))
    amount = _money(_("amount"))
    goods = models.CharField(_("also given"), max_length=200, blank=True)
    due_on = models.DateField(_("payable from"))
    mode = models.CharField(_("how"), max_length=10, choices=list(MODE_LABELS.items()))
    own_deal = models.ForeignKey(
        Deal, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("own purchase")
    )
    state = models.CharField(
        _("state"), max_length=10, choices=list(STATE_LABELS.items()), default=RebateState.ASKED
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked for by")
    )
    reason = models.TextField(_("reason for compliance"), blank=True)
    benefit = models.ForeignKey(Benefit, models.PROTECT, null=True, related_name="+")
    reservation = models.ForeignKey(Movement, models.PROTECT, null=True, related_name="+")
    identity_last = models.CharField(_("identity card"), max_length=4, blank=True)
    identity_hash = models.CharField(max_length=64, blank=True)
    permit_last = models.CharField(_("work permit"), max_length=4, blank=True)
    permit_hash = models.CharField(max_length=64, blank=True)
    escort = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("accompanied by"),
    )
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("checked by")
    )
    checked_at = models.DateTimeField(_("checked at"), null=True)
    void_reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = RebateQuerySet.as_manager()

    class Meta:
        verbose_name = _("rebate")
        verbose_name_plural = _("rebates")
        ordering = ("-id",)
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "due_on", "id"], name="rebate_by_due_day"),
            models.Index(fields=["unit", "campaign"], name="rebate_of_unit"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["deal"],
                condition=Q(kind=RebateKind.BASE) & ~Q(state=RebateState.VOID),
                name="rebate_once_a_deal",
            ),
            models.UniqueConstraint(
                fields=["deal", "per_set_amount", "version_used"],
                condition=Q(kind=RebateKind.SUPPLEMENT) & ~Q(state=RebateState.VOID),
                name="rebate_supplement_once_a_tier",
            ),
            models.CheckConstraint(condition=Q(state__in=list(RebateState)), name="rebate_state_known"),
            models.CheckConstraint(condition=Q(amount__gt=0, sets__gt=0), name="rebate_worth_something"),
            models.CheckConstraint(
                condition=Q(mode=RebateMode.CASH, own_deal__isnull=True)
                | Q(mode=RebateMode.SET_OFF, own_deal__isnull=False),
                name="rebate_set_off_names_purchase",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[RebateState.VERIFIED, RebateState.PAID])
                | Q(escort__isnull=False, checked_by__isnull=False, checked_at__isnull=False)
                & ~Q(identity_hash="")
                & ~Q(permit_hash="")
                & ~Q(escort=F("checked_by")),
                name="rebate_checked_before_paid",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} · {self.person}"

    @property
    def number(self) -> str:
        return f"RB-{timezone.localtime(self.created_at).year}-{self.pk:04d}"

    @property
    def void_words(self) -> str:
        """Why it is void, in the reader's language."""
        return read_sentence(self.void_reason)

    def get_absolute_url(self) -> str:
        return f"/rebates/{self.pk}/"


class HoldQuerySet(models.QuerySet["RebateHold"]):
    def open(self) -> Self:
        """Those that no rebate has taken and nobody has given back."""
        return self.filter(ended_on__isnull=True)


class RebateHold(Stamped):
    """Money of the campaign's line, held from the closing of a deal until its rebate is asked for (12-decisions, 20)."""

    deal = models.ForeignKey(Deal, models.PROTECT, related_name="rebate_holds", verbose_name=_("deal"))
    reservation = models.OneToOneField(Movement, models.PROTECT, related_name="+")
    amount = _money(_("amount"))
    ended_on = models.DateField(_("ended on"), null=True)

    objects = HoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("money held for a rebate")
        verbose_name_plural = _("money held for rebates")
        ordering = ("id",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["deal"], condition=Q(ended_on__isnull=True), name="rebate_held_once_a_deal"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="rebate_hold_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.deal_id}: {self.amount}"


class RebatePayment(Stamped):
    """A rebate was paid; once, never changed."""

    rebate = models.OneToOneField(Rebate, models.PROTECT, related_name="payment")
    on = models.DateField(_("paid on"))
    gross_amount = _money(_("gross"))
    tax_amount = _money(_("tax withheld"), default=Decimal(0))
    net_amount = _money(_("net"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("paid by")
    )

    class Meta:
        verbose_name = _("payment of a rebate")
        verbose_name_plural = _("payments of rebates")
        ordering = ("id",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(gross_amount__gt=0, tax_amount__gte=0, tax_amount__lt=F("gross_amount"))
                & Q(net_amount=F("gross_amount") - F("tax_amount")),
                name="rebate_net_is_gross_without_tax",
            )
        ]

    def __str__(self) -> str:
        return f"{self.rebate_id}: {self.gross_amount}"


class Recovery(Stamped, Versioned):
    """The deal was cancelled after its rebate had been paid."""

    rebate = models.OneToOneField(Rebate, models.PROTECT, related_name="recovery")
    amount = _money(_("amount"))
    state = models.CharField(
        _("state"), max_length=10, choices=list(RECOVERY_LABELS.items()), default=RecoveryState.OPEN
    )
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    settled_on = models.DateField(_("settled on"), null=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("recovery of a rebate")
        verbose_name_plural = _("recoveries of rebates")
        ordering = ("id",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(state=RecoveryState.OPEN, settled_on__isnull=True)
                | Q(state__in=[RecoveryState.RECOVERED, RecoveryState.WAIVED], settled_on__isnull=False)
                & ~Q(note=""),
                name="recovery_settled_with_a_note",
            )
        ]

    def __str__(self) -> str:
        return f"{self.rebate_id}: {self.amount}"


def day_due(deal: Deal) -> date:
    """Return the first day on which finance pays for a signed deal."""
    assert deal.signed_on is not None  # noqa: S101 -- asked only of deals that earn something
    return due_on(deal.signed_on)
