"""Who may inspect outlets and write the checklist. Seeing inspections is `Inspection.objects.visible_to`."""

from campaigns.inspections.models import Inspection
from campaigns.outlets.models import Outlet
from campaigns.outlets.permissions import can_write_outlet
from kam.users.models import User
from kam.users.terms import Position

_WRITERS = frozenset({Position.DIRECTOR, Position.MARKETING_DIRECTOR, Position.ADMINISTRATOR})


def can_inspect(user: User, outlet: Outlet) -> bool:
    """Whoever writes the outlet, while it is open."""
    return can_write_outlet(user, outlet)


def can_add_photos(user: User, inspection: Inspection) -> bool:
    """Whoever inspected."""
    return user.is_active and inspection.by_id == user.pk


def can_write_checklist(user: User) -> bool:
    return user.is_active and user.position in _WRITERS
