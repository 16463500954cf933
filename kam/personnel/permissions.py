"""Who may do what with personnel proposals: the director proposes, HR or the general manager decides, the person comments once."""

from kam.personnel.models import Proposal
from kam.personnel.rules import READERS
from kam.users.models import User
from kam.users.terms import Position


def can_read_register(user: User) -> bool:
    """The list; which rows says `Proposal.objects.visible_to`."""
    return user.is_active and user.position in READERS


def can_propose(user: User) -> bool:
    return user.is_active and user.position == Position.DIRECTOR


def can_edit_proposal(user: User, proposal: Proposal) -> bool:
    """Change, hand in, give up, add files: a director other than the person, until it is handed in."""
    return can_propose(user) and proposal.is_open and proposal.person_id != user.pk


def can_comment(user: User, proposal: Proposal) -> bool:
    """The person it is about, once, after the decision."""
    return (
        user.is_active
        and proposal.person_id == user.pk
        and proposal.is_decided
        and proposal.commented_at is None
    )
