"""Who hands the statistics of a month in, who reads what was handed in."""

from kam.users.models import User
from kam.users.terms import Position
from kpi.statistics.models import READERS, Statement

#: Those whom the clerk reports to.
_LEADERS = frozenset({Position.DIRECTOR, Position.GENERAL_MANAGER})


def can_see_statements(user: User) -> bool:
    """The clerk and the heads of the department."""
    return user.is_active and user.position in READERS


def can_hand_in_statistics(user: User) -> bool:
    """The clerk compiles them (S-268)."""
    return user.is_active and user.position == Position.CLERK


def can_mark_read(user: User, statement: Statement) -> bool:
    """Director and general manager, once."""
    return user.is_active and user.position in _LEADERS and statement.read_at is None
