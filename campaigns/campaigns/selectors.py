"""Reads of one campaign for its page: everything of it with a fixed number of statements."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from campaigns.campaigns.labels import CHANNEL_LABELS
from campaigns.campaigns.models import Campaign, CampaignProduct, Candidate, Duty, Goal, Phase, ScheduleLine
from campaigns.campaigns.rules import PhaseWarning, Span, WarningKind, current_phases, phase_warnings
from campaigns.campaigns.terms import STATE_TONES, CampaignState, OfferChannel
from kam.core.days import say_day
from kam.users.models import User


@dataclass(frozen=True, slots=True)
class ShownPhase:
    """A phase with its lines, and whether it holds today."""

    phase: Phase
    lines: list[ScheduleLine]
    is_current: bool


@dataclass(frozen=True, slots=True)
class ShownCampaign:
    """What the page of a campaign shows."""

    campaign: Campaign
    tone: str
    channels: list[str]
    phases: list[ShownPhase]
    warnings: list[str]
    schedule: list[ScheduleLine]
    goals: list[Goal]
    duties: list[Duty]
    products: list[CampaignProduct]
    candidates: list[Candidate]


def shown_campaign(campaign: Campaign, user: User, today: date) -> ShownCampaign:
    """Return everything of a campaign that `user` may read."""
    phases = list(campaign.phases.all())
    lines = list(campaign.schedule.select_related("owner"))
    spans = [Span(phase.name, phase.starts_on, phase.ends_on) for phase in phases]
    current = set(current_phases(spans, today))
    return ShownCampaign(
        campaign=campaign,
        tone=STATE_TONES[CampaignState(campaign.state)],
        channels=[str(CHANNEL_LABELS[OfferChannel(code)]) for code in campaign.channels],
        phases=[
            ShownPhase(phase, [line for line in lines if line.phase_id == phase.pk], phase.name in current)
            for phase in phases
        ],
        warnings=[_said(warning) for warning in phase_warnings(spans)],
        schedule=[line for line in lines if line.phase_id is None],
        goals=list(campaign.goals.all()),
        duties=list(campaign.duties.select_related("person")),
        products=list(campaign.products.all()),
        candidates=list(campaign.candidates.visible_to(user).select_related("unit")),
    )


def _said(warning: PhaseWarning) -> str:
    told = {
        "first": warning.first,
        "second": warning.second,
        "from": say_day(warning.starts_on),
        "until": say_day(warning.ends_on) if warning.ends_on else _("open"),
    }
    if warning.kind is WarningKind.OVERLAP:
        return _("“%(first)s” and “%(second)s” overlap: %(from)s – %(until)s.") % told
    return _("Between “%(first)s” and “%(second)s” no phase holds: %(from)s – %(until)s.") % told
