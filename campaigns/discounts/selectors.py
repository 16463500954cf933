"""Rules of a campaign as the engine reads them."""

from datetime import date
from decimal import Decimal

from django.db.models import Q

from accounts.persons.models import Person
from campaigns.campaigns.models import Campaign
from campaigns.campaigns.terms import OfferChannel
from campaigns.discounts.models import Certificate, DiscountTier, DiscountVersion
from campaigns.discounts.rules.benefits import Benefit, Tier
from campaigns.discounts.rules.book import Book, Rule
from campaigns.discounts.terms import BenefitKind, PaymentMode, RuleKind
from kam.core.periods import Period


def book_on(campaign: Campaign, day: date) -> Book:
    """Return the rules of a campaign in force on a day, with two statements."""
    rows = (
        DiscountVersion.objects.filter(campaign=campaign)
        .on(day)
        .select_related("campaign", "product")
        .prefetch_related("tiers")
    )
    return Book(tuple(as_rule(row) for row in rows))


def as_rule(row: DiscountVersion) -> Rule:
    """Return a version as the rules know it."""
    return Rule(
        kind=RuleKind(row.kind),
        name=row.name,
        version=row.number,
        tiers=tuple(Tier(tier.from_sets, as_benefit(tier)) for tier in row.tiers.all()),
        channel=OfferChannel(row.channel) if row.channel else None,
        payment=PaymentMode(row.payment_mode) if row.payment_mode else None,
        product=row.product_id,
        min_sets=row.min_sets,
        needs_certificate=row.needs_certificate,
        pk=row.pk,
    )


def as_benefit(tier: DiscountTier) -> Benefit:
    if tier.factor is not None:
        return Benefit(BenefitKind.FACTOR, tier.factor)
    return Benefit(BenefitKind.AMOUNT, tier.off_amount or Decimal(0))


def window_of(campaign: Campaign) -> Period | None:
    """Return the days of the offer; None for a campaign without dates, in which every day is inside."""
    if campaign.window_from is None or campaign.window_to is None:
        return None
    return Period(campaign.window_from, campaign.window_to)


def versions_shown(campaign: Campaign, day: date) -> list[DiscountVersion]:
    """Return the versions in force on a day and those approved for later, with what they give."""
    rows = DiscountVersion.objects.filter(campaign=campaign).exclude(valid_until__lte=day)
    return list(rows.select_related("campaign", "product").prefetch_related("tiers"))


def has_certificate_on(person: Person, day: date) -> bool:
    """Say whether a certificate of this person was checked by now and is valid on the day of the offer."""
    rows = Certificate.objects.filter(person=person)
    return rows.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day)).exists()
