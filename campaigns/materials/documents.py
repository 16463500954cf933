"""The bill of materials on paper (物料清单)."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from campaigns.campaigns.models import Campaign
from campaigns.materials.models import Material, Supplement
from campaigns.materials.selectors import load_of
from kam.approvals.cards import decisions_of
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


def supplement_sheet(supplement: Supplement, *, language: str) -> Sheet:
    """Return the report: material, quantity, worth, line, reason, what was decided (补充物料报告)."""
    with override(language):
        return Sheet(
            "campaigns_supplement",
            {
                "row": supplement,
                "money": load_of(supplement),
                "decisions": decisions_of("material_supplement", supplement),
            },
            title=_("Report on supplementary materials"),
            number=supplement.number,
            kind="campaigns.supplement",
            language=language,
            signatures=(
                _("Applicant"),
                _("Key-account manager"),
                _("Key-account director"),
                _("Finance"),
            ),
        )
