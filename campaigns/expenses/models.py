"""Expense claims with their receipts: each receipt counts once, each claim is paid once."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.budgets.models import BudgetLine, Movement
from campaigns.expenses.labels import KIND_LABELS, NO_VEHICLE_LABELS, STATE_LABELS
from campaigns.expenses.terms import DECIDED, ClaimState, ExpenseKind
from kam.core.models import Stamped, Versioned
from kam.files.models import Attachment
from kam.users.models import Team, User
from kam.users.scopes import owned_rows
from kam.users.terms import Position
from visits.visits.models import Visit


class ClaimQuerySet(models.QuerySet["ExpenseClaim"]):
    def visible_to(self, user: User) -> Self:
        """Own claims, the team's for whoever leads it; finance also sees what is to be paid and was paid."""
        if not user.is_active:
            return self.none()
        if user.position == Position.FINANCE:
            return self.filter(Q(claimant=user) | Q(state__in=DECIDED))
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
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.amount}"
