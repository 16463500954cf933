"""Who may do what with a deal's contract. Whoever sees the deal sees it."""

from accounts.units.permissions import can_edit_unit
from campaigns.contracts.models import ArchivedContract
from campaigns.deals.models import Deal
from campaigns.deals.terms import DealState
from kam.users.models import User
from kam.users.terms import Position


def can_negotiate(user: User, deal: Deal) -> bool:
    return deal.state != DealState.CANCELLED and can_edit_unit(user, deal.unit)


def can_plan_contract(user: User, deal: Deal) -> bool:
    """Milestones and instalments, from the signature on."""
    return deal.state == DealState.SIGNED and can_edit_unit(user, deal.unit)


def can_archive_contract(user: User, deal: Deal) -> bool:
    """The clerk, who keeps the archive, and whoever writes the unit; a cancelled deal's contract is filed too."""
    files = user.is_active and user.position == Position.CLERK
    return deal.state != DealState.AGREED and (files or can_edit_unit(user, deal.unit))


def can_check_contract(user: User, contract: ArchivedContract) -> bool:
    """Manager or director, and not whoever filed it."""
    above = user.position in {Position.MANAGER, Position.DIRECTOR}
    is_open = contract.checked_on is None and contract.by_id != user.pk
    return is_open and above and can_edit_unit(user, contract.deal.unit)
