"""Expense claims with their receipts, each counted once and paid once; what a person may claim for the phone."""

from decimal import Decimal
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from campaigns.budgets.models import BudgetLine, Movement
from campaigns.expenses.labels import KIND_LABELS, LIMIT_LABELS, NO_VEHICLE_LABELS, STATE_LABELS
from campaigns.expenses.terms import AT_FINANCE, ClaimState, ExpenseKind, LimitState
from kam.core.models import Stamped, Versioned
from kam.files.models import Attachment
from kam.users.models import Team, User
from kam.users.scopes import owned_rows
from kam.users.terms import Position
from visits.visits.models import Visit


class ClaimQuerySet(models.QuerySet["ExpenseClaim"]):
    def visible_to(self, user: User) -> Self:
        """Own claims, the team's for whoever leads it; finance also sees what it decides, pays and paid."""
        if not user.is_active:
            return self.none()
        if user.position == Position.FINANCE:
            return self.filter(Q(claimant=user) | Q(state__in=AT_FINANCE))
        owned = owned_rows(user, owner="claimant", team="team")
        return self.filter(Q(claimant=user) | owned) if owned else self  # an empty Q means everybody's


class ExpenseClaim(Stamped, Versioned):
    """What somebody paid for the department and wants back, charged to one line (S-126, S-130)."""

    number = models.CharField(_("number"), max_length=20, unique=True)
    claimant = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="claims", verbose_name=_("claimant")
    )
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="claims")
    purpose = models.CharField(_("what for"), max_length=200)
    line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="claims", verbose_name=_("budget line"))
    state = models.CharField(
        _("state"), max_length=12, choices=list(STATE_LABELS.items()), default=ClaimState.DRAFT
    )
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2, default=0)
    begun_on = models.DateField(_("begun on"))
    reservation = models.OneToOneField(Movement, models.PROTECT, null=True, related_name="+")
    payment = models.OneToOneField(Movement, models.PROTECT, null=True, related_name="+")
    paid_on = models.DateField(_("paid on"), null=True, blank=True)
    paid_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    document = models.CharField(_("number of the payment"), max_length=40, blank=True)
    ended_because = models.CharField(_("why it was cancelled"), max_length=200, blank=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("expense claim")
        verbose_name_plural = _("expense claims")
        ordering = ("-pk",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(state__in=list(ClaimState)), name="claim_state_known"),
            models.CheckConstraint(
                condition=~Q(state=ClaimState.APPROVED) | Q(reservation__isnull=False, amount__gt=0),
                name="claim_approved_holds_its_money",
            ),
            models.CheckConstraint(
                condition=~Q(state=ClaimState.PAID)
                | Q(payment__isnull=False, paid_on__isnull=False, paid_by__isnull=False),
                name="claim_paid_by_a_payment",
            ),
            models.CheckConstraint(
                condition=~Q(state=ClaimState.CANCELLED)
                | Q(reservation__isnull=False, payment__isnull=True) & ~Q(ended_because=""),
                name="claim_cancelled_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.purpose}"

    def get_absolute_url(self) -> str:
        return f"/expenses/{self.pk}/"


class Receipt(Stamped):
    """One receipt with its picture. The same number, day and amount, or the same file, is never claimed twice."""

    claim = models.ForeignKey(ExpenseClaim, models.PROTECT, related_name="receipts")
    kind = models.CharField(_("kind"), max_length=12, choices=list(KIND_LABELS.items()))
    on = models.DateField(_("day of the receipt"))
    number = models.CharField(_("number of the receipt"), max_length=60)
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    own_amount = models.DecimalField(
        _("paid by the person"), max_digits=12, decimal_places=2, default=Decimal(0)
    )
    text = models.CharField(_("what for"), max_length=200)
    visit = models.ForeignKey(
        Visit, models.PROTECT, null=True, blank=True, related_name="receipts", verbose_name=_("visit")
    )
    no_vehicle = models.CharField(
        _("why no vehicle of ours"), max_length=12, blank=True, choices=list(NO_VEHICLE_LABELS.items())
    )
    file = models.OneToOneField(Attachment, models.PROTECT, null=True, related_name="receipt")
    digest = models.CharField(max_length=64, blank=True)
    is_live = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        ordering = ("on", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["number", "on", "amount"], condition=Q(is_live=True), name="receipt_claimed_once"
            ),
            models.UniqueConstraint(
                fields=["digest"],
                condition=Q(is_live=True) & ~Q(digest=""),
                name="receipt_file_claimed_once",
            ),
            models.CheckConstraint(condition=Q(amount__gt=0) & ~Q(number=""), name="receipt_says_something"),
            models.CheckConstraint(
                condition=Q(kind=ExpenseKind.TRANSPORT) | Q(visit__isnull=True, no_vehicle=""),
                name="receipt_only_rides_name_a_visit",
            ),
            models.CheckConstraint(
                condition=Q(own_amount=0)
                | Q(kind=ExpenseKind.PHONE, own_amount__gt=0, own_amount__lt=F("amount")),
                name="receipt_only_phone_is_shared",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.amount}"

    @property
    def paid_amount(self) -> Decimal:
        """What the house pays of it."""
        return self.amount - self.own_amount


class LimitQuerySet(models.QuerySet["PhoneLimit"]):
    def visible_to(self, user: User) -> Self:
        """Own limits, the team's for whoever leads it; finance sees what was approved, by which it pays."""
        if not user.is_active:
            return self.none()
        if user.position == Position.FINANCE:
            return self.filter(Q(user=user) | Q(state__in=[LimitState.APPROVED, LimitState.REPLACED]))
        owned = owned_rows(user, owner="user", team="team")
        return self.filter(Q(user=user) | owned) if owned else self  # an empty Q means everybody's


class PhoneLimit(Stamped, Versioned):
    """What a person may claim for the phone in a month, from a month on or in one month only (S-227)."""

    number = models.CharField(_("number"), max_length=20, unique=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="phone_limits", verbose_name=_("for whom")
    )
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("applicant")
    )
    asked_on = models.DateField(_("asked on"))
    amount = models.DecimalField(_("yuan a month"), max_digits=8, decimal_places=2)
    starts_on = models.DateField(_("from month"))
    only = models.BooleanField(_("in this month only"), default=False)
    reason = models.CharField(_("reason"), max_length=300)
    state = models.CharField(
        _("state"), max_length=10, choices=list(LIMIT_LABELS.items()), default=LimitState.PENDING
    )

    objects = LimitQuerySet.as_manager()

    class Meta:
        verbose_name = _("phone limit")
        verbose_name_plural = _("phone limits")
        ordering = ("-pk",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(state__in=list(LimitState)), name="phone_limit_state_known"),
            models.CheckConstraint(
                condition=Q(amount__gt=0, starts_on__day=1) & ~Q(reason=""), name="phone_limit_says_what"
            ),
            models.UniqueConstraint(
                fields=["user", "starts_on", "only"],
                condition=Q(state=LimitState.APPROVED),
                name="phone_limit_one_a_month",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.user.name}"

    def get_absolute_url(self) -> str:
        return f"/expenses/phone/{self.pk}/"
