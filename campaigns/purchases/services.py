"""The acts on purchases. The line holds the chosen offer from the approval on; what came is paid once, the rest is free again."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.budgets import services as budgets
from campaigns.budgets.rules import missing
from campaigns.budgets.selectors import balance_on
from campaigns.budgets.services.ledger import lock_line, refusal
from campaigns.purchases.models import Offer, Purchase
from campaigns.purchases.selectors import lack_words
from campaigns.purchases.terms import PURCHASE_MOVES, PurchaseState
from kam.approvals import services as approvals
from kam.audit.services import record
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.core.locks import locked
from kam.core.money import ZERO
from kam.core.numbers import next_number
from kam.core.transitions import ensure_transition
from kam.files import services as files
from kam.notes.terms import SourceKey
from kam.users.models import User
from kam.users.scopes import team_of

SUBJECT = "purchase"
FILES = "campaigns.purchase_offer"
FIELDS = ("title", "reason", "plan", "is_urgent", "needed_on", "line")


@transaction.atomic
def begin_purchase(told: Mapping[str, Any], *, by: User) -> Purchase:
    """Begin a request; offers are added to it one by one."""
    _check_day(told)
    lock_line(told["line"].pk)
    row = Purchase.objects.create(
        number=next_number(Purchase, "CG", business_date().year),
        asked_by=by,
        team=team_of(by),
        asked_on=business_date(),
        **{name: told[name] for name in FIELDS},
    )
    record("campaigns.purchase.begun", row, by=by, changes={"title": (None, row.title)})
    return row


@transaction.atomic
def edit_purchase(purchase: Purchase, told: Mapping[str, Any], *, by: User, version: int) -> Purchase:
    """Change a draft; `version` is the one that the page showed."""
    row = _draft(purchase)
    if row.version != version:
        raise ConflictError(_("Somebody changed this request meanwhile. Look at it again."), code="stale")
    _check_day(told)
    changes = {name: (getattr(row, name), told[name]) for name in FIELDS if getattr(row, name) != told[name]}
    for name in changes:
        setattr(row, name, told[name])
    row.version += 1
    row.save(update_fields=[*FIELDS, "version"])
    record("campaigns.purchase.edited", row, by=by, changes=changes)
    return row


@transaction.atomic
def add_offer(
    purchase: Purchase, told: Mapping[str, Any], upload: "UploadedFile[Any] | None", *, by: User
) -> Offer:
    """Add what a supplier asks, with the paper; one offer a supplier."""
    row = _draft(purchase)
    if row.offers.filter(supplier=told["supplier"]).exists():
        raise BusinessError(_("This supplier's offer is there already."), code="twice", field="supplier")
    columns = {name: told[name] for name in ("supplier", "amount", "delivers_on", "note")}
    offer = Offer.objects.create(purchase=row, **columns)
    if upload is not None:
        offer.file = files.attach(FILES, offer.pk, upload, by=by)
        offer.save(update_fields=["file"])
    _touch(row)
    record("campaigns.purchase.offer_added", row, by=by, changes={"amount": (None, offer.amount)})
    return offer


@transaction.atomic
def drop_offer(offer: Offer, *, by: User) -> None:
    """Take an offer out of a draft."""
    row = _draft(offer.purchase)
    if offer.file is not None:
        files.remove(offer.file, by=by)
    Offer.objects.filter(pk=offer.pk).delete()
    _touch(row)
    record("campaigns.purchase.offer_dropped", row, by=by, changes={"amount": (offer.amount, None)})


@transaction.atomic
def choose_offer(offer: Offer, why: str, *, by: User) -> Offer:
    """Choose an offer; the one that was chosen before is not any more."""
    row = _draft(offer.purchase)
    row.offers.filter(is_chosen=True).update(is_chosen=False, why="")
    chosen = row.offers.get(pk=offer.pk)
    chosen.is_chosen, chosen.why = True, why
    chosen.save(update_fields=["is_chosen", "why"])
    _touch(row)
    changes = {"amount": (None, chosen.amount), "supplier": (None, chosen.supplier)}
    record("campaigns.purchase.offer_chosen", row, by=by, changes=changes, reason=why)
    return chosen


@transaction.atomic
def submit_purchase(purchase: Purchase, *, by: User) -> Purchase:
    """Hand it in; refused without plan or offers, and where the line has no such money."""
    row = _draft(purchase)
    if lack := lack_words(row):
        raise BusinessError(lack[1], code=lack[0])
    line = lock_line(row.line_id)
    balance = balance_on(line)
    if lacking := missing(balance, row.amount):
        raise refusal(line, balance, row.amount, lacking)
    _set(row, PurchaseState.PENDING, by)
    approvals.submit(SUBJECT, row, by=by)
    row.refresh_from_db()
    return row


@transaction.atomic
def approve_purchase(purchase: Purchase, by: User) -> None:
    """Approved: the line holds the chosen offer until it is paid."""
    row = _lock(purchase)
    held = budgets.reserve(row.line, row.amount, source=source_of(row), by=by, text=row.title)
    row.reservation_id = held.entry_id
    _set(row, PurchaseState.APPROVED, by, "reservation")


def end_request(state: PurchaseState) -> Callable[[Purchase, User], None]:
    """Return the effect of a decision that holds no money: a draft again, or the end."""

    @transaction.atomic
    def effect(purchase: Purchase, by: User) -> None:
        _set(_lock(purchase), state, by)

    return effect


@transaction.atomic
def receive_goods(purchase: Purchase, received: str, *, by: User) -> Purchase:
    """The buyer says what came; only that is paid."""
    row = _lock(purchase)
    row.received_on, row.received_by, row.received = business_date(), by, received
    _set(row, PurchaseState.RECEIVED, by, "received_on", "received_by", "received")
    return row


@transaction.atomic
def cancel_purchase(purchase: Purchase, reason: str, *, by: User) -> Purchase:
    """Nothing is bought: the money is free again."""
    row = _lock(purchase)
    ensure_transition(PurchaseState(row.state), PurchaseState.CANCELLED, PURCHASE_MOVES)
    assert row.reservation is not None  # noqa: S101 -- a constraint: what is approved holds its money
    budgets.release(row.reservation, by=by, source=source_of(row), text=reason)
    row.ended_because = reason
    _set(row, PurchaseState.CANCELLED, by, "ended_because")
    return row


@transaction.atomic
def pay_purchase(
    purchase: Purchase, amount: Decimal, *, document: str, by: User, over_reason: str = ""
) -> Purchase:
    """Finance pays the bill, once; what is left of the reservation is free again, more needs a reason and is asked afterwards."""
    row = _lock(purchase)
    ensure_transition(PurchaseState(row.state), PurchaseState.PAID, PURCHASE_MOVES)
    if row.asked_by_id == by.pk:
        raise BusinessError(_("Nobody pays a purchase of their own."), code="own")
    assert row.reservation is not None  # noqa: S101 -- a constraint: what is approved holds its money
    text = f"{document} {row.title}"
    paid = budgets.spend(row.reservation, amount, source=source_of(row), by=by, text=text, why=over_reason)
    row.payment_id, row.paid_amount, row.paid_on, row.paid_by = (
        paid.entry_id,
        paid.amount,
        business_date(),
        by,
    )
    row.document = document
    _set(row, PurchaseState.PAID, by, "payment", "paid_amount", "paid_on", "paid_by", "document")
    return row


def source_of(purchase: Purchase) -> SourceKey:
    return SourceKey.of("purchase", purchase.pk, purchase.number)


def _check_day(told: Mapping[str, Any]) -> None:
    if told["needed_on"] is not None and told["needed_on"] < business_date():
        raise BusinessError(_("This day has passed."), code="past", field="needed_on")


def _touch(row: Purchase) -> None:
    """The request costs what its chosen offer asks."""
    chosen = row.offers.filter(is_chosen=True).first()
    row.amount = chosen.amount if chosen else ZERO
    row.version += 1
    row.save(update_fields=["amount", "version"])


def _draft(purchase: Purchase) -> Purchase:
    row = _lock(purchase)
    if row.state != PurchaseState.DRAFT:
        raise BusinessError(_("Only a draft is changed."), code="not_draft")
    return row


def _lock(purchase: Purchase) -> Purchase:
    return locked(Purchase.objects.filter(pk=purchase.pk).select_related("line", "reservation")).get()


def _set(row: Purchase, state: PurchaseState, by: User, *fields: str) -> None:
    ensure_transition(PurchaseState(row.state), state, PURCHASE_MOVES)
    before, row.state = row.state, state
    row.version += 1
    row.save(update_fields=["state", *fields, "version"])
    record(f"campaigns.purchase.{state.value}", row, by=by, changes={"state": (before, state.value)})
