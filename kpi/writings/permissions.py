"""Who writes what, and who reads it for the department."""

from kam.users.models import User
from kam.users.terms import SELLERS, Position
from kpi.writings.models import Writing
from kpi.writings.terms import Kind, WritingState

#: They mark what was handed in as read.
_ABOVE = frozenset({Position.MANAGER, Position.DIRECTOR, Position.GENERAL_MANAGER})


def can_see_writings(user: User) -> bool:
    """Whoever writes, or reads for the department; finance and administrators have nothing here."""
    return user.is_active and user.position not in {Position.FINANCE, Position.ADMINISTRATOR}


def kinds_of(user: User) -> list[Kind]:
    """What a person writes: sellers report, sum up and plan; the director writes the strategy."""
    if not user.is_active or user.position not in SELLERS:
        return []
    return [kind for kind in Kind if kind is not Kind.STRATEGY or user.position == Position.DIRECTOR]


def can_edit(user: User, writing: Writing) -> bool:
    """The author, as long as it is a draft."""
    return user.is_active and writing.author_id == user.pk and writing.state == WritingState.DRAFT


def can_mark_read(user: User, writing: Writing) -> bool:
    """Manager, director and general manager, once, never the own one."""
    if not user.is_active or user.position not in _ABOVE or writing.author_id == user.pk:
        return False
    return writing.state == WritingState.HANDED_IN
