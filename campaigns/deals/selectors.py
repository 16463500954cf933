"""What deals ask the database: the unit's count, who counts together, what each deal should cost by now."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.development.rules.checks import Event
from accounts.development.terms import Told
from accounts.merge.rules import Finding
from accounts.merge.terms import Weight
from accounts.units.models import KeyAccount
from campaigns.campaigns.models import Campaign
from campaigns.campaigns.terms import CampaignState, GoalKind, OfferChannel
from campaigns.deals.models import Crossing, Deal
from campaigns.deals.rules import Standing, is_counted
from campaigns.deals.terms import DealState
from campaigns.discounts.prices import price_to_keep
from campaigns.discounts.rules.book import Book, is_inside
from campaigns.discounts.rules.offers import Ask, price_of
from campaigns.discounts.rules.pricing import Priced, with_special
from campaigns.discounts.selectors import book_on, has_certificate_on, window_of
from campaigns.discounts.terms import PaymentMode
from kam.core.clock import business_date
from kam.core.money import ZERO
from kam.users.models import User


def units_together(unit: KeyAccount, campaign: Campaign) -> list[int]:
    """Return whose sets count together: the unit alone, or its whole family where the campaign says so."""
    if not campaign.pools_subsidiaries:
        return [unit.pk]
    head = unit.parent_id or unit.pk
    family = KeyAccount.objects.filter(Q(pk=head) | Q(parent=head)).order_by("pk")
    return list(family.values_list("pk", flat=True))


def counted_sets(unit_ids: Iterable[int], campaign: Campaign) -> int:
    """Return the sets of signed deals that count for these units in a campaign."""
    rows = Deal.objects.signed().filter(unit__in=list(unit_ids), campaign=campaign, is_counted=True)
    return rows.aggregate(sum=Sum("quantity"))["sum"] or 0


def price_deal(deal: Deal, *, count: int, book: Book) -> Priced:
    """Return one set's price by the rules in force on the deal's own offer day and a count of the unit.

    A signed deal keeps the channel it was signed in and stays inside the offer it was counted in, whatever unit and campaign became.
    """
    ask = Ask(
        list_amount=deal.list_amount,
        channel=OfferChannel(deal.offer_channel or deal.unit.channel),
        count=count,
        day=offer_day(deal),
        payment=PaymentMode(deal.payment_mode),
        has_certificate=deal.has_certificate,
        product=deal.product_id,
        is_overridden=deal.is_overridden or deal.is_counted,
    )
    return with_special(price_of(ask, book, window_of(deal.campaign)), deal.special_amount)


def offer_day(deal: Deal) -> date:
    """Return the day by which the offer is judged: the earnest money's, else the signing's (D-07)."""
    day = deal.offer_on or deal.signed_on
    assert day is not None  # noqa: S101 -- asked only of deals that are being signed or are signed
    return day


def standings(unit_ids: Iterable[int], campaign: Campaign, *, count: int) -> list[Standing]:
    """Return what each counted deal costs and what it should cost by the present count; the rules are read once a day of offer."""
    rows = (
        Deal.objects.signed()
        .filter(unit__in=list(unit_ids), campaign=campaign, is_counted=True)
        .select_related("campaign", "unit")
        .prefetch_related("adjustments")
        .order_by("pk")
    )
    deals = list(rows)
    books = {day: book_on(campaign, day) for day in {offer_day(deal) for deal in deals}}
    return [
        Standing(
            deal.pk,
            deal.net_total(),
            price_deal(deal, count=count, book=books[offer_day(deal)]).total(deal.quantity),
        )
        for deal in deals
    ]


@dataclass(frozen=True, slots=True)
class Stake:
    """What a deal costs now, and what it would cost after a charge-back."""

    deal: Deal
    now: Decimal
    then: Decimal

    @property
    def difference(self) -> Decimal:
        return self.then - self.now


@dataclass(frozen=True, slots=True)
class LostNumber:
    """What the director decides about: by which deal the number was lost, how many sets count now, what each deal got."""

    crossing: Crossing
    count: int
    rows: list[Stake]

    @property
    def total(self) -> Decimal:
        return sum((row.difference for row in self.rows), ZERO)


def lost_number(crossing: Crossing) -> LostNumber:
    """Return what a charge-back would book today, deal by deal: other deals may have come or gone since the number was lost."""
    family = units_together(crossing.unit, crossing.campaign)
    count = counted_sets(family, crossing.campaign)
    due = [row for row in standings(family, crossing.campaign, count=count) if row.due > row.net]
    deals = Deal.objects.select_related("unit", "customer").in_bulk([row.deal for row in due])
    return LostNumber(crossing, count, [Stake(deals[row.deal], row.net, row.due) for row in due])


@dataclass(frozen=True, slots=True)
class ShownDeals:
    """The deals of a unit for its record."""

    deals: list[Deal]
    sets: int
    crossings: list[Crossing]


def deals_of(unit: KeyAccount) -> ShownDeals:
    """Return a unit's deals, newest first, with what crossed a number."""
    deals = list(Deal.objects.filter(unit=unit).select_related("campaign", "customer", "product", "owner"))
    sets = sum(deal.quantity for deal in deals if deal.is_counted)
    crossings = Crossing.objects.filter(unit=unit).select_related("campaign", "deal", "unit")
    return ShownDeals(deals, sets, list(crossings))


def balance(deal: Deal) -> tuple[Decimal, Decimal, Decimal]:
    """Return what it costs, what was received, what is owed; a cancelled deal costs nothing, and what was received is owed to the buyer."""
    net, paid = (deal.net_total(), deal.paid_total()) if deal.price_amount is not None else (ZERO, ZERO)
    if deal.state == DealState.CANCELLED:
        net = ZERO
    return net, paid, net - paid


@dataclass(frozen=True, slots=True)
class Sold:
    """What was signed in a campaign with the units that the reader sees."""

    sets: int
    deals: int
    amount: Decimal


def sold_in(campaign: Campaign, user: User) -> Sold:
    """Return the signed deals of a campaign as far as the reader's own scope reaches, trial orders left out."""
    rows = Deal.objects.visible_to(user).signed().filter(campaign=campaign, is_trial=False)
    told = rows.aggregate(
        sets=Sum("quantity"), deals=Count("pk"), amount=Sum(F("quantity") * F("price_amount"))
    )
    return Sold(told["sets"] or 0, told["deals"], told["amount"] or ZERO)


def preview_of(deal: Deal) -> dict[str, Any]:
    """Return what an agreed deal would cost if it were signed today, in the shape of a frozen price."""
    day = deal.offer_on or business_date()
    book, window = book_on(deal.campaign, day), window_of(deal.campaign)
    counts = is_counted(
        DealState.SIGNED,
        is_trial=deal.is_trial,
        is_inside=is_inside(window, day),
        is_overridden=deal.is_overridden,
    )
    before = counted_sets(units_together(deal.unit, deal.campaign), deal.campaign)
    ask = Ask(
        list_amount=deal.list_amount,
        channel=OfferChannel(deal.unit.channel),
        count=before + (deal.quantity if counts else 0),
        day=day,
        payment=PaymentMode(deal.payment_mode),
        has_certificate=has_certificate_on(deal.customer, day),
        product=deal.product_id,
        is_overridden=deal.is_overridden,
    )
    priced = with_special(price_of(ask, book, window), deal.special_amount)
    return price_to_keep(priced, sets=deal.quantity)


def tell_development(unit_ids: Collection[int], day: date) -> dict[int, dict[Told, list[Event]]]:
    """Tell the phases of development: any deal agreed is a commitment or a trial order, a signed one is a contract. One query."""
    rows = Deal.objects.filter(unit__in=unit_ids, created_at__date__lte=day)
    rows = rows.filter(Q(cancelled_on__isnull=True) | Q(cancelled_on__gt=day)).order_by("pk")
    told: dict[int, dict[Told, list[Event]]] = {}
    for deal in rows:
        events = told.setdefault(deal.unit_id, {Told.ORDERS: [], Told.DEALS: []})
        begun = deal.offer_on or deal.signed_on or timezone.localdate(deal.created_at)
        events[Told.ORDERS].append(Event(min(begun, day), deal.number))
        if deal.signed_on is not None and deal.signed_on <= day and not deal.is_trial:
            events[Told.DEALS].append(Event(deal.signed_on, deal.number))
    return told


def count_goals(campaign: Campaign) -> dict[GoalKind, dict[str, Decimal]]:
    """Return units and sets with a signed deal, by channel and under "" together (S-090: developed is who signed); trial orders do not count."""
    figures: dict[str, Any] = {}
    for code in ("", *OfferChannel):
        held = Q(offer_channel=code) if code else None
        figures[f"units_{code}"] = Count("unit", distinct=True, filter=held)
        figures[f"sets_{code}"] = Sum("quantity", filter=held, default=0)
    told = Deal.objects.signed().filter(campaign=campaign, is_trial=False).aggregate(**figures)
    return {
        kind: {code: Decimal(told[f"{kind}_{code}"]) for code in ("", *OfferChannel)}
        for kind in (GoalKind.UNITS, GoalKind.SETS)
    }


def sets_by_unit(campaign: Campaign, user: User) -> dict[int, int]:
    """Return unit → sets signed in a campaign, trial orders left out, of the units that one sees."""
    rows = Deal.objects.visible_to(user).signed().filter(campaign=campaign, is_trial=False)
    return dict(rows.order_by().values_list("unit").annotate(n=Sum("quantity")))


def counted_together(survivor: KeyAccount, loser: KeyAccount) -> list[Finding]:
    """Return campaigns that run and in which both units have signed deals: one merge would change what group discounts were decided on."""
    signed = Deal.objects.filter(
        state=DealState.SIGNED, unit__in=[survivor, loser], campaign__state=CampaignState.RUNNING
    )
    units: dict[str, set[int]] = {}
    for unit_id, name in signed.values_list("unit_id", "campaign__name").order_by("campaign_id"):
        units.setdefault(name, set()).add(unit_id)
    text = _(
        "Both have signed deals in “%(campaign)s”, which still runs: their sets would count together. Wait until it is closed."
    )
    return [
        Finding(Weight.REFUSES, text % {"campaign": name}, "deals")
        for name, both in units.items()
        if len(both) > 1
    ]
