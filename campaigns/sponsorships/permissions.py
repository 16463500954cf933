"""Who may do what with sponsorships. Seeing them is `Sponsorship.objects.visible_to`."""

from accounts.units.models import KeyAccount
from accounts.units.permissions import can_edit_unit
from campaigns.sponsorships.models import Sponsorship
from campaigns.sponsorships.terms import SponsorshipState
from kam.users.models import User
from kam.users.scopes import Reach, scope_of
from kam.users.terms import SELLERS, Position


def can_see_sponsorships(user: User) -> bool:
    """Whoever sees units, and finance, where the money goes."""
    return scope_of(user).reach is not Reach.NOTHING or (user.is_active and user.position == Position.FINANCE)


def can_ask_without_unit(user: User) -> bool:
    """An event of nobody's unit: whoever sells."""
    return user.is_active and user.position in SELLERS


def can_ask_sponsorship(user: User, unit: KeyAccount) -> bool:
    return can_edit_unit(user, unit)


def can_edit_sponsorship(user: User, sponsorship: Sponsorship) -> bool:
    """A returned request, by whoever asked."""
    is_mine = sponsorship.asked_by_id == user.pk
    return user.is_active and sponsorship.state == SponsorshipState.RETURNED and is_mine


def can_end_sponsorship(user: User, sponsorship: Sponsorship) -> bool:
    """Report or cancel an approved one: whoever asked, and whoever writes its unit."""
    unit = sponsorship.unit
    may = sponsorship.asked_by_id == user.pk or (unit is not None and can_edit_unit(user, unit))
    return user.is_active and sponsorship.state == SponsorshipState.APPROVED and may
