"""Sponsorships on paper: the request 赞助申请表, with its result once it is reported."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from campaigns.sponsorships.models import Sponsorship
from campaigns.sponsorships.services import SUBJECT
from kam.approvals.cards import decisions_of
from kam.pdf.services import Sheet


def request_sheet(sponsorship: Sponsorship, *, language: str) -> Sheet:
    """Return the request: event, days, what is given to whom, cost, line, decisions, and what came of it."""
    with override(language):
        return Sheet(
            "campaigns_sponsorship",
            {
                "sponsorship": sponsorship,
                "recipients": list(sponsorship.recipients.select_related("person")),
                "decisions": decisions_of(SUBJECT, sponsorship),
            },
            _("Sponsorship request"),
            sponsorship.number,
            "campaigns.sponsorship",
            language=language,
            signatures=(
                _("Applicant"),
                _("Key-account manager"),
                _("Key-account director"),
                _("Finance"),
            ),
        )
