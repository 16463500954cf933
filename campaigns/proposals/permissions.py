"""Who may do what with proposals. Seeing them is `Proposal.objects.visible_to`."""

from accounts.units.models import KeyAccount
from accounts.units.permissions import can_edit_unit
from campaigns.proposals.models import Proposal
from campaigns.proposals.terms import ProposalState
from kam.users.models import User
from kam.users.scopes import Reach, scope_of


def can_see_proposals(user: User) -> bool:
    return scope_of(user).reach is not Reach.NOTHING


def can_propose(user: User, unit: KeyAccount) -> bool:
    return can_edit_unit(user, unit)


def can_write_proposal(user: User, proposal: Proposal) -> bool:
    """Add a version or a presentation, until it is accepted."""
    return proposal.state != ProposalState.ACCEPTED and can_edit_unit(user, proposal.unit)


def can_answer_proposal(user: User, proposal: Proposal) -> bool:
    return proposal.state == ProposalState.OPEN and can_edit_unit(user, proposal.unit)
