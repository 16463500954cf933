"""The gift plan on paper 礼品馈赠计划表: period, unit, recipient, occasion, gift, quantity, worth, budget line."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from campaigns.gift_plans.models import GiftPlan
from campaigns.gift_plans.selectors import loads, shown_lines, total_of, with_all
from kam.approvals.cards import decisions_of
from kam.pdf.services import Sheet
from kam.users.models import User


def plan_sheet(plan: GiftPlan, *, by: User, language: str) -> Sheet:
    """Return the plan with its decisions; gifts at units that the reader does not see are counted, not named."""
    with override(language):
        lines = list(with_all(plan.lines.all()))
        seen = set(plan.lines.visible_to(by).values_list("pk", flat=True))
        return Sheet(
            "campaigns_gift_plan",
            {
                "plan": plan,
                "rows": shown_lines([line for line in lines if line.pk in seen], by),
                "hidden": len(lines) - len(seen),
                "total": total_of(lines),
                "loads": loads(lines),
                "decisions": decisions_of("gift_plan", plan),
            },
            _("Gift plan"),
            plan.number,
            "campaigns.gift_plan",
            language=language,
            landscape=True,
            signatures=(_("Drafted by"), _("Key-account manager"), _("Key-account director"), _("Finance")),
        )
