"""The ledger: each act locks the line, asks the rules, writes its entries. Balances are added up by the database."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.budgets.models import BudgetChange, BudgetLine, Movement
from campaigns.budgets.rules import (
    Balance,
    Delta,
    missing,
    releasing,
    reserving,
    reversing,
)
from campaigns.budgets.selectors import balance_on, open_of
from campaigns.budgets.terms import BudgetState, MovementKind
from kam.audit.services import record
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.core.locks import locked
from kam.core.money import to_cents
from kam.notes.terms import SourceKey
from kam.users.models import User


@dataclass(frozen=True, slots=True)
class Booked:
    """What was booked: keep `entry_id` of a reservation, it is what `spend` and `release` ask for."""

    entry_id: int
    line_id: int
    amount: Decimal
    free: Decimal


@dataclass(frozen=True, slots=True)
class Paper:
    """What an entry stands on: the document, what for, and the report or reservation it belongs to."""

    source: SourceKey
    text: str = ""
    change: BudgetChange | None = None
    reservation: Movement | None = None
    reverses: Movement | None = None


@transaction.atomic
def reserve(
    line: BudgetLine, amount: Decimal, *, source: SourceKey, by: User | None, text: str = ""
) -> Booked:
    """Hold `amount` of a line for a document. Refused where the line has less free (T-26), is no leaf or is not approved."""
    row, amount = lock_line(line.pk), positive(amount)
    balance = balance_on(row)
    if lacking := missing(balance, amount):
        raise refusal(row, balance, amount, lacking)
    entry = _book(row, reserving(amount), Paper(source, text), by)
    record("campaigns.budget.reserved", entry, by=by, changes={"amount": (None, amount)})
    return Booked(entry.pk, row.pk, amount, balance_on(row).free)


@transaction.atomic
def release(
    reservation: Movement, *, by: User | None, source: SourceKey | None = None, text: str = ""
) -> Booked:
    """Give back what a reservation still holds."""
    row = lock_line(reservation.line_id)
    held = held_by(reservation)
    paper = Paper(source or source_of(reservation), text, reservation=reservation)
    entry = _book(row, releasing(held), paper, by)
    record("campaigns.budget.released", entry, by=by, changes={"amount": (None, held)})
    return Booked(entry.pk, row.pk, held, balance_on(row).free)


@transaction.atomic
def reverse(payment: Movement, *, by: User | None, text: str) -> Booked:
    """Take a payment back, once; what it had taken from its reservation is reserved again."""
    row = lock_line(payment.line_id)
    if payment.kind != MovementKind.SPEND:
        raise BusinessError(_("Only a payment is taken back; a reservation is released."), code="kind")
    if Movement.objects.filter(reverses=payment).exists():
        raise ConflictError(_("This payment was taken back already."), code="reversed")
    paper = Paper(source_of(payment), text, reservation=payment.reservation, reverses=payment)
    entry = _book(row, reversing(payment.delta), paper, by)
    record("campaigns.budget.reversed", entry, by=by, changes={"amount": (payment.spent, None)}, reason=text)
    return Booked(entry.pk, row.pk, payment.spent, balance_on(row).free)


def give(line: BudgetLine, delta: Delta, paper: Paper, *, by: User | None) -> Movement:
    """Put money on a line or take it away; the caller holds the line's lock and has asked the rules."""
    return _book(line, delta, paper, by)


def lock_line(pk: int) -> BudgetLine:
    """Return a leaf of an approved budget under lock."""
    row = locked(BudgetLine.objects.filter(pk=pk).select_related("budget")).get()
    if row.budget.state != BudgetState.APPROVED:
        raise BusinessError(_("This budget is not approved: it holds no money yet."), code="not_approved")
    if row.children.exists():
        raise BusinessError(
            _("“%(line)s” is the sum of other lines: choose one of them.") % {"line": row.name},
            code="no_leaf",
            field="line",
        )
    return row


def refusal(line: BudgetLine, balance: Balance, amount: Decimal, lacking: Decimal) -> BusinessError:
    """Return the refusal that names the balance, and the way out (专款专用, 补充)."""
    words = _(
        "“%(line)s” has %(free)s free; %(amount)s was asked for. Nothing was booked."
        " Ask for %(free)s or less, or apply for a supplement of %(lacking)s."
    )
    told = {"line": line.name, "free": said(balance.free), "amount": said(amount), "lacking": said(lacking)}
    return BusinessError(words % told, code="not_enough", field="amount")


def said(amount: Decimal) -> str:
    """Return a sum as offices write it."""
    return f"{amount:,.2f}"


def source_of(movement: Movement) -> SourceKey:
    return SourceKey(movement.source_kind, movement.source_id, movement.source_label)


def held_by(reservation: Movement) -> Decimal:
    """Return what a reservation still holds; refused where that is nothing."""
    held = open_of(reservation) if reservation.kind == MovementKind.RESERVE else Decimal(0)
    if held <= 0:
        raise ConflictError(_("This reservation holds nothing any more."), code="closed")
    return held


def positive(amount: Decimal) -> Decimal:
    """Return an amount in cents, above nothing."""
    amount = to_cents(amount)
    if amount <= 0:
        raise BusinessError(_("Name an amount above nothing."), code="positive", field="amount")
    return amount


def _book(line: BudgetLine, delta: Delta, paper: Paper, by: User | None) -> Movement:
    return Movement.objects.create(
        line=line,
        kind=delta.kind,
        on=business_date(),
        budgeted=delta.budgeted,
        reserved=delta.reserved,
        spent=delta.spent,
        reservation=paper.reservation,
        reverses=paper.reverses,
        change=paper.change,
        source_kind=paper.source.kind,
        source_id=paper.source.id,
        source_label=paper.source.label,
        text=paper.text[:200],
        by=by,
    )
