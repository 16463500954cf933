"""The demo's discount rules: those of the source, and this season's, each through a rule change."""

from typing import Any

from campaigns.campaigns.demo import BEGAN, CODE
from campaigns.campaigns.models import Campaign
from campaigns.discounts.services import load_rules
from kam.approvals import services as approvals
from kam.approvals.rule_changes import services as changes
from kam.core.clock import business_date
from kam.demo.story import Story
from kam.users.models import User

_NINE = [{"from_sets": 9, "factor": "0.98"}]
_RULES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("本季：一般 9 套起", {"kind": "general", "min_sets": 9}),
    (
        "本季：一次性付款 9.8 折",
        {"kind": "regular", "payment_mode": "lump-sum", "tiers": [{"factor": "0.98"}]},
    ),
    ("本季：商会 9 套起 9.8 折", {"kind": "group", "channel": "chamber", "tiers": _NINE}),
    ("本季：芦淞大市场 9 套起 9.8 折", {"kind": "group", "channel": "market", "tiers": _NINE}),
    ("本季：大型厂矿 9.8 折", {"kind": "group", "channel": "factory", "tiers": [{"factor": "0.98"}]}),
    (
        "本季：教师及公务员凭有效证件 9.8 折",
        {
            "kind": "group",
            "channel": "teachers",
            "needs_certificate": True,
            "tiers": [{"from_sets": 0, "factor": "0.98"}],
        },
    ),
)


def play_discounts(story: Story) -> None:
    """Load the rules of the source; the administrator drafts this season's, the director confirms, the marketing director approves."""
    admin, director, marketing = (story.users[name] for name in ("admin", "director", "marketing"))
    with story.at(story.day(-180), 10):
        load_rules()
    campaign = Campaign.objects.get(code=CODE)
    for number, (title, told) in enumerate(_RULES):
        with story.at(story.day(BEGAN - 10), 10, number):
            payload = {"campaign": campaign.pk, **told}
            request = _submit(admin, payload, title)
        with story.at(story.day(BEGAN - 9), 9, number):
            request = approvals.approve(request, by=director, version=request.version)
        with story.at(story.day(BEGAN - 9), 15, number):
            approvals.approve(request, by=marketing, version=request.version)


def _submit(by: User, payload: dict[str, Any], title: str) -> Any:
    change = changes.draft_rule_change(
        "discount", payload=payload, title=title, valid_from=business_date(), reason="本季优惠标准", by=by
    )
    change = changes.note_preview(change, by=by)
    return changes.submit_rule_change(change, by=by, version=change.version)
