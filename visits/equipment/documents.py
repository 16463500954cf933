"""The request for equipment on paper 设备领用申请: what, purpose, who endorsed it, out and back."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from kam.approvals.cards import decisions_of
from kam.pdf.services import Sheet
from visits.equipment.models import Loan
from visits.equipment.services import SUBJECT


def loan_sheet(loan: Loan, *, language: str) -> Sheet:
    with override(language):
        return Sheet(
            "equipment_request",
            {"loan": loan, "decisions": decisions_of(SUBJECT, loan)},
            _("Request for equipment"),
            loan.number,
            "visits.loan",
            language=language,
            signatures=(
                _("Applicant"),
                _("Key-account manager"),
                _("Clerk: handed out"),
                _("Clerk: taken back"),
            ),
        )
