"""Who may record and correct visits. Reading follows the unit's scope (VisitQuerySet.visible_to)."""

from accounts.units.models import KeyAccount
from kam.users.models import User
from kam.users.scopes import Reach, scope_of
from kam.users.terms import SELLERS
from visits.visits.models import Visit
from visits.visits.selectors import is_frozen


def can_log_visits(user: User) -> bool:
    """Those who sell visit units."""
    return user.position in SELLERS and scope_of(user).writable is not Reach.NOTHING


def can_log_visit(user: User, unit: KeyAccount) -> bool:
    """Record a visit to a unit that one may write."""
    return can_log_visits(user) and scope_of(user).may_write(unit.owner_id, unit.team_id)


def can_read_unit_of(user: User, visit: Visit) -> bool:
    """Whether the unit's own record is open too; an author keeps the visit after the unit moved, and no more than that."""
    return scope_of(user).covers(visit.unit.owner_id, visit.unit.team_id)


def can_change_visit(user: User, visit: Visit) -> bool:
    """Only the visitor corrects what they wrote, and only while the unit is still theirs to write."""
    return visit.user_id == user.pk and can_log_visit(user, visit.unit)


def can_ask_persons(user: User, visit: Visit) -> bool:
    """Ask to change whom a first visit met: the visitor, once the list is frozen and nothing is asked yet."""
    if not can_change_visit(user, visit) or not is_frozen(visit):
        return False
    return not visit.persons_changes.filter(closed_at__isnull=True).exists()
