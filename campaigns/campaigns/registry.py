"""What rooms above add to the page of a campaign: budget, prices, briefings, deals."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from campaigns.campaigns.models import Campaign
from campaigns.campaigns.terms import GoalKind
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


#: What is reached, by channel; "" is all channels together.
Counted = Mapping[str, Decimal]
Count = Callable[[Campaign], Mapping[GoalKind, Counted]]
_counters: dict[frozenset[GoalKind], Count] = {}


def register_goal_counter(kinds: frozenset[GoalKind], count: Count) -> None:
    """Let the room that has the data count these kinds of goals, in one statement; a second counter of a kind is a mistake."""
    if any(kinds & taken for taken in _counters):
        raise ValueError(f"goals {sorted(kinds)} are counted twice")
    _counters[kinds] = count


def counted(campaign: Campaign) -> dict[GoalKind, Counted]:
    """Return what is reached of each kind of goal that some room counts."""
    return {kind: told for count in _counters.values() for kind, told in count(campaign).items()}


@dataclass(frozen=True, slots=True)
class EffectStep:
    """A step on the way from visits to deals: `by_unit(campaign, user)` counts it, of the units that the person sees; one statement."""

    key: str
    label: Any
    order: int
    by_unit: Callable[[Campaign, User], Mapping[int, int]]


_steps: dict[str, EffectStep] = {}


def register_effect(step: EffectStep) -> None:
    """Put a step into the effect of campaigns (S-174); a second one with the same key is a mistake."""
    if step.key in _steps:
        raise ValueError(f"step {step.key} is registered twice")
    _steps[step.key] = step


def effect_steps() -> list[EffectStep]:
    """Return the steps in their order."""
    return sorted(_steps.values(), key=lambda step: step.order)
