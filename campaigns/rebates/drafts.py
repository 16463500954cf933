"""Changing what a set earns: what a draft shows, and what its approval does."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from campaigns.budgets.models import BudgetLine
from campaigns.campaigns.models import Campaign
from campaigns.rebates.models import Rebate, RebateVersion
from campaigns.rebates.rules import tier_reached, tiers_of
from campaigns.rebates.services import check_version, put_in_force
from campaigns.rebates.terms import RebateState
from kam.approvals.rule_changes.registry import Preview
from kam.users.models import User

Payload = Mapping[str, Any]
_SAMPLES = (1, 3, 9, 20)


def preview_version(payload: Payload, valid_from: date) -> Preview:
    """Show what a unit's sets earn now and then; deals signed before the day keep their version."""
    campaign = Campaign.objects.get(pk=payload["campaign"])
    now = RebateVersion.objects.on(valid_from).filter(campaign=campaign).first()
    before, after = (now.steps if now else []), tiers_of(payload["tiers"])
    heads = [_("Closed sets of the unit"), _("Now"), _("Then")]
    rows = [[str(n), *[_said(tier_reached(tiers, n), n) for tiers in (before, after)]] for n in _SAMPLES]
    waiting = Rebate.objects.standing().exclude(state=RebateState.PAID).filter(campaign=campaign).count()
    words = _("Deals signed before the first day keep their version; %(count)s rebates wait unpaid.")
    return Preview(heads, rows, [words % {"count": waiting}])


def _said(tier: Any, sets: int) -> str:
    return f"{sets} × {tier.amount:,.2f} = {sets * tier.amount:,.2f}" if tier else "–"


def check_draft(payload: Payload, valid_from: date) -> None:
    """Refuse what the last approval would refuse anyway."""
    check_version(Campaign.objects.get(pk=payload["campaign"]), valid_from)


def apply_version(payload: Payload, valid_from: date, by: User, note: str) -> None:
    """Put the version in force from its day on."""
    line = BudgetLine.objects.filter(pk=payload.get("budget_line") or 0).first()
    campaign = Campaign.objects.get(pk=payload["campaign"])
    put_in_force(campaign, tiers_of(payload["tiers"]), valid_from, by=by, line=line, note=note)


def begin_with(of: str) -> dict[str, Any]:
    """Begin a draft with the version that was asked for."""
    found = RebateVersion.objects.filter(pk=of).first() if of.isdecimal() and len(of) < 10 else None
    if found is None:
        return {}
    told: dict[str, Any] = {"campaign": found.campaign_id, "budget_line": found.budget_line_id}
    for place, tier in enumerate(found.steps, 1):
        told |= {
            f"from_sets_{place}": tier.from_sets,
            f"amount_{place}": tier.amount,
            f"goods_{place}": tier.goods,
        }
    return told
