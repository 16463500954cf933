"""The right to write about a unit, asked again under its lock: the page may have asked before the unit went to somebody else."""

from django.utils.translation import gettext_lazy as _

from accounts.units.models import KeyAccount
from accounts.units.services import lock_unit
from kam.core.errors import ConflictError
from kam.users.models import User
from visits.visits.permissions import can_log_visit


def lock_unit_of(unit_id: int, *, by: User) -> KeyAccount:
    """Return the unit locked for this transaction; ConflictError where it went out of the hands of `by` meanwhile."""
    unit = lock_unit(unit_id)
    if not can_log_visit(by, unit):
        raise ConflictError(_("This unit went to somebody else meanwhile. Nothing was saved."), code="gone")
    return unit
