"""After a cancellation: finance books what came back, or the director lets it go; each with a note."""

from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.budgets import services as budgets
from campaigns.budgets.models import Movement
from campaigns.budgets.selectors import open_of
from campaigns.budgets.terms import MovementKind
from campaigns.integrity import services as integrity
from campaigns.rebates.models import Rebate, Recovery
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
    """Close it. What came back counts no more in the register, and is reversed in the budget's ledger."""
    row = locked(
        Recovery.objects.filter(pk=recovery.pk).select_related("rebate__benefit", "rebate__reservation")
    ).get()
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
    if what is RecoveryState.RECOVERED:
        _take_back(row.rebate, note, by)
    record("campaigns.rebate.recovery_settled", row, by=by, changes={"state": (before, what)}, reason=note)
    return row


def _take_back(rebate: Rebate, note: str, by: User) -> None:
    """Free the entry of the register; the line gets its money: the payment is reversed, what it had held is released."""
    if rebate.benefit is not None:
        integrity.free(rebate.benefit, by=by, reason=note)
    if rebate.reservation is None:
        return
    paid = Movement.objects.filter(reservation=rebate.reservation, kind=MovementKind.SPEND, reversed_by=None)
    for payment in paid:  # none where it was taken back by hand
        budgets.reverse(payment, by=by, text=note)
    if open_of(rebate.reservation) > 0:
        budgets.release(rebate.reservation, by=by, text=note)
