"""Budgets on paper: the budget to be signed, the report that asks for more, the statement of the ledger."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import override

from campaigns.budgets.models import Budget, BudgetChange, BudgetLine
from campaigns.budgets.rules import Balance
from campaigns.budgets.selectors import (
    balance_on,
    changes_of,
    count_entries,
    leaves_of,
    newest_entries,
    shown_budget,
)
from campaigns.budgets.terms import ChangeKind
from kam.notes.registry import link_of
from kam.notes.terms import SourceKey
from kam.pdf.services import Sheet
from kam.users.models import User

#: A statement on paper holds so many entries, the newest; the list of entries and its files have all.
MOST_PRINTED = 2_000


def budget_sheet(budget: Budget, *, language: str) -> Sheet:
    """Return the budget as a form: its tree with what each line has, and boxes for those who decide."""
    with override(language):
        return Sheet(
            "campaigns_budget",
            {"shown": shown_budget(budget), "budget": budget, "changes": list(changes_of(budget))},
            _("Budget: %(name)s") % {"name": budget.name},
            budget.number,
            "campaigns.budget",
            language=language,
            signatures=(
                _("Drafted by"),
                _("Key-account manager"),
                _("Key-account director"),
                _("Marketing director"),
                _("Finance"),
            ),
        )


def report_sheet(change: BudgetChange, *, language: str) -> Sheet:
    """Return the report: line, amount, before and after, reason."""
    with override(language):
        budget = change.line.budget
        return Sheet(
            "campaigns_budget_report",
            {
                "change": change,
                "budget": budget,
                "sides": sides_of(change),
                "overrun": overrun_of(change),
            },
            _("Budget report: %(kind)s") % {"kind": change.get_kind_display()},
            change.number,
            "campaigns.budget_report",
            language=language,
            signatures=(
                _("Applicant"),
                _("Key-account manager"),
                _("Key-account director"),
                *(() if change.kind == ChangeKind.OVERRUN else (_("Marketing director"), _("Finance"))),
            ),
        )


def sides_of(change: BudgetChange) -> list[tuple[BudgetLine, Balance, Balance]]:
    """Return the lines of a report with what they have without it and with it; an overrun moves nothing."""
    if change.kind == ChangeKind.OVERRUN:
        return []
    sides = [(change.line, change.amount)]
    if change.from_line is not None:
        sides.append((change.from_line, -change.amount))
    is_done = change.state == "approved"
    found = []
    for line, amount in sides:
        now = balance_on(line)
        other = Balance(now.budgeted - amount if is_done else now.budgeted + amount, now.reserved, now.spent)
        found.append((line, other, now) if is_done else (line, now, other))
    return found


@dataclass(frozen=True, slots=True)
class Overrun:
    """A bill above what was approved: its document, both sums, and what the line has left."""

    document: str
    url: str
    approved: Decimal
    paid: Decimal
    free: Decimal


def overrun_of(change: BudgetChange) -> Overrun | None:
    """Return what an overrun report is about, None for one that asks for money."""
    payment = change.payment
    if payment is None or payment.reservation is None:
        return None
    held = payment.reservation
    url = link_of(SourceKey(payment.source_kind, payment.source_id, payment.source_label))
    free = balance_on(change.line).free
    return Overrun(payment.source_label, url, held.reserved, payment.spent, free)


def statement_sheet(budget: Budget, line: BudgetLine | None, *, reader: User, language: str) -> Sheet:
    """Return the entries in their order, with what was free after each and what `reader` may know; of a very long ledger the newest."""
    with override(language):
        shown, leaves = shown_budget(budget), leaves_of(budget, line)
        entries = newest_entries(leaves, MOST_PRINTED, reader=reader)[::-1]
        is_cut = len(entries) == MOST_PRINTED and count_entries(leaves) > MOST_PRINTED
        number = f"{budget.number}-{line.number}" if line else budget.number
        return Sheet(
            "campaigns_ledger",
            {"budget": budget, "line": line, "entries": entries, "is_cut": is_cut, "shown": shown},
            _("Ledger statement: %(name)s") % {"name": line.name if line else budget.name},
            number,
            "campaigns.ledger",
            language=language,
            landscape=True,
            signatures=(_("Prepared by"), _("Checked by")),
        )
