"""Budgets with their tree of lines, the ledger of movements, the balance of each leaf, and the reports that change them."""

from decimal import Decimal
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import ExpressionWrapper, F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaigns.budgets.labels import CHANGE_LABELS, CHANGE_STATE_LABELS, MOVEMENT_LABELS, STATE_LABELS
from campaigns.budgets.rules import Balance, Delta
from campaigns.budgets.terms import BudgetState, ChangeKind, ChangeState, MovementKind
from campaigns.campaigns.models import Campaign
from kam.core.models import Stamped, Versioned
from kam.core.sentences import read_sentence
from kam.users.models import User
from kam.users.terms import Position

#: They see drafts too: those who plan, decide and pay.
_READERS = frozenset(
    {
        Position.MANAGER,
        Position.DIRECTOR,
        Position.MARKETING_DIRECTOR,
        Position.GENERAL_MANAGER,
        Position.FINANCE,
    }
)
#: They spend by requests, so they see what is approved.
_SPENDERS = frozenset({Position.SPECIALIST, Position.TEAM_LEAD, Position.CLERK})
#: Of the money of others they read document and amount: the purpose may name a unit or a person that they do not see.
_OWN_WORDS = frozenset({Position.SPECIALIST, Position.TEAM_LEAD})
_OF_THE_BUDGET = (MovementKind.BUDGET, MovementKind.SUPPLEMENT, MovementKind.TRANSFER)


def _money(label: Any, **options: Any) -> "models.DecimalField[Any, Any]":
    return models.DecimalField(label, max_digits=14, decimal_places=2, **options)


class BudgetQuerySet(models.QuerySet["Budget"]):
    def visible_to(self, user: User) -> Self:
        """Planners, deciders and finance see all; who spends by request sees approved ones and their own drafts."""
        if not user.is_active:
            return self.none()
        if user.position in _READERS:
            return self
        if user.position in _SPENDERS:
            return self.filter(Q(state=BudgetState.APPROVED) | Q(drafted_by=user))
        return self.none()

    def approved(self) -> Self:
        """Budgets that hold money."""
        return self.filter(state=BudgetState.APPROVED)


class Budget(Stamped, Versioned):
    """The money of a campaign, or of the department, for a period (S-129)."""

    number = models.CharField(_("number"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=120)
    campaign = models.ForeignKey(
        Campaign,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="budgets",
        verbose_name=_("campaign"),
    )
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=12, choices=list(STATE_LABELS.items()), default=BudgetState.DRAFT
    )
    note = models.TextField(_("reasons"), blank=True)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = BudgetQuerySet.as_manager()

    class Meta:
        verbose_name = _("budget")
        verbose_name_plural = _("budgets")
        ordering = ("-pk",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(state__in=list(BudgetState)), name="budget_state_known"),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True, ends_on__isnull=True)
                | Q(starts_on__isnull=False, ends_on__isnull=False, ends_on__gte=F("starts_on")),
                name="budget_days_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    def get_absolute_url(self) -> str:
        return f"/budgets/{self.pk}/"


class LineQuerySet(models.QuerySet["BudgetLine"]):
    def visible_to(self, user: User) -> Self:
        """Lines of the budgets that one sees."""
        return self.filter(budget__in=Budget.objects.visible_to(user))

    def leaves(self) -> Self:
        """Only they hold money."""
        return self.filter(children__isnull=True)


class BudgetLine(Stamped):
    """A line as it was approved; what it has today is its balance."""

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="lines")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    place = models.PositiveSmallIntegerField(_("order"))
    level = models.PositiveSmallIntegerField(_("level"))
    number = models.CharField(_("number"), max_length=20)
    name = models.CharField(_("line"), max_length=120)
    amount = _money(_("amount"))
    note = models.CharField(_("remark"), max_length=200, blank=True)

    objects = LineQuerySet.as_manager()

    class Meta:
        verbose_name = _("budget line")
        verbose_name_plural = _("budget lines")
        ordering = ("budget_id", "place")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["budget", "place"], name="budget_line_place_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="budget_line_not_negative"),
            models.CheckConstraint(
                condition=Q(level=1, parent__isnull=True) | Q(level__gt=1, parent__isnull=False),
                name="budget_line_below_a_parent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class BudgetChange(Stamped, Versioned):
    """A report that asks for more money on a line or for money of another line (S-131), or says why a bill came above what was approved."""

    number = models.CharField(_("number"), max_length=20, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=list(CHANGE_LABELS.items()))
    line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="changes", verbose_name=_("line"))
    from_line = models.ForeignKey(
        BudgetLine,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="given_away",
        verbose_name=_("from line"),
    )
    payment = models.OneToOneField(
        "Movement",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="overrun",
        verbose_name=pgettext_lazy("ledger", "payment"),
    )
    amount = _money(_("amount"))
    reason = models.TextField(_("reason"))
    state = models.CharField(
        _("state"), max_length=12, choices=list(CHANGE_STATE_LABELS.items()), default=ChangeState.PENDING
    )
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_on = models.DateField(_("asked on"))

    class Meta:
        verbose_name = _("budget report")
        verbose_name_plural = _("budget reports")
        ordering = ("-pk",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="budget_change_positive"),
            models.CheckConstraint(
                condition=Q(state__in=list(ChangeState)), name="budget_change_state_known"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[ChangeKind.SUPPLEMENT, ChangeKind.OVERRUN], from_line__isnull=True)
                | Q(kind=ChangeKind.TRANSFER, from_line__isnull=False) & ~Q(from_line=F("line")),
                name="budget_change_from_another_line",
            ),
            models.CheckConstraint(
                condition=Q(kind=ChangeKind.OVERRUN, payment__isnull=False)
                | ~Q(kind=ChangeKind.OVERRUN) & Q(payment__isnull=True),
                name="budget_change_overrun_names_its_payment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        return f"/budgets/reports/{self.pk}/"


class MovementQuerySet(models.QuerySet["Movement"]):
    def visible_to(self, user: User) -> Self:
        """Entries of the budgets that one sees."""
        return self.filter(line__budget__in=Budget.objects.visible_to(user))

    def told_to(self, user: User) -> Self:
        """Each with `is_told`: whether this person reads what it was for."""
        told = Q(kind__in=_OF_THE_BUDGET) | Q(by=user) | Q(reservation__by=user)
        told = told if user.position in _OWN_WORDS else Q(pk__isnull=False)
        return self.annotate(is_told=ExpressionWrapper(told, output_field=models.BooleanField()))


class Movement(Stamped):
    """An entry of the ledger: written once, taken back only by another one. The database adds it to the balance of its line."""

    line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="movements")
    kind = models.CharField(_("entry"), max_length=12, choices=list(MOVEMENT_LABELS.items()))
    on = models.DateField(_("day"))
    budgeted = _money(_("budgeted"), default=Decimal(0))
    reserved = _money(_("reserved"), default=Decimal(0))
    spent = _money(_("spent"), default=Decimal(0))
    reservation = models.ForeignKey("self", models.PROTECT, null=True, related_name="uses")
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversed_by")
    change = models.ForeignKey(BudgetChange, models.PROTECT, null=True, related_name="movements")
    source_kind = models.CharField(max_length=40)
    source_id = models.CharField(max_length=40)
    source_label = models.CharField(_("document"), max_length=300)
    text = models.CharField(_("what for"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = MovementQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        ordering = ("pk",)
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["line", "id"], name="movement_line"),
            models.Index(fields=["source_kind", "source_id"], name="movement_source"),
            models.Index(
                fields=["on"], include=["spent"], condition=~Q(spent=0), name="movement_spent_by_day"
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="movement_signs",
                condition=Q(
                    kind__in=[MovementKind.BUDGET, MovementKind.SUPPLEMENT],
                    budgeted__gt=0,
                    reserved=0,
                    spent=0,
                )
                | Q(kind=MovementKind.TRANSFER, reserved=0, spent=0) & ~Q(budgeted=0)
                | Q(kind=MovementKind.RESERVE, budgeted=0, reserved__gt=0, spent=0)
                | Q(kind=MovementKind.RELEASE, budgeted=0, reserved__lt=0, spent=0)
                | Q(kind=MovementKind.SPEND, budgeted=0, reserved__lte=0, spent__gt=0)
                | Q(kind=MovementKind.REVERSE, budgeted=0, reserved__gte=0, spent__lt=0),
            ),
            models.CheckConstraint(
                name="movement_names_its_reservation",
                condition=Q(
                    kind__in=[MovementKind.RELEASE, MovementKind.SPEND, MovementKind.REVERSE],
                    reservation__isnull=False,
                )
                | Q(
                    kind__in=[
                        MovementKind.BUDGET,
                        MovementKind.SUPPLEMENT,
                        MovementKind.TRANSFER,
                        MovementKind.RESERVE,
                    ],
                    reservation__isnull=True,
                ),
            ),
            models.CheckConstraint(
                name="movement_names_its_report",
                condition=Q(kind__in=[MovementKind.SUPPLEMENT, MovementKind.TRANSFER], change__isnull=False)
                | ~Q(kind__in=[MovementKind.SUPPLEMENT, MovementKind.TRANSFER]) & Q(change__isnull=True),
            ),
            models.CheckConstraint(
                name="movement_reverses_another",
                condition=Q(kind=MovementKind.REVERSE, reverses__isnull=False)
                | ~Q(kind=MovementKind.REVERSE) & Q(reverses__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["line"], condition=Q(kind=MovementKind.BUDGET), name="movement_budgeted_once"
            ),
            models.UniqueConstraint(fields=["change", "line"], name="movement_report_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.source_label}"

    @property
    def words(self) -> str:
        """What for, in the reader's language where the house said it; nothing where this reader is not told."""
        return read_sentence(self.text) if getattr(self, "is_told", True) else ""

    @property
    def delta(self) -> Delta:
        return Delta(MovementKind(self.kind), self.budgeted, self.reserved, self.spent)


class LineBalance(models.Model):
    """The sum of a leaf's entries, kept by a trigger: the application reads it only, and the database lets nothing fall below nought."""

    line = models.OneToOneField(BudgetLine, models.PROTECT, primary_key=True, related_name="kept_balance")
    budgeted = _money(_("budgeted"), default=Decimal(0))
    reserved = _money(_("reserved"), default=Decimal(0))
    spent = _money(_("spent"), default=Decimal(0))

    class Meta:
        verbose_name = _("balance")
        verbose_name_plural = _("balances")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(budgeted__gte=F("reserved") + F("spent")), name="budget_not_overdrawn"
            ),
            models.CheckConstraint(
                condition=Q(reserved__gte=0, spent__gte=0), name="budget_nothing_below_nought"
            ),
        ]

    def __str__(self) -> str:
        return str(self.line)

    @property
    def balance(self) -> Balance:
        return Balance(self.budgeted, self.reserved, self.spent)


class HeldAmount(models.Model):
    """What a reservation still holds: the sum of its entries, which the trigger adds up anew with each of them. Read only, like a balance."""

    reservation = models.OneToOneField(Movement, models.PROTECT, primary_key=True, related_name="kept_held")
    line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="held_amounts", db_index=False)
    amount = _money(_("amount"))

    class Meta:
        verbose_name = _("held amount")
        verbose_name_plural = _("held amounts")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["line"], condition=Q(amount__gt=0), name="held_open")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="held_nothing_below_nought")
        ]

    def __str__(self) -> str:
        return str(self.reservation)
