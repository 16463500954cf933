"""Earnest money with its serial, the counter the serial is drawn from, and the sessions in which numbers are called."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.persons.models import Person
from accounts.units.models import KeyAccount
from campaigns.campaigns.models import Campaign, CampaignProduct
from campaigns.earnest.labels import KIND_LABELS, OUTCOME_LABELS, STATE_LABELS
from campaigns.earnest.terms import BuyerKind, CallOutcome, EarnestState
from campaigns.prospects.models import Prospect
from kam.core.models import Stamped, Versioned
from kam.users.models import User
from kam.users.scopes import owned_rows
from kam.users.terms import Position


class EarnestQuerySet(models.QuerySet["Earnest"]):
    def visible_to(self, user: User) -> Self:
        """Of the units that one sees; ordinary buyers of those whose rows one sees; finance sees all, because it is paid there."""
        if user.is_active and user.position == Position.FINANCE:
            return self
        group = Q(unit__isnull=False) & owned_rows(user, owner="unit__owner", team="unit__team")
        return self.filter(group | Q(unit__isnull=True) & owned_rows(user))

    def holding(self) -> Self:
        """Whose serial is good: received, and not refunded."""
        return self.filter(state__in=[EarnestState.RECEIVED, EarnestState.REFUND_ASKED])


class Earnest(Stamped, Versioned):
    """Earnest money (诚意金) of one buyer in a campaign. The serial is drawn when finance confirms the receipt, and never used again."""

    campaign = models.ForeignKey(
        Campaign, models.PROTECT, related_name="earnest_money", verbose_name=_("campaign")
    )
    kind = models.CharField(_("kind of buyer"), max_length=10, choices=list(KIND_LABELS.items()))
    unit = models.ForeignKey(
        KeyAccount,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="earnest_money",
        verbose_name=_("unit"),
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("customer")
    )
    prospect = models.ForeignKey(
        Prospect,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="earnest_money",
        verbose_name=_("registered as"),
    )
    name = models.CharField(_("buyer"), max_length=80)
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    has_discount_rule = models.BooleanField(_("discount rule confirmed"), default=False)
    has_use_rights = models.BooleanField(_("use rights confirmed"), default=False)
    state = models.CharField(
        _("state"), max_length=14, choices=list(STATE_LABELS.items()), default=EarnestState.NOTED
    )
    serial = models.PositiveIntegerField(_("serial"), null=True, blank=True)
    receipt_no = models.CharField(_("receipt number"), max_length=60, blank=True)
    received_at = models.DateTimeField(_("received at"), null=True, blank=True)
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    refund_reason = models.CharField(_("reason of the refund"), max_length=300, blank=True)
    refund_asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    refunded_at = models.DateTimeField(_("refunded at"), null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("noted by")
    )
    team = models.ForeignKey("users.Team", models.PROTECT, null=True, related_name="+")

    objects = EarnestQuerySet.as_manager()

    class Meta:
        verbose_name = _("earnest money")
        verbose_name_plural = _("earnest money")
        ordering = ("-id",)
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["campaign", "kind", "serial"], name="earnest_calling_order")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(state__in=list(EarnestState)), name="earnest_state_known"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="earnest_amount_positive"),
            models.CheckConstraint(
                condition=Q(kind=BuyerKind.GROUP, unit__isnull=False, person__isnull=False)
                | Q(kind=BuyerKind.ORDINARY, unit__isnull=True, person__isnull=True),
                name="earnest_group_buyer_has_unit",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[EarnestState.NOTED, EarnestState.DROPPED],
                    serial__isnull=True,
                    received_at__isnull=True,
                    receipt_no="",
                )
                | Q(
                    state__in=[EarnestState.RECEIVED, EarnestState.REFUND_ASKED, EarnestState.REFUNDED],
                    serial__gt=0,
                    received_at__isnull=False,
                )
                & ~Q(receipt_no=""),
                name="earnest_serial_with_receipt",
            ),
            models.CheckConstraint(
                condition=Q(state=EarnestState.REFUNDED, refunded_at__isnull=False)
                | ~Q(state=EarnestState.REFUNDED) & Q(refunded_at__isnull=True),
                name="earnest_refunded_at",
            ),
            models.UniqueConstraint(fields=["campaign", "serial"], name="earnest_serial_once"),
            models.UniqueConstraint(
                fields=["receipt_no"], condition=~Q(receipt_no=""), name="earnest_receipt_once"
            ),
            models.UniqueConstraint(
                fields=["campaign", "person"],
                condition=Q(person__isnull=False)
                & ~Q(state__in=[EarnestState.REFUNDED, EarnestState.DROPPED]),
                name="earnest_once_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} · {self.name}"

    @property
    def number(self) -> str:
        return f"E-{timezone.localtime(self.created_at).year}-{self.pk:04d}"

    def get_absolute_url(self) -> str:
        return f"/earnest/{self.pk}/"


class SerialCounter(models.Model):
    """The last serial of a campaign; locked while the next one is drawn."""

    campaign = models.OneToOneField(Campaign, models.PROTECT, primary_key=True, related_name="+")
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("counter of serials")
        verbose_name_plural = _("counters of serials")

    def __str__(self) -> str:
        return f"{self.campaign_id}: {self.last}"


class Choosing(Stamped, Versioned):
    """A session in which the numbers of a campaign are called, one after the other (选房会)."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="choosings")
    held_on = models.DateField(_("day"))
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("choosing session")
        verbose_name_plural = _("choosing sessions")
        ordering = ("-id",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["campaign"], condition=Q(closed_at__isnull=True), name="choosing_one_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.campaign} · {self.held_on}"


class Call(Stamped):
    """A number that was called in a session, and what its buyer chose."""

    choosing = models.ForeignKey(Choosing, models.PROTECT, related_name="calls")
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="+")
    earnest = models.ForeignKey(Earnest, models.PROTECT, related_name="calls")
    outcome = models.CharField(
        _("outcome"), max_length=12, choices=list(OUTCOME_LABELS.items()), default=CallOutcome.CALLED
    )
    product = models.ForeignKey(
        CampaignProduct, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("product")
    )
    object_label = models.CharField(_("what exactly"), max_length=120, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    class Meta:
        verbose_name = _("called number")
        verbose_name_plural = _("called numbers")
        ordering = ("id",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(outcome__in=list(CallOutcome)), name="call_outcome_known"),
            models.CheckConstraint(
                condition=Q(outcome__in=[CallOutcome.CHOSEN, CallOutcome.GIVEN_BACK]) & ~Q(object_label="")
                | Q(outcome__in=[CallOutcome.CALLED, CallOutcome.PASSED], object_label=""),
                name="call_chosen_says_what",
            ),
            models.UniqueConstraint(
                fields=["choosing"], condition=Q(outcome=CallOutcome.CALLED), name="call_one_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["earnest"], condition=Q(outcome=CallOutcome.CHOSEN), name="call_chooses_once"
            ),
            models.UniqueConstraint(
                fields=["campaign", "object_label"],
                condition=Q(outcome=CallOutcome.CHOSEN),
                name="call_object_chosen_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.earnest.serial}: {self.get_outcome_display()}"
