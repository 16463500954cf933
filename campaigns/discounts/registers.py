"""What discounts give to the frames: acts, the kind of rule change, the rules on a campaign's page, the demo part."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.merge.registry import declare
from accounts.merge.terms import How
from campaigns.campaigns.models import Campaign
from campaigns.campaigns.registry import CampaignPanel, register_campaign_panel
from campaigns.discounts.demo import play_discounts
from campaigns.discounts.drafts import apply_discount, begin_with, check_discount, preview_discount
from campaigns.discounts.forms import DiscountForm
from campaigns.discounts.selectors import versions_shown
from kam.approvals.rule_changes.permissions import can_see_rules
from kam.approvals.rule_changes.registry import RuleKind, register_rule_kind
from kam.audit.registry import register_act
from kam.core.clock import business_date
from kam.demo.registry import register_part
from kam.users.models import User

register_act("campaigns.discount.in_force", _("Discount rule put in force"))
register_act("campaigns.certificate.checked", _("Certificate checked"))
register_rule_kind(
    RuleKind(
        key="discount",
        label=_("Discount rule of a campaign"),
        form=DiscountForm,
        preview=preview_discount,
        check=check_discount,
        apply=apply_discount,
        begin=begin_with,
    )
)


def _panel(campaign: Campaign, user: User) -> dict[str, Any]:
    return {"versions": versions_shown(campaign, business_date()), "can_see_admin": can_see_rules(user)}


register_campaign_panel(
    CampaignPanel("prices", _("Discount rules"), 20, "campaigns/discounts/_rules.html", _panel)
)

register_part(82, "discounts", play_discounts)
declare(How.STRICT, "campaigns.Certificate.person")
