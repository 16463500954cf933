"""What a loan of equipment may look like, and when it is overdue. See docs/domain/equipment.md."""

from datetime import date

from visits.equipment.terms import LoanState

LONGEST_DAYS = 60


def loan_problem(purpose: str, first: date, last: date, *, today: date) -> tuple[str, str] | None:
    """Return (field, code) of what cannot be asked for."""
    if not purpose.strip():
        return "purpose", "purpose"
    if first < today:
        return "starts_on", "past"
    if last < first:
        return "ends_on", "order"
    return ("ends_on", "long") if (last - first).days >= LONGEST_DAYS else None


def is_overdue(state: LoanState, ends_on: date, today: date) -> bool:
    """Say whether it should be back: the last day itself is on time."""
    return state is LoanState.OUT and today > ends_on
