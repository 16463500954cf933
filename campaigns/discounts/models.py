"""Discount rules as versions: in force from a day on, never edited, never two of one rule on one day (12-decisions, 16)."""

from datetime import date, timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.persons.models import Person
from campaigns.campaigns.models import CHANNEL_CHOICES, Campaign, CampaignProduct
from campaigns.campaigns.terms import OfferChannel
from campaigns.discounts.labels import PAYMENT_LABELS, RULE_LABELS
from campaigns.discounts.terms import PaymentMode, RuleKind
from kam.core.models import Stamped
from kam.core.sentences import listed

#: What tells one rule from another; a rule for every product has 0 in the place of its product.
_PRODUCT = Coalesce(F("product"), Value(0), output_field=models.BigIntegerField())


class Certificate(Stamped):
    """A valid certificate of a teacher or civil servant, seen and checked by one of us (S-104). Its number is personal."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="certificates", verbose_name=_("person"))
    kind = models.CharField(_("kind of certificate"), max_length=80)
    number = models.CharField(_("number"), max_length=60)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    checked_on = models.DateField(_("checked on"))
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("checked by")
    )

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ("-checked_on", "-id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kind", "number"], name="certificate_once"),
            models.CheckConstraint(condition=~Q(number=""), name="certificate_has_number"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} …{self.number[-4:]}"


class DiscountVersionQuerySet(models.QuerySet["DiscountVersion"]):
    def on(self, day: date) -> Self:
        """Versions in force on `day`; the last day belongs to the successor (half-open)."""
        return self.filter(valid_from__lte=day).filter(Q(valid_until__isnull=True) | Q(valid_until__gt=day))


class DiscountVersion(Stamped):
    """One version of one rule: campaign × kind × channel or payment mode × product. Only its end is ever written."""

    campaign = models.ForeignKey(
        Campaign, models.PROTECT, related_name="discount_versions", verbose_name=_("campaign")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=list(RULE_LABELS.items()))
    channel = models.CharField(_("channel"), max_length=20, choices=CHANNEL_CHOICES, blank=True)
    payment_mode = models.CharField(
        _("payment"), max_length=12, choices=list(PAYMENT_LABELS.items()), blank=True
    )
    product = models.ForeignKey(
        CampaignProduct, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("product")
    )
    number = models.PositiveSmallIntegerField(_("version"))
    valid_from = models.DateField(_("in force from"))
    valid_until = models.DateField(_("ends before"), null=True, blank=True)
    min_sets = models.PositiveSmallIntegerField(_("sets"), null=True, blank=True)
    needs_certificate = models.BooleanField(_("asks for a certificate"), default=False)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = DiscountVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("discount rule")
        verbose_name_plural = _("discount rules")
        ordering = ("campaign_id", "kind", "channel", "payment_mode", "product_id", "-number")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            ExclusionConstraint(
                name="discount_one_version_at_a_time",
                expressions=[
                    ("campaign", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    ("channel", RangeOperators.EQUAL),
                    ("payment_mode", RangeOperators.EQUAL),
                    (_PRODUCT, RangeOperators.EQUAL),
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
            models.UniqueConstraint(
                F("campaign"),
                F("kind"),
                F("channel"),
                F("payment_mode"),
                _PRODUCT,
                F("number"),
                name="discount_version_number_once",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="discount_version_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(
                    kind=RuleKind.REGULAR,
                    channel="",
                    payment_mode__in=list(PaymentMode),
                    min_sets__isnull=True,
                    needs_certificate=False,
                )
                | Q(
                    kind=RuleKind.GROUP,
                    channel__in=list(OfferChannel),
                    payment_mode="",
                    min_sets__isnull=True,
                )
                | Q(
                    kind=RuleKind.GENERAL,
                    channel="",
                    payment_mode="",
                    min_sets__isnull=False,
                    needs_certificate=False,
                ),
                name="discount_version_of_one_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} v{self.number}"

    @property
    def name(self) -> str:
        """The rule's name, for ever: housing-2008/group/chamber."""
        parts = [self.campaign.code, self.kind, self.channel or self.payment_mode]
        return "/".join([*(part for part in parts if part), *([self.product.code] if self.product else [])])

    @property
    def gives(self) -> str:
        """What it gives, in signs: ≥9 ×0.98."""
        if self.min_sets is not None:
            return f"≥{self.min_sets}"
        return listed(tier.gives for tier in self.tiers.all())

    @property
    def inherits(self) -> bool:
        """Whether it takes its number of sets from the campaign's general rule."""
        return self.kind == RuleKind.GROUP and any(tier.from_sets is None for tier in self.tiers.all())

    @property
    def last_day(self) -> date | None:
        """The last day on which it holds, as screens show it."""
        return self.valid_until - timedelta(days=1) if self.valid_until else None


class DiscountTier(models.Model):
    """What a version gives from how many sets on; without a number it inherits the general one. Append-only."""

    version = models.ForeignKey(DiscountVersion, models.PROTECT, related_name="tiers")
    place = models.PositiveSmallIntegerField()
    from_sets = models.PositiveSmallIntegerField(_("from sets"), null=True, blank=True)
    factor = models.DecimalField(_("factor"), max_digits=6, decimal_places=4, null=True, blank=True)
    off_amount = models.DecimalField(
        _("yuan off each set"), max_digits=14, decimal_places=2, null=True, blank=True
    )

    class Meta:
        ordering = ("version_id", "place")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["version", "place"], name="discount_tier_place_once"),
            models.UniqueConstraint(
                fields=["version", "from_sets"], nulls_distinct=False, name="discount_tier_number_once"
            ),
            models.CheckConstraint(
                condition=Q(factor__isnull=False, factor__gt=0, factor__lte=1, off_amount__isnull=True)
                | Q(factor__isnull=True, off_amount__isnull=False, off_amount__gt=0),
                name="discount_tier_gives_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version} · {self.from_sets}"

    @property
    def gives(self) -> str:
        """From how many sets, and what: ≥9 ×0.98; without a number the general one."""
        number = f"≥{self.from_sets} " if self.from_sets else ""
        return number + (
            f"×{self.factor.normalize():f}" if self.factor is not None else f"−{self.off_amount}"
        )
