"""The acts on expense claims. A receipt is claimed once, by constraint; the line holds the claim from the approval on; finance pays it once."""

import hashlib
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import F, Sum
from django.utils.translation import gettext as _

from campaigns.budgets import services as budgets
from campaigns.budgets.models import BudgetLine
from campaigns.budgets.rules import missing
from campaigns.budgets.selectors import balance_on
from campaigns.budgets.services.ledger import lock_line, refusal
from campaigns.expenses.models import ExpenseClaim, Receipt
from campaigns.expenses.rules import share_of
from campaigns.expenses.selectors import PhoneMonth, claimed_before, phone_month, phone_of
from campaigns.expenses.terms import CLAIM_MOVES, ClaimState, ExpenseKind
from kam.approvals import services as approvals
from kam.audit.services import record
from kam.core.clock import business_date
from kam.core.days import say_day
from kam.core.errors import BusinessError
from kam.core.locks import hold_name, locked
from kam.core.money import ZERO
from kam.core.numbers import next_number
from kam.core.transitions import ensure_transition
from kam.files import services as files
from kam.notes.terms import SourceKey
from kam.users.models import User
from kam.users.scopes import team_of

SUBJECT = "expense_claim"
FILES = "campaigns.receipt"


@transaction.atomic
def begin_claim(purpose: str, line: BudgetLine, *, by: User) -> ExpenseClaim:
    """Begin a claim; receipts are added to it one by one."""
    lock_line(line.pk)
    claim = ExpenseClaim.objects.create(
        number=next_number(ExpenseClaim, "BX", business_date().year),
        claimant=by,
        team=team_of(by),
        purpose=purpose,
        line=line,
        begun_on=business_date(),
    )
    record("campaigns.claim.begun", claim, by=by)
    return claim


@transaction.atomic
def add_receipt(
    claim: ExpenseClaim, told: Mapping[str, Any], upload: "UploadedFile[Any] | None", *, by: User
) -> Receipt:
    """Add a receipt with its picture. Refused where it was claimed before: same number, day and amount, or the same file.

    Phone costs above the limit of the month are refused, or paid by the person where `told["own"]` says so (S-227).
    """
    row = _lock(claim)
    _must_be_draft(row)
    if told["on"] > business_date():
        raise BusinessError(_("This day has not come yet."), code="future", field="on")
    _check_ride(row, told)
    digest = _digest(upload)
    if before := claimed_before(told, digest):
        raise _claimed(before)
    receipt = _write(row, {**told, "own_amount": _own_share(row, told)}, digest)
    if upload is not None:
        receipt.file = files.attach(FILES, receipt.pk, upload, by=by)
        receipt.save(update_fields=["file"])
    _sum_up(row)
    record("campaigns.claim.receipt_added", row, by=by, changes={"amount": (None, receipt.paid_amount)})
    return receipt


@transaction.atomic
def drop_receipt(receipt: Receipt, *, by: User) -> None:
    """Take a receipt out of a draft; it may be claimed anew."""
    row = _lock(receipt.claim)
    _must_be_draft(row)
    if receipt.file is not None:
        files.remove(receipt.file, by=by)
    Receipt.objects.filter(pk=receipt.pk).delete()
    _sum_up(row)
    record("campaigns.claim.receipt_dropped", row, by=by, changes={"amount": (receipt.paid_amount, None)})


@transaction.atomic
def submit_claim(claim: ExpenseClaim, *, by: User) -> ExpenseClaim:
    """Hand it in; refused without receipts, and where the line has no such money."""
    row = _lock(claim)
    if row.amount <= ZERO:
        raise BusinessError(_("Add at least one receipt."), code="empty")
    _check_phone(row)
    line = lock_line(row.line_id)
    balance = balance_on(line)
    if lacking := missing(balance, row.amount):
        raise refusal(line, balance, row.amount, lacking)
    _set(row, ClaimState.PENDING, by)
    approvals.submit(SUBJECT, row, by=by)
    row.refresh_from_db()
    return row


@transaction.atomic
def approve_claim(claim: ExpenseClaim, by: User) -> None:
    """Approved: the line holds the money until finance pays."""
    row = _lock(claim)
    held = budgets.reserve(row.line, row.amount, source=source_of(row), by=by, text=row.purpose)
    row.reservation_id = held.entry_id
    _set(row, ClaimState.APPROVED, by, "reservation")


@transaction.atomic
def return_claim(claim: ExpenseClaim, by: User) -> None:
    """A draft again."""
    _set(_lock(claim), ClaimState.DRAFT, by)


@transaction.atomic
def close_claim(claim: ExpenseClaim, by: User, *, state: ClaimState) -> None:
    """Rejected or withdrawn: final; its receipts may be claimed anew."""
    row = _lock(claim)
    row.receipts.update(is_live=False)
    _set(row, state, by)


@transaction.atomic
def pay_claim(claim: ExpenseClaim, *, document: str, by: User) -> ExpenseClaim:
    """Finance pays it, once: a second try is refused, whoever makes it."""
    row = _lock(claim)
    ensure_transition(ClaimState(row.state), ClaimState.PAID, CLAIM_MOVES)
    if row.claimant_id == by.pk:
        raise BusinessError(_("Nobody pays a claim of their own."), code="own")
    assert row.reservation is not None  # noqa: S101 -- a constraint: what is approved holds its money
    paid = budgets.spend(
        row.reservation, row.amount, source=source_of(row), by=by, text=f"{document} {row.purpose}"
    )
    row.payment_id, row.paid_on, row.paid_by, row.document = paid.entry_id, business_date(), by, document
    _set(row, ClaimState.PAID, by, "payment", "paid_on", "paid_by", "document")
    return row


@transaction.atomic
def cancel_claim(claim: ExpenseClaim, reason: str, *, by: User) -> ExpenseClaim:
    """Approved, not paid yet, and not wanted any more: the line gets its money back, the receipts may be claimed anew."""
    row = _lock(claim)
    ensure_transition(ClaimState(row.state), ClaimState.CANCELLED, CLAIM_MOVES)
    assert row.reservation is not None  # noqa: S101 -- a constraint: what is approved holds its money
    budgets.release(row.reservation, by=by, source=source_of(row), text=reason)
    row.receipts.update(is_live=False)
    row.ended_because = reason
    _set(row, ClaimState.CANCELLED, by, "ended_because", reason=reason)
    return row


def source_of(claim: ExpenseClaim) -> SourceKey:
    return SourceKey.of("expense_claim", claim.pk, claim.number)


def _write(claim: ExpenseClaim, told: Mapping[str, Any], digest: str) -> Receipt:
    columns = {name: told[name] for name in ("kind", "on", "number", "amount", "text", "own_amount")}
    if told["kind"] == ExpenseKind.TRANSPORT:
        columns |= {"visit": told.get("visit"), "no_vehicle": told.get("no_vehicle", "")}
    try:
        with transaction.atomic():
            return Receipt.objects.create(claim=claim, digest=digest, **columns)
    except IntegrityError as error:  # somebody claimed it in the same moment
        before = claimed_before(told, digest)
        if before is None:
            raise
        raise _claimed(before) from error


def _check_ride(claim: ExpenseClaim, told: Mapping[str, Any]) -> None:
    """Refuse a visit of somebody else, and one of another day than the receipt's."""
    visit = told.get("visit")
    if visit is None or told["kind"] != ExpenseKind.TRANSPORT:
        return
    if visit.user_id != claim.claimant_id:
        raise BusinessError(_("This visit is not one of yours."), code="visit", field="visit")
    if visit.on != told["on"]:
        words = _("The visit was on %(day)s: a ride is claimed for its day.")
        raise BusinessError(words % {"day": say_day(visit.on)}, code="visit_day", field="visit")


def _own_share(claim: ExpenseClaim, told: Mapping[str, Any]) -> Decimal:
    """Return what of a phone bill the person pays; refused where the limit covers nothing, or less and they did not agree."""
    if told["kind"] != ExpenseKind.PHONE:
        return ZERO
    hold_phone(claim.claimant_id)
    month = phone_month(claim.claimant_id, told["on"])
    share = share_of(told["amount"], month.limit, month.paid)
    if share.paid <= ZERO or (share.own and not told.get("own")):
        raise _over_limit(month, share.own, is_used_up=share.paid <= ZERO)
    return share.own


def _check_phone(claim: ExpenseClaim) -> None:
    """Refuse to hand in what a limit that was lowered meanwhile does not cover."""
    hold_phone(claim.claimant_id)
    for month in phone_of(claim):
        if month.over:
            words = _(
                "Phone costs of %(month)s come to %(paid)s yuan, the limit is %(limit)s. Take the receipt out and add it again."
            )
            raise BusinessError(words % _said(month), code="phone_limit")


def hold_phone(user_id: int) -> None:
    """One at a time looks at a person's limits and adds to what is claimed of them."""
    hold_name(f"expenses:phone:{user_id}")


def _said(month: PhoneMonth) -> dict[str, str]:
    amounts = {"limit": month.limit, "paid": month.paid, "free": month.free}
    return {"month": f"{month.month:%Y-%m}"} | {name: f"{amount:,.2f}" for name, amount in amounts.items()}


def _over_limit(month: PhoneMonth, own: Decimal, *, is_used_up: bool) -> BusinessError:
    if is_used_up:
        words = _(
            "The phone limit of %(month)s, %(limit)s yuan, is used up: %(own)s would be yours to pay. Nothing was added; ask for a higher limit."
        )
        return BusinessError(
            words % (_said(month) | {"own": f"{own:,.2f}"}), code="phone_limit", field="amount"
        )
    words = _(
        "Of the phone limit of %(month)s, %(limit)s yuan, %(free)s are free: %(own)s would be yours to pay. Nothing was added; "
        "say below that you pay the rest, or ask for a higher limit."
    )
    return BusinessError(words % (_said(month) | {"own": f"{own:,.2f}"}), code="phone_limit", field="amount")


def _claimed(before: Receipt) -> BusinessError:
    words = _(
        "This receipt is in the claim %(number)s already: number %(receipt)s, %(amount)s yuan. Nothing was added."
    )
    told = {"number": before.claim.number, "receipt": before.number, "amount": f"{before.amount:,.2f}"}
    return BusinessError(words % told, code="duplicate", field="number")


def _digest(upload: "UploadedFile[Any] | None") -> str:
    """Return the hash of the file as it was sent: pictures are drawn anew when they are stored."""
    if upload is None:
        return ""
    digest = hashlib.sha256(b"".join(upload.chunks())).hexdigest()
    upload.seek(0)
    return digest


def _sum_up(row: ExpenseClaim) -> None:
    row.amount = row.receipts.aggregate(total=Sum(F("amount") - F("own_amount")))["total"] or Decimal(0)
    row.version += 1
    row.save(update_fields=["amount", "version"])


def _must_be_draft(row: ExpenseClaim) -> None:
    if row.state != ClaimState.DRAFT:
        raise BusinessError(_("Only a draft is changed."), code="not_draft")


def _lock(claim: ExpenseClaim) -> ExpenseClaim:
    return locked(ExpenseClaim.objects.filter(pk=claim.pk).select_related("line", "reservation")).get()


def _set(row: ExpenseClaim, state: ClaimState, by: User, *fields: str, reason: str = "") -> None:
    ensure_transition(ClaimState(row.state), state, CLAIM_MOVES)
    before, row.state = row.state, state
    row.version += 1
    row.save(update_fields=["state", *fields, "version"])
    changes = {"state": (before, state.value)}
    record(f"campaigns.claim.{state.value}", row, by=by, changes=changes, reason=reason)
