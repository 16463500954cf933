"""Reports on an approved budget: more money on a line, or money of another line. Nothing moves before the last decision."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.budgets.models import BudgetChange, BudgetLine
from campaigns.budgets.rules import Delta, missing
from campaigns.budgets.selectors import balance_on
from campaigns.budgets.services.drafts import next_number
from campaigns.budgets.services.ledger import Paper, give, lock_line, refusal
from campaigns.budgets.terms import CHANGE_MOVES, ChangeKind, ChangeState, MovementKind
from campaigns.campaigns.services import hold_open
from kam.approvals import services as approvals
from kam.audit.services import record
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.core.locks import locked
from kam.core.money import to_cents
from kam.core.transitions import ensure_transition
from kam.notes.terms import SourceKey
from kam.users.models import User

SUBJECT = "budget_supplement"


@dataclass(frozen=True, slots=True)
class Report:
    """What is asked: so much for a line, from another line of the same budget where it is a transfer, and why."""

    line: BudgetLine
    amount: Decimal
    reason: str
    from_line: BudgetLine | None = None

    @property
    def kind(self) -> ChangeKind:
        return ChangeKind.SUPPLEMENT if self.from_line is None else ChangeKind.TRANSFER


@transaction.atomic
def ask_change(report: Report, *, by: User) -> BudgetChange:
    """Write the report and hand it in."""
    amount = _check(report)
    change = BudgetChange.objects.create(
        number=next_number(BudgetChange, "BS"),
        kind=report.kind,
        line=report.line,
        from_line=report.from_line,
        amount=amount,
        reason=report.reason,
        asked_by=by,
        asked_on=business_date(),
    )
    record("campaigns.budget_report.pending", change, by=by, changes={"amount": (None, amount)})
    approvals.submit(SUBJECT, change, by=by)
    change.refresh_from_db()
    return change


@transaction.atomic
def send_again(change: BudgetChange, report: Report, *, by: User, version: int) -> BudgetChange:
    """Write a returned report anew and hand it in again."""
    row = lock_change(change)
    if row.version != version:
        raise ConflictError(_("Somebody changed this report meanwhile. Look at it again."), code="stale")
    before, row.amount = row.amount, _check(report)
    row.kind, row.line, row.from_line, row.reason = report.kind, report.line, report.from_line, report.reason
    set_change(row, ChangeState.PENDING, by, "kind", "line", "from_line", "amount", "reason")
    if before != row.amount:
        record("campaigns.budget_report.changed", row, by=by, changes={"amount": (before, row.amount)})
    approvals.submit(SUBJECT, row, by=by)
    row.refresh_from_db()
    return row


@transaction.atomic
def apply_change(change: BudgetChange, by: User) -> None:
    """Approved: the money moves now; refused where the giving line has spent it meanwhile."""
    row = lock_change(change)
    lines = _locked_lines(row.line, row.from_line)
    paper = Paper(SourceKey.of("budget_report", row.pk, row.number), row.reason, change=row)
    if row.from_line_id is None:
        give(lines[row.line_id], Delta(MovementKind.SUPPLEMENT, budgeted=row.amount), paper, by=by)
    else:
        _check_source(lines[row.from_line_id], row.amount)
        give(lines[row.from_line_id], Delta(MovementKind.TRANSFER, budgeted=-row.amount), paper, by=by)
        give(lines[row.line_id], Delta(MovementKind.TRANSFER, budgeted=row.amount), paper, by=by)
    set_change(row, ChangeState.APPROVED, by)


@transaction.atomic
def return_change(change: BudgetChange, by: User) -> None:
    """Back to its writer."""
    set_change(lock_change(change), ChangeState.RETURNED, by)


@transaction.atomic
def close_change(change: BudgetChange, by: User, *, state: ChangeState) -> None:
    """Decided without any money moved: final."""
    set_change(lock_change(change), state, by)


def _check(report: Report) -> Decimal:
    """Return the amount in cents where the report can be handed in."""
    amount = to_cents(report.amount)
    if amount <= 0:
        raise BusinessError(_("Name an amount above nothing."), code="positive", field="amount")
    if report.from_line is not None and report.from_line.pk == report.line.pk:
        raise BusinessError(_("Choose two different lines."), code="same", field="from_line")
    if report.from_line is not None and report.from_line.budget_id != report.line.budget_id:
        raise BusinessError(
            _("Money moves between lines of one budget only."), code="budget", field="from_line"
        )
    lines = _locked_lines(report.line, report.from_line)
    if report.from_line is not None:
        _check_source(lines[report.from_line.pk], amount)
    return amount


def _locked_lines(line: BudgetLine, from_line: BudgetLine | None) -> dict[int, BudgetLine]:
    """Return the lines of a report under lock, by number: first the campaign, then the lines in order, so that two reports never wait
    for each other. More money is refused where the campaign was closed; moving it is not.
    """
    if from_line is None:
        fresh = BudgetLine.objects.select_related("budget__campaign").get(pk=line.pk)
        hold_open(fresh.budget.campaign)
    return {pk: lock_line(pk) for pk in sorted({line.pk, *([from_line.pk] if from_line else [])})}


def _check_source(line: BudgetLine, amount: Decimal) -> None:
    balance = balance_on(line)
    if lacking := missing(balance, amount):
        raise refusal(line, balance, amount, lacking)


def lock_change(change: BudgetChange) -> BudgetChange:
    """Return a report under lock."""
    return locked(BudgetChange.objects.filter(pk=change.pk)).get()


def set_change(row: BudgetChange, state: ChangeState, by: User, *fields: str) -> None:
    """Move a report on, with its audit."""
    ensure_transition(ChangeState(row.state), state, CHANGE_MOVES)
    before, row.state = row.state, state
    row.version += 1
    row.save(update_fields=["state", *fields, "version"])
    changes = {"state": (before, state.value)}
    record(f"campaigns.budget_report.{state.value}", row, by=by, changes=changes)
