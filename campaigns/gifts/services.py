"""The acts on gift requests. The register holds the value from asking on, the budget line from the approval on; both are paid when it is handed over."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.persons.models import Person
from campaigns.budgets import services as budgets
from campaigns.budgets.models import BudgetLine, Movement
from campaigns.budgets.rules import missing
from campaigns.budgets.selectors import balance_on
from campaigns.budgets.services.ledger import lock_line, refusal
from campaigns.gifts import stock
from campaigns.gifts.models import GiftItem, GiftRequest, StockEntry
from campaigns.gifts.terms import GIFT_MOVES, GiftState, Occasion
from campaigns.integrity import services as integrity
from campaigns.integrity.services import NO_EXCUSE, Excuse, Value
from campaigns.integrity.terms import BenefitKind
from kam.approvals import services as approvals
from kam.audit.services import record
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.core.locks import locked
from kam.core.numbers import next_number
from kam.core.sentences import sentence
from kam.core.transitions import ensure_transition
from kam.notes.terms import SourceKey
from kam.users.models import User
from visits.visits.models import Visit

SUBJECT = "gift_request"


@dataclass(frozen=True, slots=True)
class Terms:
    """What is asked: so many of a gift for a person, when, why, from which money."""

    person: Person
    item: GiftItem
    quantity: int
    occasion: Occasion
    reason: str
    on: date
    line: BudgetLine
    excuse: Excuse = NO_EXCUSE

    def columns(self) -> dict[str, Any]:
        return {
            "unit": self.person.unit,
            "person": self.person,
            "item": self.item,
            "quantity": self.quantity,
            "price_amount": self.item.price_amount,
            "occasion": self.occasion,
            "reason": self.reason,
            "on": self.on,
            "line": self.line,
            "compliance_reason": self.excuse.reason,
            "basis_document": self.excuse.basis,
            "employer_document": self.excuse.employer,
        }


def value_of(gift: GiftRequest) -> Value:
    """Return what the request means for the register."""
    text = gift.item.name if gift.quantity == 1 else f"{gift.item.name} × {gift.quantity}"
    kind = BenefitKind(gift.item.kind)
    return Value(gift.person, kind, gift.amount, gift.on, text, item=gift.price_amount)


def excuse_of(gift: GiftRequest) -> Excuse:
    return Excuse(gift.compliance_reason, gift.basis_document, gift.employer_document)


@transaction.atomic
def ask_gift(terms: Terms, *, by: User) -> GiftRequest:
    """Write the request, enter its value in the register, hand it in. Refused by policy or limit, or where the line has no such money."""
    _check(terms)
    number = next_number(GiftRequest, "LP", business_date().year)
    gift = GiftRequest(number=number, asked_by=by, asked_on=business_date(), **terms.columns())
    gift.save(force_insert=True)
    _enter(gift, by)
    record("campaigns.gift.pending", gift, by=by, changes={"amount": (None, gift.amount)})
    approvals.submit(SUBJECT, gift, by=by)
    gift.refresh_from_db()
    return gift


@transaction.atomic
def ask_again(gift: GiftRequest, terms: Terms, *, by: User, version: int) -> GiftRequest:
    """Write a returned request anew and hand it in again."""
    row = _lock(gift)
    if row.version != version:
        raise ConflictError(_("Somebody changed this request meanwhile. Look at it again."), code="stale")
    _check(terms)
    before = row.amount
    columns = terms.columns()
    for name, value in columns.items():
        setattr(row, name, value)
    _set(row, GiftState.PENDING, by, *columns)
    _enter(row, by)
    if before != row.amount:
        record("campaigns.gift.changed", row, by=by, changes={"amount": (before, row.amount)})
    approvals.submit(SUBJECT, row, by=by)
    row.refresh_from_db()
    return row


@transaction.atomic
def approve_gift(gift: GiftRequest, by: User) -> None:
    """Approved: the line holds the money. Refused where it was spent meanwhile."""
    row = _lock(gift)
    held = budgets.reserve(row.line, row.amount, source=source_of(row), by=by, text=row.item.name)
    row.reservation_id = held.entry_id
    _set(row, GiftState.APPROVED, by, "reservation")


@transaction.atomic
def return_gift(gift: GiftRequest, by: User) -> None:
    """Back to whoever asked; the register is free of it until it is handed in again."""
    row = _lock(gift)
    _free(row, by, sentence(gettext_noop("request returned")))
    _set(row, GiftState.RETURNED, by, "benefit")


@transaction.atomic
def close_gift(gift: GiftRequest, by: User, *, state: GiftState) -> None:
    """Rejected or withdrawn: final, and nothing counts."""
    row = _lock(gift)
    if row.benefit is not None:
        _free(row, by, sentence(gettext_noop("request closed without a gift")))
    _set(row, state, by, "benefit")


@transaction.atomic
def issue_gift(gift: GiftRequest, *, by: User) -> GiftRequest:
    """Take it out of the stock and give it to whoever asked."""
    row = _lock(gift)
    _set(row, GiftState.ISSUED, by)
    stock.take_out(row, by=by)
    return row


@transaction.atomic
def hand_over(
    gift: GiftRequest, *, by: User, on: date | None = None, visit: Visit | None = None
) -> GiftRequest:
    """It was handed over, at a visit where there was one: the register and the line are booked in the same transaction."""
    row = _lock(gift)
    if visit is not None and visit.unit_id != row.unit_id:
        raise BusinessError(_("This visit was to another unit."), code="unit", field="visit")
    day = on or (visit.on if visit else business_date())
    if day > business_date():
        raise BusinessError(_("This day has not come yet."), code="future", field="on")
    assert row.benefit is not None  # noqa: S101 -- a constraint: what is approved is in the register
    assert row.reservation is not None  # noqa: S101 -- a constraint: what is approved holds its money
    integrity.give(row.benefit, by=by, on=day)
    paid = budgets.spend(row.reservation, row.amount, source=source_of(row), by=by, text=row.item.name)
    row.payment_id, row.handed_on, row.handed_by, row.visit = paid.entry_id, day, by, visit
    _set(row, GiftState.HANDED_OVER, by, "payment", "handed_on", "handed_by", "visit")
    return row


@transaction.atomic
def acknowledge(gift: GiftRequest, *, how: str, on: date, by: User) -> GiftRequest:
    """The person acknowledged it: a signature, a message, a word."""
    row = _lock(gift)
    if row.handed_on is not None and not row.handed_on <= on <= business_date():
        raise BusinessError(
            _("It was acknowledged between the day it was given and today."), code="day", field="on"
        )
    row.acknowledged_on, row.acknowledged_how = on, how
    _set(row, GiftState.ACKNOWLEDGED, by, "acknowledged_on", "acknowledged_how")
    return row


@transaction.atomic
def cancel_gift(gift: GiftRequest, *, reason: str, by: User) -> GiftRequest:
    """Nothing comes of it: stock, line and register get back what it held."""
    row = _lock(gift)
    row.end_reason = reason
    _set(row, GiftState.CANCELLED, by, "end_reason")
    _put_back(row, by)
    assert row.reservation is not None  # noqa: S101 -- a constraint: what is approved holds its money
    budgets.release(row.reservation, by=by, text=reason)
    _free(row, by, reason)
    return row


@transaction.atomic
def take_back(gift: GiftRequest, *, reason: str, by: User) -> GiftRequest:
    """It came back: the payment is taken back and its money freed, the goods go to the stock, the register counts it no more."""
    row = _lock(gift)
    row.end_reason = reason
    _set(row, GiftState.TAKEN_BACK, by, "end_reason")
    _put_back(row, by)
    assert row.payment is not None  # noqa: S101 -- a constraint: what was handed over is paid
    budgets.reverse(row.payment, by=by, text=reason)
    assert row.reservation is not None  # noqa: S101 -- a payment names its reservation
    budgets.release(Movement.objects.get(pk=row.reservation.pk), by=by, text=reason)
    _free(row, by, reason)
    return row


def source_of(gift: GiftRequest) -> SourceKey:
    return SourceKey.of("gift_request", gift.pk, gift.number)


def _put_back(row: GiftRequest, by: User) -> None:
    if StockEntry.objects.filter(request=row).exists():
        stock.put_back(row, by=by)


def _check(terms: Terms) -> None:
    """Refuse what cannot be asked: a line without the money, a thing no longer offered, a person who left."""
    if not terms.item.is_offered:
        raise BusinessError(_("This gift is no longer offered."), code="item", field="item")
    if terms.person.left_on is not None:
        raise BusinessError(_("This person has left the unit."), code="left", field="person")
    amount = terms.item.price_amount * terms.quantity
    line = lock_line(terms.line.pk)
    balance = balance_on(line)
    if lacking := missing(balance, amount):
        error = refusal(line, balance, amount, lacking)
        error.field = "line"
        raise error


def _enter(gift: GiftRequest, by: User) -> None:
    (gift.benefit,) = integrity.reserve(
        [value_of(gift)], giver=by, source=source_of(gift), excuse=excuse_of(gift)
    )
    gift.save(update_fields=["benefit"])


def _free(row: GiftRequest, by: User, reason: str) -> None:
    """Take it out of what counts; a returned request gets a new entry when it is handed in again."""
    assert row.benefit is not None  # noqa: S101 -- the caller has seen that it is in the register
    integrity.free(row.benefit, by=by, reason=reason)
    if row.state in {GiftState.PENDING, GiftState.RETURNED}:
        row.benefit = None


def _lock(gift: GiftRequest) -> GiftRequest:
    rows = GiftRequest.objects.select_related(
        "person__unit", "item", "line", "benefit", "reservation", "payment"
    )
    return locked(rows.filter(pk=gift.pk)).get()


def _set(row: GiftRequest, state: GiftState, by: User, *fields: str) -> None:
    ensure_transition(GiftState(row.state), state, GIFT_MOVES)
    before, row.state = row.state, state
    row.version += 1
    row.save(update_fields=["state", *fields, "version"])
    record(f"campaigns.gift.{state.value}", row, by=by, changes={"state": (before, state.value)})
