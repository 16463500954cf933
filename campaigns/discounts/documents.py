"""Discount rules on paper: the confirmation 大客户优惠折扣确认, which the bill of materials of every campaign asks for (S-106, S-122)."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import override

from campaigns.campaigns.models import Campaign
from campaigns.discounts.selectors import versions_shown
from kam.pdf.services import Sheet


def confirmation_sheet(campaign: Campaign, *, day: date, language: str) -> Sheet:
    """Return what a campaign gives to whom from how many sets on, as in force on a day and approved for later, to be signed."""
    with override(language):
        return Sheet(
            "campaigns_discounts",
            {"campaign": campaign, "day": day, "versions": versions_shown(campaign, day)},
            _("Confirmation of key-account discounts"),
            f"DC-{day:%Y%m%d}-{campaign.pk}",
            "campaigns.discounts",
            language=language,
            signatures=(_("Key-account director"), _("Marketing director"), _("General manager")),
        )
