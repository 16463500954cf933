"""The proposal on paper. Its title and number say nothing: the page that checks a document shows them to whoever holds the code."""

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from kam.pdf.services import Sheet
from kam.personnel.models import Proposal
from kam.personnel.selectors import evidence_of


def proposal_sheet(proposal: Proposal, *, language: str) -> Sheet:
    with override(language):
        return Sheet(
            "personnel_proposal",
            {"proposal": proposal, "files": list(evidence_of(proposal))},
            _("Personnel proposal %(number)s") % {"number": proposal},
            str(proposal),
            "personnel.proposal",
            language=language,
            signatures=(str(_("Proposed by")), str(_("Decided by")), pgettext("staff", "Person")),
        )
