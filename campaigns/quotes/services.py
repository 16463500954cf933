"""The acts on quotes."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.units.models import KeyAccount
from campaigns.deals.models import Deal
from campaigns.deals.services import DealTerms, check_terms, open_deal
from campaigns.discounts.prices import price_to_keep
from campaigns.discounts.terms import PaymentMode
from campaigns.quotes.models import Quote
from campaigns.quotes.selectors import price_quote
from campaigns.quotes.terms import QUOTE_TRANSITIONS, QuoteState
from kam.audit.services import record
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.core.locks import locked
from kam.core.transitions import ensure_transition
from kam.users.models import User


@transaction.atomic
def make_quote(unit: KeyAccount, terms: DealTerms, *, valid_until: date, by: User | None) -> Quote:
    """Price what is wanted and keep every step under a number, valid until a day."""
    check_terms(unit, terms)
    _check_last_day(valid_until)
    quote = Quote(
        unit=unit,
        campaign=terms.campaign,
        product=terms.product,
        customer=terms.customer,
        object_label=terms.object_label,
        quantity=terms.quantity,
        list_amount=terms.list_amount,
        payment_mode=terms.payment_mode,
        offer_on=terms.offer_on,
        valid_until=valid_until,
        made_by=by,
    )
    _price(quote)
    quote.save(force_insert=True)
    record("campaigns.quote.made", quote, by=by, changes={"price": (None, quote.price_amount)})
    return quote


@transaction.atomic
def price_anew(quote: Quote, *, by: User | None, version: int) -> Quote:
    """Price an open quote by today's rules and count."""
    row = locked_quote(quote, version)
    _require_open(row)
    return write_price(row, by=by)


def write_price(row: Quote, *, by: User | None) -> Quote:
    """Price a locked quote and keep it."""
    before = row.price_amount
    _price(row)
    row.version += 1
    row.save(
        update_fields=["price_amount", "priced", "priced_at", "special_amount", "is_overridden", "version"]
    )
    changes = {"price": (before, row.price_amount)}
    record("campaigns.quote.priced", row, by=by, changes=changes)
    return row


@transaction.atomic
def withdraw_quote(quote: Quote, *, by: User | None, version: int) -> Quote:
    """Take an open quote back."""
    row = locked_quote(quote, version)
    _move(row, QuoteState.WITHDRAWN)
    row.save(update_fields=["state", "version"])
    record("campaigns.quote.withdrawn", row, by=by)
    return row


@transaction.atomic
def agree_quote(quote: Quote, *, proof: str = "", by: User | None, version: int) -> Deal:
    """Make the deal that was quoted; its price is worked out at signing, by what was approved for this quote."""
    row = locked_quote(quote, version)
    if row.is_lapsed_on(business_date()):
        raise BusinessError(_("This quote is over. Price it anew with another last day."), code="lapsed")
    terms = DealTerms(
        campaign=row.campaign,
        customer=row.customer,
        list_amount=row.list_amount,
        quantity=row.quantity,
        product=row.product,
        payment_mode=PaymentMode(row.payment_mode),
        object_label=row.object_label,
        offer_on=row.offer_on,
        proof=proof,
        special_amount=row.special_amount,
        is_overridden=row.is_overridden,
    )
    row.deal = open_deal(row.unit, terms, by=by)
    _move(row, QuoteState.AGREED)
    row.save(update_fields=["deal", "state", "version"])
    record("campaigns.quote.agreed", row, by=by, changes={"deal": (None, row.deal.number)})
    return row.deal


def _price(quote: Quote) -> None:
    priced = price_quote(quote, business_date())
    quote.price_amount, quote.priced_at = priced.final, timezone.now()
    quote.priced = price_to_keep(priced, sets=quote.quantity)


def _check_last_day(valid_until: date) -> None:
    if valid_until < business_date():
        raise BusinessError(_("This day is over."), code="past", field="valid_until")


def _require_open(row: Quote) -> None:
    if row.state != QuoteState.OPEN:
        raise BusinessError(_("Only an open quote is priced."), code="not_open")


def _move(row: Quote, target: QuoteState) -> None:
    ensure_transition(QuoteState(row.state), target, QUOTE_TRANSITIONS)
    row.state = target
    row.version += 1


def locked_quote(quote: Quote, version: int | None = None) -> Quote:
    """Return the quote locked; ConflictError where `version` is not the present one."""
    rows = Quote.objects.filter(pk=quote.pk).select_related("unit", "campaign", "customer", "product")
    row = locked(rows).get()
    if version is not None and row.version != version:
        raise ConflictError(_("Somebody changed this quote meanwhile. Look at it again."), code="stale")
    return row
