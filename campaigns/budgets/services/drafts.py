"""Budgets until they hold money: drafted, handed in, decided, and the two of the source."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.budgets.labels import PROBLEMS, SUM_PROBLEM
from campaigns.budgets.models import Budget, BudgetChange, BudgetLine
from campaigns.budgets.rules import (
    Delta,
    Planned,
    Problem,
    numbers_of,
    parents_of,
    shape_problem,
    sum_problem,
    total_of,
)
from campaigns.budgets.selectors import last_number, planned_of
from campaigns.budgets.services.ledger import Paper, give, said
from campaigns.budgets.terms import BUDGET_MOVES, BudgetState, MovementKind
from campaigns.campaigns.models import Campaign
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

FIXTURE = settings.BASE_DIR / "fixtures" / "budgets.json"
SUBJECT = "budget"
#: One running number at a time, for budgets and for reports.
_NUMBERS = 21_040_119


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the lines."""

    name: str
    campaign: Campaign | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    note: str = ""


@transaction.atomic
def draft_budget(head: Head, lines: Sequence[Planned], *, by: User | None) -> Budget:
    """Write a draft with its lines; they need not add up yet."""
    _check_head(head)
    _refuse(shape_problem(lines), lines)
    budget = Budget.objects.create(
        number=next_number(Budget, "BU"),
        name=head.name,
        campaign=head.campaign,
        starts_on=head.starts_on,
        ends_on=head.ends_on,
        note=head.note,
        drafted_by=by,
    )
    _write_lines(budget, lines)
    record("campaigns.budget.drafted", budget, by=by, changes={"amount": (None, total_of(lines))})
    return budget


@transaction.atomic
def redraft(budget: Budget, head: Head, lines: Sequence[Planned], *, by: User, version: int) -> Budget:
    """Write head and lines of a draft anew; `version` is the one that the writer saw."""
    row = _lock(budget)
    if row.version != version:
        raise ConflictError(_("Somebody changed this draft meanwhile. Look at it again."), code="stale")
    if row.state != BudgetState.DRAFT:
        raise BusinessError(_("Only a draft is changed."), code="not_draft")
    _check_head(head)
    _refuse(shape_problem(lines), lines)
    before = total_of(planned_of(row))
    row.name, row.campaign, row.note = head.name, head.campaign, head.note
    row.starts_on, row.ends_on = head.starts_on, head.ends_on
    _save(row, "name", "campaign", "note", "starts_on", "ends_on")
    for line in row.lines.order_by("-level"):
        line.delete()
    _write_lines(row, lines)
    record("campaigns.budget.redrafted", row, by=by, changes={"amount": (before, total_of(lines))})
    return row


@transaction.atomic
def submit_budget(budget: Budget, *, by: User) -> Budget:
    """Hand the draft in; refused where lines do not add up (T-25)."""
    row = _lock(budget)
    ensure_transition(BudgetState(row.state), BudgetState.PENDING, BUDGET_MOVES)
    lines = planned_of(row)
    _refuse(shape_problem(lines) or sum_problem(lines), lines)
    _set(row, BudgetState.PENDING, by)
    approvals.submit(SUBJECT, row, by=by)
    row.refresh_from_db()
    return row


@transaction.atomic
def approve_budget(budget: Budget, by: User | None) -> None:
    """The budget holds money: each leaf gets its own."""
    row = _lock(budget)
    hold_open(row.campaign)
    row.approved_at, row.approved_by = timezone.now(), by
    _set(row, BudgetState.APPROVED, by, "approved_at", "approved_by")
    paper = Paper(SourceKey.of("budget", row.pk, row.number), row.name)
    for line in row.lines.leaves().filter(amount__gt=0):
        give(line, Delta(MovementKind.BUDGET, budgeted=line.amount), paper, by=by)


@transaction.atomic
def return_budget(budget: Budget, by: User) -> None:
    """A draft again."""
    _set(_lock(budget), BudgetState.DRAFT, by)


@transaction.atomic
def close_budget(budget: Budget, by: User, *, state: BudgetState) -> None:
    """Rejected or withdrawn: final."""
    _set(_lock(budget), state, by)


def copy_budget(budget: Budget, *, by: User) -> Budget:
    """Copy the lines of a budget that was decided to a new draft."""
    if budget.state in {BudgetState.DRAFT, BudgetState.PENDING}:
        raise BusinessError(_("This budget is still open: change it instead."), code="open")
    head = Head(budget.name, budget.campaign, budget.starts_on, budget.ends_on, budget.note)
    return draft_budget(head, planned_of(budget), by=by)


@transaction.atomic
def load_budgets() -> list[Budget]:
    """Write the budgets of the source for those of its campaigns that have none yet, as approved; return those written."""
    entries = json.loads(FIXTURE.read_text("utf-8"))
    codes = {entry["campaign"] for entry in entries}
    campaigns = {c.code: c for c in Campaign.objects.filter(code__in=codes, budgets__isnull=True)}
    return [_load(entry, campaigns[entry["campaign"]]) for entry in entries if entry["campaign"] in campaigns]


def _load(entry: Mapping[str, Any], campaign: Campaign) -> Budget:
    lines = [
        Planned(line["level"], line["name"], Decimal(line["amount"]), line.get("note", ""))
        for line in entry["lines"]
    ]
    _refuse(sum_problem(lines), lines)
    head = Head(entry["name"], campaign, campaign.window_from, campaign.window_to, entry["note"])
    budget = draft_budget(head, lines, by=None)
    _set(budget, BudgetState.PENDING, None)
    approve_budget(budget, None)
    budget.refresh_from_db()
    return budget


def next_number(model: type[Budget] | type[BudgetChange], kind: str) -> str:
    """Return the next running number of this year; the lock is held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_NUMBERS])
    prefix = f"{kind}-{business_date().year}-"
    return f"{prefix}{last_number(model, prefix) + 1:04d}"


def _write_lines(budget: Budget, lines: Sequence[Planned]) -> None:
    numbers, parents = numbers_of(lines), parents_of(lines)
    rows: list[BudgetLine] = []
    for place, line in enumerate(lines):
        above = parents[place]
        rows.append(
            BudgetLine.objects.create(
                budget=budget,
                parent=None if above is None else rows[above],
                place=place,
                level=line.level,
                number=numbers[place],
                name=line.name,
                amount=to_cents(line.amount),
                note=line.note,
            )
        )


def _check_head(head: Head) -> None:
    if (head.starts_on is None) != (head.ends_on is None):
        words = _("Name both days of the period, or neither.")
        raise BusinessError(words, code="period", field="ends_on")
    if head.starts_on and head.ends_on and head.ends_on < head.starts_on:
        raise BusinessError(_("The last day lies before the first."), code="order", field="ends_on")


def _refuse(problem: Problem | None, lines: Iterable[Planned]) -> None:
    """Raise the problem at its line."""
    if problem is None:
        return
    words = str(PROBLEMS.get(problem.code, ""))
    if problem.code == "sum":
        name = list(lines)[problem.place].name
        words = SUM_PROBLEM % {"name": name, "told": said(problem.told), "parts": said(problem.parts)}
    raise BusinessError(words, code=problem.code, field=f"line-{problem.place}")


def _lock(budget: Budget) -> Budget:
    return locked(Budget.objects.filter(pk=budget.pk)).get()


def _set(row: Budget, state: BudgetState, by: User | None, *fields: str) -> None:
    ensure_transition(BudgetState(row.state), state, BUDGET_MOVES)
    before, row.state = row.state, state
    _save(row, "state", *fields)
    record(f"campaigns.budget.{state.value}", row, by=by, changes={"state": (before, state.value)})


def _save(row: Budget, *fields: str) -> None:
    row.version += 1
    row.save(update_fields=[*fields, "version"])
