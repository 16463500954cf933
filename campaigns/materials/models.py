"""The bill of materials of a campaign, the supplies of the office, and their stock: a ledger that only grows."""

from decimal import Decimal
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import ExpressionWrapper, Q, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaigns.budgets.models import BudgetLine
from campaigns.campaigns.models import Campaign
from campaigns.materials.labels import MOVE_LABELS, SUPPLEMENT_LABELS
from campaigns.materials.rules import standing_on
from campaigns.materials.terms import MoveKind, Standing, SupplementState
from kam.core.clock import business_date
from kam.core.models import Stamped, Versioned
from kam.users.models import User
from kam.users.scopes import Reach, colleagues_seen_by, scope_of

#: What came in and what was counted goes to nobody.
_NAMES_NOBODY = (MoveKind.RECEIPT, MoveKind.COUNT)
#: The number of a document and nothing else, as briefings write it: whoever may see the document opens it.
_NUMBER = r"^[A-Z]{2}-[0-9]{4}-[0-9]+$"


class MaterialQuerySet(models.QuerySet["Material"]):
    def visible_to(self, user: User) -> Self:
        """Materials of the campaigns that one sees."""
        return self.filter(campaign__in=Campaign.objects.visible_to(user))

    def supplies(self) -> Self:
        """Supplies of the office: they stand in no campaign's bill (S-225)."""
        return self.filter(campaign__isnull=True)

    def stocked(self) -> Self:
        """With what is in stock."""
        return self.annotate(stock=Coalesce(Sum("moves__change"), 0))


class Material(Stamped, Versioned):
    """A line of the bill of materials (S-122 … S-124); without a campaign a supply of the office, its quantity what is kept in stock (S-225)."""

    campaign = models.ForeignKey(
        Campaign, models.PROTECT, null=True, blank=True, related_name="materials", verbose_name=_("campaign")
    )
    place = models.PositiveSmallIntegerField(_("order"))
    name = models.CharField(_("material"), max_length=120)
    quantity = models.PositiveIntegerField(_("quantity"))
    measure = models.CharField(pgettext_lazy("quantity", "measure"), max_length=20, blank=True)
    price_amount = models.DecimalField(
        _("price of one"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    due_on = models.DateField(_("due on"), null=True, blank=True)
    department = models.CharField(_("responsible"), max_length=80, blank=True)
    note = models.CharField(_("remark"), max_length=200, blank=True)
    line = models.ForeignKey(
        BudgetLine,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="materials",
        verbose_name=_("budget line"),
    )
    in_place_on = models.DateField(_("in place on"), null=True, blank=True)

    objects = MaterialQuerySet.as_manager()

    class Meta:
        verbose_name = _("material")
        verbose_name_plural = _("materials")
        ordering = ("campaign_id", "place")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["campaign", "place"], name="material_place_once"),
            models.UniqueConstraint(fields=["campaign", "name"], name="material_name_once"),
            models.UniqueConstraint(
                fields=["name"], condition=Q(campaign__isnull=True), name="supply_name_once"
            ),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="material_quantity_positive"),
            models.CheckConstraint(
                condition=Q(price_amount__isnull=True) | Q(price_amount__gt=0), name="material_price_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.name}"

    @property
    def standing(self) -> Standing:
        return standing_on(self.due_on, self.in_place_on, business_date())

    @property
    def cost(self) -> Decimal | None:
        """What it comes to by its price."""
        return None if self.price_amount is None else self.quantity * self.price_amount

    def get_absolute_url(self) -> str:
        return f"/materials/{self.pk}/" if self.campaign_id else f"/supplies/stock/{self.pk}/"


class MaterialMoveQuerySet(models.QuerySet["MaterialMove"]):
    def told_to(self, user: User) -> Self:
        """Each with `is_told`: whether this person reads what it was for. To whom things went may name a unit of another team."""
        told = Q(kind__in=_NAMES_NOBODY) | Q(text__regex=_NUMBER) | Q(by=user)
        reach = scope_of(user).reach
        if reach is Reach.DEPARTMENT:
            told = Q(pk__isnull=False)
        elif reach is Reach.TEAM:
            told |= Q(by__in=colleagues_seen_by(user).order_by())
        return self.annotate(is_told=ExpressionWrapper(told, output_field=models.BooleanField()))


class MaterialMove(Stamped):
    """An entry of the stock ledger; written once, never changed."""

    material = models.ForeignKey(Material, models.PROTECT, related_name="moves")
    kind = models.CharField(_("entry"), max_length=10, choices=list(MOVE_LABELS.items()))
    change = models.IntegerField(_("change"))
    on = models.DateField(_("day"))
    text = models.CharField(_("what for"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = MaterialMoveQuerySet.as_manager()

    class Meta:
        verbose_name = _("movement of a material")
        verbose_name_plural = _("movements of materials")
        ordering = ("-id",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(kind__in=[MoveKind.RECEIPT, MoveKind.RETURN], change__gt=0)
                | Q(kind=MoveKind.ISSUE, change__lt=0)
                | Q(kind=MoveKind.COUNT),
                name="material_move_signs",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.change}"

    @property
    def words(self) -> str:
        """What for and to whom; nothing where this reader is not told."""
        return self.text if getattr(self, "is_told", True) else ""


class SupplementQuerySet(models.QuerySet["Supplement"]):
    def visible_to(self, user: User) -> Self:
        """Reports for the campaigns that one sees."""
        return self.filter(campaign__in=Campaign.objects.visible_to(user))


class Supplement(Stamped, Versioned):
    """A material beside the bill, asked for by report; approved, it is a line of the bill (S-125)."""

    number = models.CharField(_("number"), max_length=20, unique=True)
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, related_name="supplements", verbose_name=_("campaign")
    )
    name = models.CharField(_("material"), max_length=120)
    quantity = models.PositiveIntegerField(_("quantity"))
    measure = models.CharField(pgettext_lazy("quantity", "measure"), max_length=20, blank=True)
    price_amount = models.DecimalField(
        _("price of one"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    due_on = models.DateField(_("due on"), null=True, blank=True)
    department = models.CharField(_("responsible"), max_length=80, blank=True)
    line = models.ForeignKey(
        BudgetLine,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="supplements",
        verbose_name=_("budget line"),
    )
    reason = models.TextField(_("reason"))
    state = models.CharField(
        _("state"), max_length=10, choices=list(SUPPLEMENT_LABELS.items()), default=SupplementState.PENDING
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("applicant")
    )
    asked_on = models.DateField(_("asked on"))
    material = models.OneToOneField(Material, models.PROTECT, null=True, related_name="supplement")

    objects = SupplementQuerySet.as_manager()

    class Meta:
        verbose_name = _("supplementary material")
        verbose_name_plural = _("supplementary materials")
        ordering = ("-pk",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(state__in=list(SupplementState)), name="supplement_state_known"
            ),
            models.CheckConstraint(
                condition=Q(quantity__gt=0) & (Q(price_amount__isnull=True) | Q(price_amount__gt=0)),
                name="supplement_quantity_positive",
            ),
            models.CheckConstraint(
                condition=Q(state=SupplementState.APPROVED, material__isnull=False)
                | ~Q(state=SupplementState.APPROVED) & Q(material__isnull=True),
                name="supplement_approved_is_in_the_bill",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    @property
    def cost(self) -> Decimal | None:
        """What it comes to by its price."""
        return None if self.price_amount is None else self.quantity * self.price_amount

    def get_absolute_url(self) -> str:
        return f"/materials/supplements/{self.pk}/"
