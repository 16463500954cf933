"""The bill of materials on paper (物料清单)."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from campaigns.campaigns.models import Campaign
from campaigns.materials.models import Material
from kam.pdf.services import Sheet
from kam.users.models import User


def bill_sheet(campaign: Campaign, *, by: User) -> Sheet:
    """Return the bill with due days, who answers for each, and when it was there."""
    with override(by.language):
        return Sheet(
            "campaigns_materials",
            {
                "campaign": campaign,
                "rows": list(Material.objects.filter(campaign=campaign).stocked().order_by("place")),
            },
            title=_("Bill of materials"),
            number=f"BM-{campaign.code}",
            kind="campaigns.materials",
            language=by.language,
            landscape=True,
            signatures=(_("Drafted by"), _("Key-account manager"), _("Key-account director")),
        )
