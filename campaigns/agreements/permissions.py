"""Who may do what with long-term agreements. Seeing them is `Agreement.objects.visible_to`."""

from datetime import date

from accounts.units.models import KeyAccount
from accounts.units.permissions import can_edit_unit
from campaigns.agreements.models import Agreement
from kam.users.models import User
from kam.users.scopes import Reach, scope_of
from kam.users.terms import Position


def can_see_agreements(user: User) -> bool:
    return scope_of(user).reach is not Reach.NOTHING


def can_record_agreement(user: User, unit: KeyAccount) -> bool:
    return can_edit_unit(user, unit)


def can_renew_agreement(user: User, agreement: Agreement) -> bool:
    """Once, while nobody ended it early."""
    is_open = agreement.ended_on is None and not hasattr(agreement, "renewal")
    return is_open and can_edit_unit(user, agreement.unit)


def can_end_agreement(user: User, agreement: Agreement, today: date) -> bool:
    """The manager or the director, while it is in force."""
    is_running = agreement.ended_on is None and agreement.starts_on <= today <= agreement.ends_on
    above = user.position in {Position.MANAGER, Position.DIRECTOR}
    return is_running and above and can_edit_unit(user, agreement.unit)
