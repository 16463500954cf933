"""The exceptional way (S-109): the specialist evaluates and proposes, three people decide, the result holds for this quote alone."""

from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from campaigns.campaigns.services import hold_open
from campaigns.quotes.models import Quote, SpecialTerms
from campaigns.quotes.services import locked_quote, write_price
from campaigns.quotes.terms import SPECIAL_TRANSITIONS, QuoteState, SpecialKind, SpecialState
from kam.approvals import services as approvals
from kam.audit.services import record
from kam.core.errors import BusinessError
from kam.core.locks import locked
from kam.core.transitions import ensure_transition
from kam.users.models import User

SUBJECT = "exceptional_discount"


@transaction.atomic
def ask_special(
    quote: Quote,
    *,
    kind: SpecialKind,
    wanted_amount: Decimal | None,
    evaluation: str,
    negotiation: str = "",
    by: User,
) -> SpecialTerms:
    """Hand the proposal to the deciders; one at a time a quote, and never a price above the present one."""
    row = locked_quote(quote)
    if row.state != QuoteState.OPEN:
        raise BusinessError(_("Only an open quote gets special terms."), code="not_open")
    amount = wanted_amount if kind is SpecialKind.PRICE else None
    if kind is SpecialKind.PRICE and (amount is None or not 0 < amount < row.price_amount):
        raise BusinessError(
            _("A price above 0 and below the present one."), code="price", field="wanted_amount"
        )
    made = _returned(row) or SpecialTerms(quote=row)
    made.kind, made.wanted_amount = kind, amount
    made.evaluation, made.negotiation, made.asked_by = evaluation, negotiation, by
    _save_asked(made)
    changes = {"kind": (None, kind), "price": (row.price_amount, amount)}
    record("campaigns.special.asked", made, by=by, changes=changes, reason=evaluation[:300])
    approvals.submit(SUBJECT, made, by=by)
    return made


def _returned(quote: Quote) -> SpecialTerms | None:
    """Return the terms that the deciders gave back: they go on in the next round."""
    return locked(SpecialTerms.objects.filter(quote=quote, state=SpecialState.RETURNED)).first()


def _save_asked(made: SpecialTerms) -> None:
    made.state = SpecialState.PENDING
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as error:
        raise BusinessError(
            _("Special terms for this quote wait for approval already."), code="open"
        ) from error


def grant_special(special: SpecialTerms, by: User) -> None:
    """The last decider approved: the quote, and the deal it becomes, hold by these terms."""
    terms = _moved(special, SpecialState.APPROVED)
    quote = locked_quote(terms.quote)
    hold_open(quote.campaign)
    if terms.kind == SpecialKind.PRICE:
        quote.special_amount = terms.wanted_amount
    else:
        quote.is_overridden = True
    if quote.state == QuoteState.OPEN:
        write_price(quote, by=by)


def give_back_special(special: SpecialTerms, _by: User) -> None:
    """Returned: the specialist changes the proposal and hands it in again."""
    _moved(special, SpecialState.RETURNED)


def refuse_special(special: SpecialTerms, _by: User) -> None:
    """Rejected or withdrawn: the quote stays as it is."""
    _moved(special, SpecialState.REJECTED)


def _moved(special: SpecialTerms, target: SpecialState) -> SpecialTerms:
    row = locked(SpecialTerms.objects.filter(pk=special.pk).select_related("quote")).get()
    ensure_transition(SpecialState(row.state), target, SPECIAL_TRANSITIONS)
    row.state = target
    row.version += 1
    row.save(update_fields=["state", "version"])
    return row
