"""What materials give to the frames: acts, the list, the campaign's panel, the demo part."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from campaigns.budgets.selectors import budget_card
from campaigns.campaigns.models import Campaign
from campaigns.campaigns.registry import CampaignPanel, register_campaign_panel
from campaigns.materials import supplements
from campaigns.materials.demo import play_materials
from campaigns.materials.labels import STANDING_LABELS
from campaigns.materials.models import Material, Supplement
from campaigns.materials.permissions import can_ask_supplement, can_keep_materials
from campaigns.materials.selectors import load_of, loads_of_bill
from campaigns.materials.tables import MATERIALS
from campaigns.materials.terms import STANDING_TONES, SupplementState
from kam.approvals.registry import Subject, register
from kam.approvals.rules import Facts
from kam.audit.records import register_history, visible_row
from kam.audit.registry import register_act
from kam.core.days import say_day
from kam.core.money import ZERO
from kam.demo.registry import register_part
from kam.search.registry import register_page
from kam.users.models import User

register_act("campaigns.material.added", _("Material added to the bill"))
register_act("campaigns.material.edited", _("Material changed"))
register_act("campaigns.material.in_place", _("Material in place"))
register_act("campaigns.material.moved", _("Stock of a material moved"))
register_act("campaigns.supplement.pending", _("Supplementary material asked for"))
register_act("campaigns.supplement.approved", _("Supplementary material approved"))
register_act("campaigns.supplement.returned", _("Report returned for changes"))
register_act("campaigns.supplement.rejected", _("Supplementary material rejected"))
register_act("campaigns.supplement.withdrawn", _("Report withdrawn"))
register_history("campaigns.supplement", Supplement, load=visible_row(Supplement.objects))


def _of_campaign(campaign: Campaign, user: User) -> dict[str, Any]:
    rows = Material.objects.filter(campaign=campaign).stocked().order_by("place")
    rows = rows.select_related("line__budget")
    shown = [(row, STANDING_TONES[row.standing], STANDING_LABELS[row.standing]) for row in rows]
    return {
        "rows": shown,
        "loads": [row for row in loads_of_bill(row for row, _tone, _words in shown) if row.load.over],
        "supplements": Supplement.objects.filter(campaign=campaign).select_related("asked_by")[:20],
        "can_keep": can_keep_materials(user, campaign),
        "can_ask": can_ask_supplement(user, campaign),
    }


def _snapshot(row: Supplement) -> Mapping[str, Any]:
    """Return what the deciders see: what, how many, why, and what its line has (T-27: over it is a warning)."""
    money = load_of(row)
    over = _("%(line)s has %(free)s free; this needs %(planned)s: %(over)s more.")
    told: dict[str, Any] = {
        "title": f"{row.name} × {row.quantity} {row.measure}".strip(),
        "subtitle": f"{row.number} · {row.campaign.name}",
        "why": row.reason,
        "facts": [
            [str(label), value]
            for label, value in (
                (_("Due on"), say_day(row.due_on) if row.due_on else ""),
                (_("Responsible"), row.department),
                (_("Price of one"), f"{row.price_amount:,.2f}" if row.price_amount else ""),
            )
            if value
        ],
        "url": row.get_absolute_url(),
    }
    if row.cost is not None:
        told["amount"] = row.cost
    if money is not None and row.line is not None:
        told["budget"] = budget_card(row.line, money.load.planned)
        if money.load.over:
            names = ("free", "planned", "over")
            words = {name: f"{getattr(money.load, name):,.2f}" for name in names}
            told["flags"] = [over % (words | {"line": money.name})]
    return told


register(
    Subject(
        key=supplements.SUBJECT,
        model=Supplement,
        label=_("Supplementary materials"),
        group=_("Money"),
        icon="package",
        snapshot=_snapshot,
        facts=lambda row: Facts(amount=row.cost or ZERO),
        requester=lambda row: row.asked_by,
        url=lambda row: row.get_absolute_url(),
        return_reasons=(_("The reason is not clear"), _("Fewer will do")),
        on_approved=supplements.approve_supplement,
        on_returned=supplements.end_report(SupplementState.RETURNED),
        on_rejected=supplements.end_report(SupplementState.REJECTED),
        on_withdrawn=supplements.end_report(SupplementState.WITHDRAWN),
    )
)


register_campaign_panel(
    CampaignPanel("materials", _("Bill of materials"), 30, "campaigns/materials/_bill.html", _of_campaign)
)
register_page(
    "campaigns.materials",
    _("Materials"),
    MATERIALS.url,
    icon="package",
    visible=lambda u: u.is_active,
    order=15,
)

register_page(
    "campaigns.supplements",
    _("Supplementary materials"),
    "/materials/supplements/",
    icon="package",
    visible=lambda u: u.is_active,
    under="/materials/",
)

register_part(85, "materials", play_materials)
