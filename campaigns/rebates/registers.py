"""What rebates give to the frames: acts, the approval, the rule change, the list, the tab of a unit, the campaign's panel, the demo part."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts.merge.registry import declare, register_check
from accounts.merge.terms import How, Kind
from accounts.persons.registry import register_key_person
from accounts.units.models import KeyAccount
from accounts.units.registry import Panel, register_panel
from campaigns.budgets.payables import register_payable
from campaigns.campaigns.models import Campaign
from campaigns.campaigns.registry import CampaignPanel, register_campaign_panel
from campaigns.deals.registry import register_cancelled, register_closed
from campaigns.integrity.selectors import received_by
from campaigns.rebates import services
from campaigns.rebates.api import REBATES as READ_REBATES
from campaigns.rebates.demo import play_rebates
from campaigns.rebates.drafts import apply_version, begin_with, check_draft, preview_version
from campaigns.rebates.forms import RebateRuleForm
from campaigns.rebates.models import Rebate
from campaigns.rebates.permissions import can_see_rebates
from campaigns.rebates.selectors import rebate_deals, totals_for, waiting_for_periods
from campaigns.rebates.services.claims import SUBJECT
from campaigns.rebates.tables import REBATES
from campaigns.rebates.terms import RebateState
from kam.api.registry import register_resource
from kam.approvals.registry import Subject, register
from kam.approvals.rule_changes.registry import RuleKind, register_rule_kind
from kam.approvals.rules import Facts
from kam.approvals.terms import Official
from kam.audit.registry import register_act
from kam.core.clock import business_date
from kam.core.days import say_day
from kam.demo.registry import register_part
from kam.notes.registry import register_link
from kam.search.registry import register_page
from kam.users.models import User
from kam.webhooks.registry import register_event

register_event("campaigns.rebate.paid")

register_act("campaigns.rebate.asked", _("Rebate asked for"))
register_act("campaigns.rebate.approved", _("Rebate approved"))
register_act("campaigns.rebate.checked", _("Documents of a rebate checked"))
register_act("campaigns.rebate.paid", _("Rebate paid"))
register_act("campaigns.rebate.voided", _("Rebate void"))
register_act("campaigns.rebate.recovery_opened", _("Rebate to be recovered"))
register_act("campaigns.rebate.recovery_settled", _("Recovery of a rebate settled"))
register_act("campaigns.rebate_version.in_force", _("Rule of rebates put in force"))
register_act("campaigns.rebate.held", _("Money held for a rebate"))
register_act("campaigns.rebate.not_held", _("The line has too little to hold a rebate"))
register_closed(services.hold_for)
register_key_person(services.look_again)
register_cancelled(services.on_deal_cancelled)
register_link("rebate", lambda pk: f"/rebates/{int(pk)}/")
register_link("deal_rebate", lambda pk: f"/deals/{int(pk)}/rebate/")


def _facts(rebate: Rebate) -> Facts:
    benefit = rebate.benefit
    kinds = frozenset({"compliance"}) if benefit is None or benefit.needs_compliance else frozenset[str]()
    return Facts(amount=rebate.amount, official=Official(rebate.person.official), kinds=kinds)


def _snapshot(rebate: Rebate) -> Mapping[str, Any]:
    """Return what the deciders see: what for, what the person has received this year, why."""
    received = received_by(rebate.person, business_date())
    return {
        "title": f"{rebate.number} · {rebate.person.name}",
        "subtitle": str(rebate.get_mode_display()),
        "unit": rebate.unit.name,
        "amount": rebate.amount,
        "why": rebate.reason,
        "facts": [
            [str(_("Deal")), rebate.deal.number],
            [str(_("Sets")), f"{rebate.sets} × {rebate.per_set_amount:,.2f}"],
            [str(_("Payable from")), say_day(rebate.due_on)],
            [str(_("Received this year")), f"{received.total:,.2f}"],
        ],
        "url": rebate.get_absolute_url(),
    }


register(
    Subject(
        key=SUBJECT,
        model=Rebate,
        label=_("Rebate"),
        group=_("Money"),
        icon="cash-banknote",
        snapshot=_snapshot,
        facts=_facts,
        requester=lambda rebate: rebate.asked_by,
        url=lambda rebate: rebate.get_absolute_url(),
        on_approved=services.accept,
        on_returned=services.give_back,
        on_rejected=services.refuse,
        on_withdrawn=services.withdraw,
    )
)
register_rule_kind(
    RuleKind(
        key="rebate",
        label=_("Rebates of a campaign"),
        form=RebateRuleForm,
        preview=preview_version,
        check=check_draft,
        apply=apply_version,
        begin=begin_with,
    )
)


def _tab(unit: KeyAccount, user: User) -> dict[str, Any]:
    del user
    rows = Rebate.objects.filter(unit=unit).select_related("person", "deal")
    return {"answers": rebate_deals(unit), "rebates": list(rows)}


def _of_campaign(campaign: Campaign, user: User) -> dict[str, Any] | None:
    if not can_see_rebates(user):
        return None
    rows = [row for row in totals_for(user) if row.campaign == campaign.name]
    sums = {name: sum(getattr(row, name) for row in rows) for name in ("sets", "payable", "paid")}
    return {"sums": sums, "list": REBATES.url}


register_panel(
    Panel(
        "rebates",
        _("Rebates"),
        24,
        "campaigns/rebates/_tab.html",
        _tab,
        counted=lambda unit: Rebate.objects.filter(unit_id=unit),
    )
)
register_campaign_panel(
    CampaignPanel("rebates", _("Rebates"), 14, "campaigns/rebates/_sums.html", _of_campaign)
)
register_page(
    "campaigns.rebates", _("Rebates"), REBATES.url, icon="cash-banknote", visible=can_see_rebates, order=13
)

register_part(88, "rebates", play_rebates)

register_resource(READ_REBATES)
declare(How.STRICT, "campaigns.Rebate.unit", "campaigns.Rebate.person")
register_check(Kind.UNIT, waiting_for_periods)
register_payable(
    "rebates",
    lambda day: Rebate.objects.filter(
        state__in=(RebateState.APPROVED, RebateState.VERIFIED), due_on__lte=day
    ),
    ngettext_lazy("%(n)s rebate to pay, %(total)s yuan", "%(n)s rebates to pay, %(total)s yuan", "n"),
    "/rebates/",
)
