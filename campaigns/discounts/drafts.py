"""Changing a discount rule: what a draft shows before it is submitted, and what its approval does (12-decisions, 6)."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from campaigns.campaigns.labels import CHANNEL_LABELS
from campaigns.campaigns.models import Campaign, CampaignProduct
from campaigns.discounts.labels import PAYMENT_LABELS
from campaigns.discounts.models import DiscountVersion
from campaigns.discounts.registry import OpenOffer, open_offers
from campaigns.discounts.rules.book import Book, Rule
from campaigns.discounts.rules.offers import price_of
from campaigns.discounts.rules.preview import Sample, samples
from campaigns.discounts.selectors import book_on, window_of
from campaigns.discounts.services import NewVersion, check_version, put_in_force, rule_from
from kam.approvals.rule_changes.registry import Preview
from kam.core.money import to_cents
from kam.users.models import User

Payload = Mapping[str, Any]
#: What a set costs in samples of a campaign whose products have no list price yet.
SAMPLE_LIST = Decimal(100_000)


def new_version(payload: Payload, valid_from: date, note: str = "") -> NewVersion:
    """Return what a draft would put in force."""
    last = date.fromisoformat(payload["last_day"]) if payload.get("last_day") else None
    campaign = Campaign.objects.get(pk=payload["campaign"])
    until = last + timedelta(days=1) if last else None
    return NewVersion(campaign, rule_from(payload), valid_from, until, note)


def check_discount(payload: Payload, valid_from: date) -> None:
    """Refuse what the last approval would refuse anyway."""
    check_version(new_version(payload, valid_from))


def apply_discount(payload: Payload, valid_from: date, by: User, note: str) -> None:
    """Put the version in force from its day on."""
    put_in_force(new_version(payload, valid_from, note), by=by)


def preview_discount(payload: Payload, valid_from: date) -> Preview:
    """Price sample sets and every open quote now and by the draft; only what is open can change."""
    new = new_version(payload, valid_from)
    now = book_on(new.campaign, valid_from)
    then = now.with_rule(new.rule)
    lists = _list_prices(new.campaign, new.rule)
    rows = [_sample_row(s) for s in samples(new.rule, now=now, then=then, lists=lists, day=valid_from)]
    changed, offers = _open_rows(new.campaign, now, then)
    words = ngettext(
        "%(n)s of %(count)s open quotes would change.",
        "%(n)s of %(count)s open quotes would change.",
        len(changed),
    )
    notes = [words % {"n": len(changed), "count": offers}]
    notes.append(
        _(
            "Signed deals keep the version of their own day. A quote is priced anew only when somebody does it."
        )
    )
    heads = [_("Set"), _("Sets of the unit"), _("Now"), _("Then"), pgettext("price", "Change")]
    return Preview(heads, rows + changed, notes)


def _list_prices(campaign: Campaign, rule: Rule) -> list[Decimal]:
    products = CampaignProduct.objects.filter(campaign=campaign, price_amount__isnull=False)
    if rule.product is not None:
        products = products.filter(pk=rule.product)
    return [p.size * p.price_amount for p in products if p.price_amount is not None] or [SAMPLE_LIST]


def _sample_row(sample: Sample) -> list[str]:
    words = (
        f"{CHANNEL_LABELS[sample.channel]} · {PAYMENT_LABELS[sample.payment]} · {_money(sample.list_amount)}"
    )
    return [words, str(sample.count), _money(sample.now), _money(sample.then), _change(sample.change)]


def _open_rows(campaign: Campaign, now: Book, then: Book) -> tuple[list[list[str]], int]:
    """Return the open quotes that would change, and how many there are; where only the second, promised price would, that one."""
    window, offers, rows = window_of(campaign), open_offers(campaign), []
    for offer in offers:
        before, after = (price_of(offer.ask, book, window) for book in (now, then))
        if before.final != after.final:
            rows.append(_offer_row(offer, offer.label, before.final, after.final))
        elif before.if_reached != after.if_reached:
            words = _("%(quote)s, once what is missing is there") % {"quote": offer.label}
            rows.append(_offer_row(offer, words, before.if_reached, after.if_reached))
    return rows, len(offers)


def _offer_row(offer: OpenOffer, label: str, before: Decimal, after: Decimal) -> list[str]:
    return [label, str(offer.ask.count), _money(before), _money(after), _change(after - before)]


def _money(amount: Decimal) -> str:
    return f"{to_cents(amount):,.2f}"


def _change(amount: Decimal) -> str:
    return f"{amount:+,.2f}" if amount else _("none")


def values_of(version: DiscountVersion) -> dict[str, Any]:
    """Return a version as a draft begins with it."""
    tiers = [
        {"from_sets": tier.from_sets}
        | ({"factor": str(tier.factor)} if tier.factor is not None else {"off_amount": str(tier.off_amount)})
        for tier in version.tiers.all()
    ]
    return {
        "campaign": version.campaign_id,
        "kind": version.kind,
        "channel": version.channel,
        "payment_mode": version.payment_mode,
        "product": version.product_id,
        "min_sets": version.min_sets,
        "needs_certificate": version.needs_certificate,
        "tiers": tiers,
    }


def begin_with(of: str) -> dict[str, Any]:
    """Begin a draft with the version that was asked for."""
    found = DiscountVersion.objects.filter(pk=of).first() if of.isdecimal() and len(of) < 10 else None
    return values_of(found) if found else {}
