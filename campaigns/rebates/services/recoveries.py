"""After a cancellation: finance books what came back, or the director lets it go; each with a note."""

from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.integrity import services as integrity
from campaigns.rebates.models import Recovery
from campaigns.rebates.terms import RECOVERY_TRANSITIONS, RecoveryState
from kam.audit.services import record
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.core.locks import locked
from kam.core.transitions import ensure_transition
from kam.users.models import User
from kam.users.terms import Position

_WHO = {RecoveryState.RECOVERED: Position.FINANCE, RecoveryState.WAIVED: Position.DIRECTOR}


@transaction.atomic
def settle(recovery: Recovery, *, what: RecoveryState, note: str, by: User, version: int) -> Recovery:
    """Close it. What came back counts no more in the register."""
    row = locked(Recovery.objects.filter(pk=recovery.pk).select_related("rebate")).get()
    if row.version != version:
        raise ConflictError(_("Somebody changed this meanwhile. Look at it again."), code="stale")
    ensure_transition(RecoveryState(row.state), what, RECOVERY_TRANSITIONS)
    if by.position != _WHO[what]:
        raise BusinessError(
            _("Finance books what came back; the director lets it go."), code="who", field="what"
        )
    before, row.state = row.state, what
    row.settled_by, row.settled_on, row.note = by, business_date(), note
    row.version += 1
    row.save(update_fields=["state", "settled_by", "settled_on", "note", "version"])
    if what is RecoveryState.RECOVERED and row.rebate.benefit is not None:
        integrity.free(row.rebate.benefit, by=by, reason=note)
    record("campaigns.rebate.recovery_settled", row, by=by, changes={"state": (before, what)}, reason=note)
    return row
