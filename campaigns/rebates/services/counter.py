"""At finance's counter: documents are checked, then it is paid – once, from its day on, while every condition still holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from accounts.units.models import KeyAccount
from campaigns.budgets import services as budgets
from campaigns.deals.models import Deal
from campaigns.deals.services import receive_payment
from campaigns.integrity import services as integrity
from campaigns.rebates.labels import MISSING_LABELS
from campaigns.rebates.models import Rebate, RebatePayment
from campaigns.rebates.rules import last_digits, missing_at_counter
from campaigns.rebates.selectors import answer_for
from campaigns.rebates.services.claims import locked_rebate, move
from campaigns.rebates.terms import Condition, RebateMode, RebateState
from kam.audit.services import record
from kam.core.clock import business_date
from kam.core.days import say_day
from kam.core.errors import BusinessError, ConflictError
from kam.core.locks import locked
from kam.core.money import ZERO, to_cents
from kam.core.sentences import listed
from kam.notes.terms import SourceKey
from kam.users.models import User
from kam.users.terms import Position


@dataclass(frozen=True, slots=True)
class Papers:
    """What the key person shows, and who came along. The numbers are not kept."""

    identity: str = ""
    permit: str = ""
    escort: User | None = None


@transaction.atomic
def check_papers(rebate: Rebate, papers: Papers, *, by: User, version: int) -> Rebate:
    """Finance has seen identity card and work permit, and who came along; last four digits and a keyed hash are kept (12-decisions, 20)."""
    row = locked_rebate(rebate, version)
    _refuse_early(row)
    _refuse_missing(papers, by)
    row.identity_last, row.identity_hash = last_digits(papers.identity), _hash("identity", papers.identity)
    row.permit_last, row.permit_hash = last_digits(papers.permit), _hash("permit", papers.permit)
    row.escort, row.checked_by, row.checked_at = papers.escort, by, timezone.now()
    move(row, RebateState.VERIFIED, *_CHECKED)
    told = papers.escort.name if papers.escort else ""
    record("campaigns.rebate.checked", row, by=by, changes={"accompanied_by": (None, told)})
    return row


_CHECKED = (
    *("identity_last", "identity_hash", "permit_last", "permit_hash"),
    *("escort", "checked_by", "checked_at"),
)


@transaction.atomic
def pay(rebate: Rebate, *, by: User, version: int, tax: Decimal = ZERO) -> RebatePayment:
    """Pay in cash, or set it off; a second attempt is refused with day and name. The unit is locked first, like everywhere."""
    list(locked(KeyAccount.objects.filter(pk=rebate.unit_id), no_key=True).values_list("pk"))
    row = locked_rebate(rebate)
    _refuse_paid(row)
    if row.version != version:
        raise ConflictError(_("Somebody changed this meanwhile. Look at it again."), code="stale")
    if row.state != RebateState.VERIFIED:
        raise BusinessError(_("The documents are checked first."), code="unchecked")
    _refuse_early(row)
    _refuse_unearned(row)
    tax = to_cents(tax)
    if not 0 <= tax < row.amount:
        raise BusinessError(_("The tax is less than the amount."), code="tax", field="tax")
    payment = _book(row, tax, by)
    move(row, RebateState.PAID)
    changes = {"paid": (None, payment.gross_amount), "tax": (None, payment.tax_amount)}
    record("campaigns.rebate.paid", row, by=by, changes=changes)
    return payment


@dataclass(frozen=True, slots=True)
class Paid:
    """What became of one row of a bulk payment."""

    rebate: Rebate
    error: str = ""


def pay_many(rebates: Iterable[Rebate], *, by: User) -> list[Paid]:
    """Pay each in a transaction of its own; what is refused is told beside what was paid."""
    told = []
    for rebate in rebates:
        try:
            pay(rebate, by=by, version=rebate.version)
        except BusinessError as error:
            told.append(Paid(rebate, str(error)))
        else:
            told.append(Paid(rebate))
    return told


def _book(row: Rebate, tax: Decimal, by: User) -> RebatePayment:
    """Write the payment, and what follows in register, budget and the own purchase."""
    today = business_date()
    payment = RebatePayment.objects.create(
        rebate=row, on=today, gross_amount=row.amount, tax_amount=tax, net_amount=row.amount - tax, by=by
    )
    if row.benefit is not None:
        integrity.give(row.benefit, by=by, on=today, tax=tax)
    if row.reservation is not None:
        source = SourceKey.of("rebate", row.pk, row.number)
        budgets.spend(row.reservation, row.amount, source=source, by=by, text=row.number)
    if row.mode == RebateMode.SET_OFF and row.own_deal is not None:
        _set_off(row, row.own_deal, today, by)
    return payment


def _set_off(row: Rebate, own: Deal, day: date, by: User) -> None:
    receive_payment(own, amount=row.amount, received_on=day, reference=row.number, by=by, is_set_off=True)


def _refuse_paid(row: Rebate) -> None:
    payment = RebatePayment.objects.filter(rebate=row).select_related("by").first()
    if payment is not None:
        words = _("This rebate was paid on %(day)s by %(name)s. It is not paid twice.")
        raise ConflictError(words % {"day": say_day(payment.on), "name": payment.by.name}, code="paid")


def _refuse_early(row: Rebate) -> None:
    if business_date() < row.due_on:
        words = _("Payable from %(day)s: one week after signing.") % {"day": say_day(row.due_on)}
        raise BusinessError(words, code="early")


def _refuse_missing(papers: Papers, by: User) -> None:
    is_finance = by.is_active and by.position == Position.FINANCE
    has_escort = papers.escort is not None and papers.escort.is_active and papers.escort.pk != by.pk
    missing = missing_at_counter(papers.identity, papers.permit, has_escort=has_escort, is_finance=is_finance)
    if missing:
        names = listed(str(MISSING_LABELS[name]) for name in missing)
        raise BusinessError(_("Missing: %(what)s.") % {"what": names}, code="missing", field=missing[0])


def _refuse_unearned(row: Rebate) -> None:
    """Ask the conditions once more: a cancelled deal, a changed list, another key person."""
    rows = Deal.objects.select_related("unit", "campaign", "customer")
    answer = answer_for(rows.get(pk=row.deal_id))
    failing = [s.text for s in answer.sentences if not s.is_met and s.condition != Condition.NOT_CLAIMED]
    if answer.person is not None and answer.person.pk != row.person_id:
        failing.append(_("Another person is the key person now."))
    if failing:
        raise BusinessError(" ".join(failing), code="unearned")


def _hash(kind: str, number: str) -> str:
    """Return a keyed hash: the same document is recognised, its number is not kept."""
    return salted_hmac(f"kam.rebates.{kind}", number.upper(), algorithm="sha256").hexdigest()
