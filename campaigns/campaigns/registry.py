"""What rooms above add to the page of a campaign: budget, prices, briefings, deals."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from campaigns.campaigns.models import Campaign
from kam.users.models import User


@dataclass(frozen=True, slots=True)
class CampaignPanel:
    """One part of a campaign's page: `context(campaign, user)` is what `template` gets; None leaves it out for this person."""

    key: str
    label: Any
    order: int
    template: str
    context: Callable[[Campaign, User], dict[str, Any] | None]


_panels: dict[str, CampaignPanel] = {}


def register_campaign_panel(panel: CampaignPanel) -> CampaignPanel:
    """Register a panel; a second one with the same key is a mistake."""
    if panel.key in _panels:
        raise ValueError(f"campaign panel {panel.key} is registered twice")
    _panels[panel.key] = panel
    return panel


def panels_of(campaign: Campaign, user: User) -> list[dict[str, Any]]:
    """Return the panels that this person sees, in order, each with its context."""
    shown = []
    for panel in sorted(_panels.values(), key=lambda panel: (panel.order, panel.key)):
        context = panel.context(campaign, user)
        if context is not None:
            shown.append({"key": panel.key, "label": panel.label, "template": panel.template, **context})
    return shown
