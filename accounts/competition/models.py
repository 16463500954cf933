"""Product lines, competitors, and who supplies what to a unit: dated rows, added and never changed."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.competition.labels import SUPPLY_LABELS
from accounts.competition.terms import Supply
from accounts.units.models import KeyAccount
from kam.core.models import Stamped
from kam.users.models import User
from kam.users.scopes import owned_rows


class ProductLineQuerySet(models.QuerySet["ProductLine"]):
    def in_force(self) -> Self:
        """Lines that are still sold."""
        return self.filter(retired_on__isnull=True)


class ProductLine(Stamped):
    """A line that we sell. Its name is data, so its languages are columns; a retired line leaves the charts."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    label = models.CharField(_("name"), max_length=80)
    label_zh_hans = models.CharField(_("name in Simplified Chinese"), max_length=80, blank=True)
    label_zh_hant = models.CharField(_("name in Traditional Chinese"), max_length=80, blank=True)
    place = models.PositiveSmallIntegerField(_("order"), default=0)
    retired_on = models.DateField(_("retired on"), null=True, blank=True)

    objects = ProductLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("product line")
        verbose_name_plural = _("product lines")
        ordering = ("place", "pk")

    def __str__(self) -> str:
        column = {"zh-hans": "label_zh_hans", "zh-hant": "label_zh_hant"}.get(get_language() or "", "label")
        return str(getattr(self, column) or self.label)


class Competitor(Stamped):
    """Somebody who sells to our units too (S-073); known by the normalised name, so that nobody stands here twice."""

    name = models.CharField(_("name"), max_length=120)
    name_key = models.CharField(max_length=120, unique=True, editable=False)

    class Meta:
        verbose_name = _("competitor")
        verbose_name_plural = _("competitors")
        ordering = ("name_key",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(name_key=""), name="competitor_has_a_name")
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/competitors/{self.pk}/"


class ProductPositionQuerySet(models.QuerySet["ProductPosition"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(owned_rows(user, owner="unit__owner", team="unit__team"))

    def current(self) -> Self:
        """The latest row of each line of each unit."""
        return self.order_by("unit_id", "line_id", "-learned_on", "-id").distinct("unit_id", "line_id")


class ProductPosition(Stamped):
    """Who supplies a line to a unit, as learned on a day."""

    unit = models.ForeignKey(KeyAccount, models.PROTECT, related_name="product_positions")
    line = models.ForeignKey(
        ProductLine, models.PROTECT, related_name="positions", verbose_name=_("product line")
    )
    supply = models.CharField(_("who supplies it"), max_length=20, choices=list(SUPPLY_LABELS.items()))
    competitor = models.ForeignKey(
        Competitor,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="positions",
        verbose_name=_("competitor"),
    )
    share_percent = models.DecimalField(
        _("share in per cent"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    contract_ends_on = models.DateField(_("contract ends on"), null=True, blank=True)
    value_amount = models.DecimalField(
        _("value in yuan a year"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    product = models.CharField(_("their product"), max_length=300, blank=True)
    price = models.CharField(_("their price"), max_length=120, blank=True)
    strengths = models.CharField(_("strengths"), max_length=300, blank=True)
    weaknesses = models.CharField(_("weaknesses"), max_length=300, blank=True)
    contacts = models.CharField(_("their contact persons"), max_length=300, blank=True)
    learned_on = models.DateField(_("learned on"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = ProductPositionQuerySet.as_manager()

    class Meta:
        verbose_name = _("position of a product line")
        verbose_name_plural = _("positions of product lines")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["unit", "line", "-learned_on", "-id"], name="position_latest"),
            models.Index(fields=["competitor"], name="position_by_competitor"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(supply__in=list(Supply)), name="position_supply_known"),
            models.CheckConstraint(
                condition=Q(supply="competitor", competitor__isnull=False)
                | ~Q(supply="competitor") & Q(competitor__isnull=True),
                name="position_names_its_competitor",
            ),
            models.CheckConstraint(
                condition=Q(share_percent__isnull=True)
                | Q(share_percent__range=(0, 100), supply__in=["competitor", "ours"]),
                name="position_share_in_scale",
            ),
            models.CheckConstraint(
                condition=Q(value_amount__isnull=True) | Q(value_amount__gte=0) & ~Q(supply="not_applicable"),
                name="position_value_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} · {self.line}: {self.get_supply_display()}"
