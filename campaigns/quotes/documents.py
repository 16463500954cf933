"""The papers of quotes: one quote with every step, and the comparison sheet as the source draws it (S-105)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from campaigns.campaigns.models import Campaign
from campaigns.discounts.prices import ShownPrice, shown_price
from campaigns.quotes.models import Quote
from kam.core.clock import business_date
from kam.core.money import ZERO
from kam.pdf.services import Sheet
from kam.users.models import User


@dataclass(frozen=True, slots=True)
class QuotePaper:
    """What stands on a quote."""

    unit: str
    customer: str
    campaign: str
    product: str
    payment: str
    valid_until: str
    quantity: int
    price: ShownPrice
    total: Decimal
    made_by: str


def quote_sheet(quote: Quote, *, by: User) -> Sheet:
    """Return the quote with every step of its price; both prices where the number is not reached yet."""
    with override(by.language):
        price = shown_price(quote.priced)
        paper = QuotePaper(
            unit=quote.unit.name,
            customer=quote.customer.name,
            campaign=quote.campaign.name,
            product=" ".join(
                part for part in (quote.product.name if quote.product else "", quote.object_label) if part
            ),
            payment=str(quote.get_payment_mode_display()),
            valid_until=quote.valid_until.isoformat(),
            quantity=quote.quantity,
            price=price,
            total=quote.quantity * price.final,
            made_by=quote.made_by.name if quote.made_by else "",
        )
        return Sheet(
            "campaigns_quote",
            {"doc": paper},
            title=_("Quote"),
            number=f"{quote.number}-{quote.version}",
            kind="campaigns.quote",
            language=by.language,
            signatures=(
                pgettext("signature", "Customer"),
                _("Key-account specialist"),
                _("Key-account manager"),
            ),
        )


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """One line of the comparison sheet; every amount is of one set."""

    number: int
    unit: str
    customer: str
    sets: int
    list_amount: Decimal
    regular: Decimal
    regular_saving: Decimal
    group: str
    final: Decimal
    saving: Decimal


@dataclass(frozen=True, slots=True)
class Comparison:
    """The sheet: lines and their sum over all sets."""

    rows: tuple[ComparisonRow, ...]
    sets: int
    list_total: Decimal
    final_total: Decimal

    @property
    def saving_total(self) -> Decimal:
        return self.list_total - self.final_total


def comparison_of(quotes: Sequence[Quote]) -> Comparison:
    """Return the lines of some quotes, with sums over their sets."""
    rows, lists, finals = [], ZERO, ZERO
    for number, quote in enumerate(quotes, 1):
        price = shown_price(quote.priced)
        lists += quote.quantity * price.list_amount
        finals += quote.quantity * price.final
        rows.append(
            ComparisonRow(
                number,
                quote.unit.name,
                quote.customer.name,
                price.count,
                price.list_amount,
                price.regular,
                price.list_amount - price.regular,
                price.state_label,
                price.final,
                price.saving,
            )
        )
    return Comparison(tuple(rows), sum(quote.quantity for quote in quotes), lists, finals)


def comparison_sheet(campaign: Campaign, quotes: Sequence[Quote], *, by: User) -> Sheet:
    """Return the open quotes of a campaign that `by` sees, side by side."""
    with override(by.language):
        today = business_date()
        return Sheet(
            "campaigns_comparison",
            {"doc": comparison_of(quotes), "campaign": campaign.name, "day": today.isoformat()},
            title=_("Comparison of discounts"),
            number=f"QC-{today:%Y%m%d}-{campaign.pk}",
            kind="campaigns.comparison",
            language=by.language,
            landscape=True,
            signatures=(_("Key-account manager"), _("Key-account director")),
        )
