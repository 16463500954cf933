"""Expense claims on paper: every receipt, the sum, who decided, who paid."""

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from campaigns.expenses.models import ExpenseClaim
from campaigns.expenses.services import SUBJECT
from kam.approvals.cards import decisions_of
from kam.pdf.services import Sheet


def claim_sheet(claim: ExpenseClaim, *, language: str) -> Sheet:
    """Return the claim as a form to be signed."""
    with override(language):
        return Sheet(
            "campaigns_expense_claim",
            {
                "claim": claim,
                "receipts": list(claim.receipts.all()),
                "decisions": decisions_of(SUBJECT, claim),
            },
            _("Expense claim"),
            claim.number,
            "campaigns.expense_claim",
            language=language,
            signatures=(
                _("Claimant"),
                _("Key-account manager"),
                _("Finance"),
                pgettext("receipt", "Received by"),
            ),
        )
