"""From what somebody wants to buy to the question that the price answers (docs/domain/discounts.md)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from campaigns.campaigns.terms import OfferChannel
from campaigns.discounts.rules.book import Book, is_inside, offer_channel
from campaigns.discounts.rules.pricing import Priced, Question, price_set
from campaigns.discounts.terms import PaymentMode
from kam.core.periods import Period


@dataclass(frozen=True, slots=True)
class Ask:
    """One set wanted by somebody of a unit. `day` is the earnest money's, else the signing's; `count` includes this set.

    `is_overridden`: an approved exception lets the offer hold outside its window.
    """

    list_amount: Decimal
    channel: OfferChannel
    count: int
    day: date
    payment: PaymentMode = PaymentMode.LUMP_SUM
    has_certificate: bool = False
    product: int | None = None
    is_overridden: bool = False


def question_of(ask: Ask, book: Book, window: Period | None) -> Question:
    """Return the question with the rules that this offer falls under."""
    channel = offer_channel(ask.channel, book, has_certificate=ask.has_certificate)
    return Question(
        list_amount=ask.list_amount,
        count=ask.count,
        regular=book.regular(ask.payment, ask.product),
        group=book.group(channel, ask.product),
        general=book.general(ask.product),
        is_configured=book.is_configured(),
        is_inside=ask.is_overridden or is_inside(window, ask.day),
        has_certificate=ask.has_certificate,
    )


def price_of(ask: Ask, book: Book, window: Period | None) -> Priced:
    """Return the price of one set."""
    return price_set(question_of(ask, book, window))


def day_to_judge(window: Period | None, today: date) -> date:
    """Return the day for a question without one: today while the offer runs, else its first day."""
    return today if is_inside(window, today) or window is None else window.first
