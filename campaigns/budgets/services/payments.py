"""Payments from a reservation, by one rule for every room: what was approved is paid; what comes above it is paid from what the line has
free, with a reason, and asked afterwards (docs/adr/0019-overruns-asked-afterwards.md)."""

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.budgets.models import BudgetChange, BudgetLine, Movement
from campaigns.budgets.rules import missing_to_spend, over_approved, spending
from campaigns.budgets.selectors import balance_on
from campaigns.budgets.services.changes import lock_change, set_change
from campaigns.budgets.services.drafts import next_number
from campaigns.budgets.services.ledger import (
    Booked,
    Paper,
    give,
    held_by,
    lock_line,
    positive,
    refusal,
    reserve,
    said,
)
from campaigns.budgets.terms import ChangeKind, ChangeState
from kam.approvals import services as approvals
from kam.audit.services import record
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.notes.terms import SourceKey
from kam.users.models import User

OVERRUN = "budget_overrun"


@transaction.atomic
def spend(
    reservation: Movement,
    amount: Decimal,
    *,
    source: SourceKey,
    by: User | None,
    text: str = "",
    why: str = "",
) -> Booked:
    """Pay `amount` from a reservation, and from what is free where it costs more; what is left of the reservation is released.

    More than was approved is refused without a reason; with one, an overrun report is handed in with the payment.
    """
    row, amount = lock_line(reservation.line_id), positive(amount)
    held, balance = held_by(reservation), balance_on(row)
    if lacking := missing_to_spend(balance, held, amount):
        raise refusal(row, balance, amount, lacking)
    over = over_approved(reservation.reserved, amount)
    if over and (by is None or not why.strip()):
        raise _unexplained(reservation.reserved, over)
    paper = Paper(source, text, reservation=reservation)
    entries = [give(row, delta, paper, by=by) for delta in spending(held, amount)]
    record("campaigns.budget.spent", entries[0], by=by, changes={"amount": (None, amount)})
    if over and by is not None:
        _report_overrun(entries[0], over, why.strip(), by)
    return Booked(entries[0].pk, row.pk, amount, balance_on(row).free)


@transaction.atomic
def book_payment(line: BudgetLine, amount: Decimal, *, source: SourceKey, by: User, text: str = "") -> Booked:
    """Reserve and pay at once what no request stands for."""
    held = reserve(line, amount, source=source, by=by, text=text)
    return spend(Movement.objects.get(pk=held.entry_id), amount, source=source, by=by, text=text)


@transaction.atomic
def explain_overrun(change: BudgetChange, reason: str, *, by: User, version: int) -> BudgetChange:
    """Write the reason of a returned report anew and hand it in again; what was paid stands."""
    row = lock_change(change)
    if row.version != version:
        raise ConflictError(_("Somebody changed this report meanwhile. Look at it again."), code="stale")
    row.reason = reason
    set_change(row, ChangeState.PENDING, by, "reason")
    approvals.submit(OVERRUN, row, by=by)
    row.refresh_from_db()
    return row


def _report_overrun(payment: Movement, over: Decimal, why: str, by: User) -> None:
    change = BudgetChange.objects.create(
        number=next_number(BudgetChange, "BS"),
        kind=ChangeKind.OVERRUN,
        line=payment.line,
        payment=payment,
        amount=over,
        reason=why,
        asked_by=by,
        asked_on=business_date(),
    )
    record("campaigns.budget_report.pending", change, by=by, changes={"amount": (None, over)})
    approvals.submit(OVERRUN, change, by=by)


def _unexplained(approved: Decimal, over: Decimal) -> BusinessError:
    words = _(
        "%(approved)s yuan were approved, this is %(over)s more. Nothing was booked. Say why it cost more: it is paid, and asked afterwards."
    )
    told = {"approved": said(approved), "over": said(over)}
    return BusinessError(words % told, code="over_approved", field="over_reason")
