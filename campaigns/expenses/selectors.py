"""Reads of claims: what goes over the phone allowance, and where a receipt was claimed before."""

from collections.abc import Mapping
from typing import Any

from campaigns.expenses.models import ExpenseClaim, Receipt
from campaigns.expenses.rules import Call, Over, over_allowance
from campaigns.expenses.terms import ExpenseKind
from kam.settings_rows.selectors import setting


def claimed_before(told: Mapping[str, Any], digest: str) -> Receipt | None:
    """Return the receipt that was claimed with the same number, day and amount, or with the same file."""
    live = Receipt.objects.filter(is_live=True).select_related("claim")
    found = live.filter(number=told["number"], on=told["on"], amount=told["amount"]).first()
    return found or (live.filter(digest=digest).first() if digest else None)


def phone_over(claim: ExpenseClaim) -> list[Over]:
    """Return the months of this claim whose phone costs, with all claims of the person, go over the allowance."""
    live = Receipt.objects.filter(is_live=True, kind=ExpenseKind.PHONE)
    mine = set(live.filter(claim=claim).values_list("on__year", "on__month"))
    rows = live.filter(claim__claimant=claim.claimant_id).values_list("on", "amount")
    calls = [Call(on, amount) for on, amount in rows if (on.year, on.month) in mine]
    return over_allowance(calls, setting("expenses_phone_month"))  # type: ignore[arg-type]  # defined as an amount
