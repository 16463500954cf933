"""Receptions on paper: the request 客户接待申请表 and the report 客户接待报告表."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from campaigns.receptions.models import Reception
from campaigns.receptions.services import SUBJECT
from kam.approvals.cards import decisions_of
from kam.pdf.services import Sheet


def request_sheet(reception: Reception, *, language: str) -> Sheet:
    """Return the request: guests, days, purpose, itinerary, standard, cost, money, decisions."""
    with override(language):
        return Sheet(
            "campaigns_reception_request",
            {
                "reception": reception,
                "guests": list(reception.guests.select_related("person")),
                "decisions": decisions_of(SUBJECT, reception),
            },
            _("Reception request"),
            reception.number,
            "campaigns.reception_request",
            language=language,
            signatures=(
                _("Applicant"),
                _("Key-account manager"),
                _("Key-account director"),
                _("Finance"),
            ),
        )


def report_sheet(reception: Reception, *, language: str) -> Sheet:
    """Return the report: who came, what happened, what came of it, what it cost against what was estimated."""
    with override(language):
        return Sheet(
            "campaigns_reception_report",
            {
                "reception": reception,
                "guests": list(reception.guests.select_related("person").filter(came=True)),
            },
            _("Reception report"),
            f"{reception.number}-R",
            "campaigns.reception_report",
            language=language,
            signatures=(_("Reported by"), _("Key-account manager"), _("Finance")),
        )
