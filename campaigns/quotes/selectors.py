"""What quotes ask the database: the price now, why the offer applies or not, what the deciding set would credit."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from accounts.persons.models import Person
from accounts.units.models import KeyAccount
from campaigns.campaigns.models import Campaign
from campaigns.campaigns.terms import OfferChannel
from campaigns.deals.models import Deal
from campaigns.deals.rules import credits_due
from campaigns.deals.selectors import counted_sets, standings, units_together
from campaigns.discounts.models import Certificate
from campaigns.discounts.prices import ShownPrice
from campaigns.discounts.registry import OpenOffer
from campaigns.discounts.rules.book import is_inside
from campaigns.discounts.rules.offers import Ask, price_of
from campaigns.discounts.rules.pricing import Priced, with_special
from campaigns.discounts.selectors import book_on, has_certificate_on, window_of
from campaigns.discounts.terms import GroupState, PaymentMode
from campaigns.quotes.models import Quote
from kam.core.clock import business_date
from kam.core.days import say_day
from kam.core.money import ZERO


def ask_of(quote: Quote, day: date) -> Ask:
    """Return what a quote asks of the engine: its sets signed on top of what the unit has signed."""
    offer_day = quote.offer_on or day
    counts = quote.is_overridden or is_inside(window_of(quote.campaign), offer_day)
    before = counted_sets(units_together(quote.unit, quote.campaign), quote.campaign)
    return Ask(
        list_amount=quote.list_amount,
        channel=OfferChannel(quote.unit.channel),
        count=before + (quote.quantity if counts else 0),
        day=offer_day,
        payment=PaymentMode(quote.payment_mode),
        has_certificate=has_certificate_on(quote.customer, offer_day),
        product=quote.product_id,
        is_overridden=quote.is_overridden,
    )


def price_quote(quote: Quote, day: date) -> Priced:
    """Return the price of one set if it were signed on `day`."""
    ask = ask_of(quote, day)
    priced = price_of(ask, book_on(quote.campaign, ask.day), window_of(quote.campaign))
    return with_special(priced, quote.special_amount)


def open_quotes(campaign: Campaign) -> list[OpenOffer]:
    """Return every open quote of a campaign for the preview of a drafted rule: by number, its readers need not see the unit."""
    today = business_date()
    rows = Quote.objects.open_on(today).filter(campaign=campaign)
    return [
        OpenOffer(quote.number, ask_of(quote, today))
        for quote in rows.select_related("unit", "campaign", "customer")
    ]


@dataclass(frozen=True, slots=True)
class Check:
    """One condition of the offer, and how it stands."""

    holds: bool
    label: str
    detail: str


def checks_of(quote: Quote, price: ShownPrice) -> list[Check]:
    """Return the conditions of the group discount in the order in which they are asked."""
    day = quote.offer_on or business_date()
    window = window_of(quote.campaign)
    has_rule = price.state not in {GroupState.NOT_CONFIGURED, GroupState.NO_RULE}
    found = [
        Check(has_rule, _("Rule for this channel"), quote.unit.get_channel_display()),
        Check(
            quote.is_overridden or is_inside(window, day),
            _("Inside the offer"),
            _("excepted") if quote.is_overridden else _window_words(window, day),
        ),
    ]
    certificate = certificate_of(quote.customer)
    if certificate is not None or price.state is GroupState.CERTIFICATE_MISSING:
        words = str(certificate) if certificate else _("none on file")
        found.append(Check(certificate is not None, _("Certificate"), words))
    if price.threshold is not None:
        words = _("%(count)s with this one, %(missing)s missing") % {
            "count": price.count,
            "missing": price.missing,
        }
        found.append(Check(price.missing == 0, _("%(n)s sets signed") % {"n": price.threshold}, words))
    return found


def _window_words(window: Any, day: date) -> str:
    if window is None:
        return _("the campaign has no days")
    told = {"day": say_day(day), "first": say_day(window.first), "last": say_day(window.last)}
    return _("%(day)s; offer %(first)s – %(last)s, both days included") % told


def certificate_of(person: Person) -> Certificate | None:
    """Return the certificate checked last."""
    return Certificate.objects.filter(person=person).first()


@dataclass(frozen=True, slots=True)
class ExpectedCredits:
    """What earlier deals would be credited once the number is reached."""

    rows: list[tuple[Deal, Decimal]]
    total: Decimal


def credits_when_reached(quote: Quote, price: ShownPrice) -> ExpectedCredits | None:
    """Return the credits that the deciding set would write; None where no number is missing."""
    if not price.missing or price.threshold is None:
        return None
    family = units_together(quote.unit, quote.campaign)
    due = credits_due(standings(family, quote.campaign, count=price.threshold))
    deals = Deal.objects.filter(pk__in=due).select_related("customer").order_by("pk")
    rows = [(deal, due[deal.pk]) for deal in deals]
    return ExpectedCredits(rows, sum(due.values(), ZERO))


def quotes_of(unit: KeyAccount) -> list[Quote]:
    """Return the quotes to a unit, newest first."""
    return list(Quote.objects.filter(unit=unit).select_related("campaign", "customer"))
