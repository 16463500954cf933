"""Who may do what with quotes: they follow the unit."""

from accounts.units.models import KeyAccount
from accounts.units.permissions import can_edit_unit
from campaigns.quotes.models import Quote
from campaigns.quotes.terms import QuoteState
from kam.users.models import User
from kam.users.scopes import Reach, scope_of


def can_see_quotes(user: User) -> bool:
    return scope_of(user).reach is not Reach.NOTHING


def can_make_quote(user: User, unit: KeyAccount) -> bool:
    return can_edit_unit(user, unit)


def can_change_quote(user: User, quote: Quote) -> bool:
    """Price anew, withdraw, agree, ask for special terms: while it is open."""
    return quote.state == QuoteState.OPEN and can_edit_unit(user, quote.unit)
