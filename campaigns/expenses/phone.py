"""The acts on phone limits: ask, decide. One limit a person and month holds; the next one of that month replaces it (S-227)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.expenses.models import PhoneLimit
from campaigns.expenses.rules import months_offered
from campaigns.expenses.services import hold_phone
from campaigns.expenses.terms import LIMIT_MOVES, LimitState
from kam.approvals import services as approvals
from kam.audit.services import record
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.core.locks import locked
from kam.core.numbers import next_number
from kam.core.transitions import ensure_transition
from kam.users.models import User
from kam.users.scopes import colleagues_seen_by, team_of

SUBJECT = "phone_allowance"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: how much a month, from which month on or in that month only, and why."""

    amount: Decimal
    starts_on: date
    only: bool
    reason: str


@transaction.atomic
def ask_limit(user: User, asked: Asked, *, by: User) -> PhoneLimit:
    """Ask for a person's limit and hand it in; refused for people whom one does not lead."""
    _check(asked)
    if user.pk != by.pk and not colleagues_seen_by(by).filter(pk=user.pk).exists():
        raise BusinessError(_("This is nobody of yours."), code="person", field="user")
    row = PhoneLimit.objects.create(
        number=next_number(PhoneLimit, "DH", business_date().year),
        user=user,
        team=team_of(user),
        asked_by=by,
        asked_on=business_date(),
        amount=asked.amount,
        starts_on=asked.starts_on,
        only=asked.only,
        reason=asked.reason,
    )
    record("campaigns.phone_limit.pending", row, by=by, changes={"amount": (None, row.amount)})
    return _submit(row, by)


@transaction.atomic
def ask_again(limit: PhoneLimit, asked: Asked, *, by: User, version: int) -> PhoneLimit:
    """Write a returned request anew and hand it in again."""
    row = _lock(limit)
    if row.version != version:
        raise ConflictError(_("Somebody changed this request meanwhile. Look at it again."), code="stale")
    _check(asked)
    row.amount, row.starts_on, row.only, row.reason = (
        asked.amount,
        asked.starts_on,
        asked.only,
        asked.reason,
    )
    _set(row, LimitState.PENDING, by, "amount", "starts_on", "only", "reason")
    return _submit(row, by)


@transaction.atomic
def approve_limit(limit: PhoneLimit, by: User) -> None:
    """It holds; one that held for the same month before is replaced."""
    row = _lock(limit)
    hold_phone(row.user_id)
    rows = PhoneLimit.objects.filter(user=row.user_id, starts_on=row.starts_on, only=row.only)
    for before in locked(rows.filter(state=LimitState.APPROVED)):
        _set(before, LimitState.REPLACED, by)
    _set(row, LimitState.APPROVED, by)


def end_request(state: LimitState) -> Callable[[PhoneLimit, User], None]:
    """Return the effect of a decision after which nothing holds."""

    @transaction.atomic
    def effect(limit: PhoneLimit, by: User) -> None:
        _set(_lock(limit), state, by)

    return effect


def _check(asked: Asked) -> None:
    if asked.starts_on not in months_offered(business_date()):
        words = _("A limit begins with last month at the earliest, and within a year.")
        raise BusinessError(words, code="month", field="starts_on")


def _submit(row: PhoneLimit, by: User) -> PhoneLimit:
    approvals.submit(SUBJECT, row, by=by)
    row.refresh_from_db()
    return row


def _lock(limit: PhoneLimit) -> PhoneLimit:
    return locked(PhoneLimit.objects.filter(pk=limit.pk).select_related("user")).get()


def _set(row: PhoneLimit, state: LimitState, by: User, *fields: str) -> None:
    ensure_transition(LimitState(row.state), state, LIMIT_MOVES)
    before, row.state = row.state, state
    row.version += 1
    row.save(update_fields=["state", *fields, "version"])
    record(f"campaigns.phone_limit.{state.value}", row, by=by, changes={"state": (before, state.value)})
