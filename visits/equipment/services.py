"""The acts on loans: ask, endorse, hand out, take back, hand over. The days of the thing are booked from asking on."""

from collections.abc import Callable
from datetime import date, time, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from kam.approvals import services as approvals
from kam.audit.services import record
from kam.core.clock import business_date, moment
from kam.core.errors import BusinessError, ConflictError
from kam.core.locks import locked
from kam.core.numbers import next_number
from kam.core.transitions import ensure_transition
from kam.notes.terms import SourceKey
from kam.users.models import User
from kam.users.scopes import team_of
from visits.bookings.models import Resource
from visits.bookings.rules import Slot
from visits.bookings.selectors import Wanted
from visits.bookings.services import release, take
from visits.bookings.terms import ResourceKind
from visits.equipment.labels import PROBLEMS
from visits.equipment.models import Loan
from visits.equipment.rules import loan_problem
from visits.equipment.terms import LOAN_MOVES, LoanState

SUBJECT = "equipment"


@transaction.atomic
def ask_loan(resource: Resource, purpose: str, first: date, last: date, *, by: User) -> Loan:
    """Ask for equipment, naming the purpose; refused where somebody has it on one of the days."""
    _check(purpose, first, last)
    loan = Loan.objects.create(
        number=next_number(Loan, "SB", business_date().year),
        user=by,
        team=team_of(by),
        resource=resource,
        purpose=purpose.strip()[:300],
        starts_on=first,
        ends_on=last,
        asked_on=business_date(),
    )
    _book(loan)
    record("visits.loan.pending", loan, by=by, changes={"purpose": (None, loan.purpose)})
    return _submit(loan, by)


@transaction.atomic
def ask_again(
    loan: Loan, resource: Resource, purpose: str, first: date, last: date, *, by: User, version: int
) -> Loan:
    """Write a returned request anew and hand it in again."""
    row = _lock(loan)
    if row.version != version:
        raise ConflictError(_("Somebody changed this request meanwhile. Look at it again."), code="stale")
    _check(purpose, first, last)
    row.resource, row.purpose, row.starts_on, row.ends_on = resource, purpose.strip()[:300], first, last
    _set(row, LoanState.PENDING, by, "resource", "purpose", "starts_on", "ends_on")
    _book(row)
    return _submit(row, by)


@transaction.atomic
def approve_loan(loan: Loan, by: User) -> None:
    _set(_lock(loan), LoanState.APPROVED, by)


def end_request(state: LoanState) -> Callable[[Loan, User], None]:
    """Return the effect of a decision that gives the days back."""

    @transaction.atomic
    def effect(loan: Loan, by: User) -> None:
        row = _lock(loan)
        _set(row, state, by)
        release(source_of(row))

    return effect


@transaction.atomic
def cancel_loan(loan: Loan, *, by: User) -> Loan:
    """It is not needed: the days are free again."""
    row = _lock(loan)
    _set(row, LoanState.CANCELLED, by)
    release(source_of(row))
    return row


@transaction.atomic
def hand_out(loan: Loan, *, by: User) -> Loan:
    """The clerk gives it out; refused while it is still with somebody else."""
    row = _lock(loan)
    locked(Resource.objects.filter(pk=row.resource_id), no_key=True).get()
    other = (
        locked(Loan.objects.filter(resource=row.resource, state=LoanState.OUT)).select_related("user").first()
    )
    if other is not None:
        words = _("%(name)s still has it (%(number)s).") % {"name": other.user.name, "number": other.number}
        raise ConflictError(words, code="still_out")
    row.out_on, row.out_by = business_date(), by
    _set(row, LoanState.OUT, by, "out_on", "out_by")
    return row


@transaction.atomic
def take_back(loan: Loan, *, condition: str, by: User) -> Loan:
    """It came back, in this condition; days that were left are free again."""
    row = _lock(loan)
    row.back_on, row.back_by, row.condition = business_date(), by, condition.strip()[:200]
    _set(row, LoanState.BACK, by, "back_on", "back_by", "condition")
    release(source_of(row))
    return row


@transaction.atomic
def pass_on(loan: Loan, *, to: User, by: User) -> None:
    """A handover: the successor answers for what the other person had drawn."""
    row = _lock(loan)
    before, row.user, row.team = row.user, to, team_of(to)
    row.version += 1
    row.save(update_fields=["user", "team", "version"])
    record("visits.loan.passed_on", row, by=by, changes={"user": (before, to)})


def source_of(loan: Loan) -> SourceKey:
    return SourceKey.of("loan", loan.pk, loan.number)


def _check(purpose: str, first: date, last: date) -> None:
    if problem := loan_problem(purpose, first, last, today=business_date()):
        field, code = problem
        raise BusinessError(PROBLEMS[code], code=code, field=field)


def _book(loan: Loan) -> None:
    """Take the thing from its first morning to its last evening; the constraint has the last word."""
    start = moment(loan.starts_on, time())
    slot = Slot(start, moment(loan.ends_on + timedelta(days=1), time()))
    wanted = Wanted(ResourceKind.EQUIPMENT, loan.resource.pk, loan.resource.name)
    take([wanted], slot, labels=[loan.user.name], source=source_of(loan), windows=list)


def _submit(row: Loan, by: User) -> Loan:
    approvals.submit(SUBJECT, row, by=by)
    row.refresh_from_db()
    return row


def _lock(loan: Loan) -> Loan:
    return locked(Loan.objects.filter(pk=loan.pk).select_related("user", "resource")).get()


def _set(row: Loan, state: LoanState, by: User, *fields: str) -> None:
    ensure_transition(LoanState(row.state), state, LOAN_MOVES)
    before, row.state = row.state, state
    row.version += 1
    row.save(update_fields=["state", *fields, "version"])
    record(f"visits.loan.{state.value}", row, by=by, changes={"state": (before, state.value)})
