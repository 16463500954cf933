"""The receipt of earnest money: the serial that prevails when homes are chosen."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from campaigns.earnest.models import Earnest
from campaigns.earnest.selectors import choice_of
from kam.core.clock import department_zone
from kam.pdf.services import Sheet
from kam.users.models import User


def receipt_sheet(earnest: Earnest, *, by: User) -> Sheet:
    """Return the receipt; a refunded one says that its serial is void."""
    with override(by.language):
        return Sheet(
            "campaigns_earnest",
            {"earnest": earnest, "choice": choice_of(earnest), "received": _said(earnest.received_at)},
            title=_("Receipt of earnest money"),
            number=earnest.number,
            kind="campaigns.earnest",
            language=by.language,
            signatures=(_("Buyer"), _("Key-account specialist"), _("Finance")),
        )


def _said(moment: datetime | None) -> str:
    """Return the department's time, whoever prints: the same data make the same paper."""
    return f"{moment.astimezone(department_zone()):%Y-%m-%d %H:%M:%S}" if moment else ""
