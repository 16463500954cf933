from django.utils.translation import gettext_lazy as _

from kam.core.rooms import RoomConfig


class CampaignsConfig(RoomConfig):
    default = True
    name = "campaigns"
    verbose_name = _("Campaigns")
    rooms = (
        "campaigns",
        "budgets",
        "prospects",
        "materials",
        "briefings",
        "discounts",
        "earnest",
        "deals",
        "quotes",
        "integrity",
        "rebates",
        "gifts",
        "gift_plans",
        "receptions",
        "expenses",
        "purchases",
        "supplies",
        "proposals",
        "bids",
        "agreements",
        "contracts",
        "outlets",
        "inspections",
        "sponsorships",
        "pilots",
    )
