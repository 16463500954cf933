"""Who may ask customers, read their answers, and keep the questionnaires."""

from accounts.satisfaction.models import Invitation
from accounts.units.models import KeyAccount
from accounts.units.permissions import can_edit_unit
from kam.users.models import User
from kam.users.scopes import Reach, scope_of
from kam.users.terms import SELLERS, Position


def can_read_surveys(user: User) -> bool:
    return scope_of(user).reach is not Reach.NOTHING


def can_open_round(user: User) -> bool:
    """Whoever has customers to ask, and the marketing centre."""
    return user.is_active and (user.position in SELLERS or user.position == Position.MARKETING_DIRECTOR)


def can_ask(user: User, unit: KeyAccount) -> bool:
    return can_edit_unit(user, unit)


def can_handle_invitation(user: User, invitation: Invitation) -> bool:
    """See and pass on the link, write the answer down, withdraw it: whoever writes the unit."""
    return can_edit_unit(user, invitation.unit)


def can_write_questionnaires(user: User) -> bool:
    """The director, the marketing director and administrators."""
    return user.is_active and user.position in {
        Position.DIRECTOR,
        Position.MARKETING_DIRECTOR,
        Position.ADMINISTRATOR,
    }


def can_read_questionnaires(user: User) -> bool:
    return can_read_surveys(user) or can_write_questionnaires(user)
