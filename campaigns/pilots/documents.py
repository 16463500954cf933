"""A pilot on paper: 内测方案与轮次总结."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from campaigns.pilots.models import Pilot
from campaigns.pilots.selectors import shown_pilot
from kam.pdf.services import Sheet
from kam.users.models import User


def pilot_sheet(pilot: Pilot, reader: User, *, language: str) -> Sheet:
    """Return the plan and every round: its units as far as the reader sees them, figures against targets, the decision with its reasons."""
    with override(language):
        return Sheet(
            "campaigns_pilot",
            {"pilot": pilot, "shown": shown_pilot(pilot, reader)},
            _("Pilot launch"),
            pilot.campaign.code,
            "campaigns.pilot",
            language=language,
            signatures=(_("Coordinator"), _("Key-account director"), _("Marketing director")),
        )
