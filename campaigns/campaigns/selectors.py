"""Reads of one campaign for its page: everything of it with a fixed number of statements."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from campaigns.campaigns.labels import CHANNEL_LABELS, REACHED_LABELS
from campaigns.campaigns.models import (
    Campaign,
    CampaignProduct,
    Candidate,
    Duty,
    Goal,
    PartnerActivity,
    Phase,
    ScheduleLine,
    SiteVisit,
)
from campaigns.campaigns.permissions import can_tick_line
from campaigns.campaigns.registry import Counted, counted
from campaigns.campaigns.rules import (
    PhaseWarning,
    Span,
    WarningKind,
    current_phases,
    goal_state,
    phase_warnings,
)
from campaigns.campaigns.terms import (
    REACHED_TONES,
    STATE_TONES,
    CampaignState,
    GoalKind,
    OfferChannel,
    Reached,
)
from kam.core.days import say_day
from kam.users.models import User


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line of the schedule, whether it is late, and whether this person may say that it is done."""

    line: ScheduleLine
    is_late: bool
    can_tick: bool


@dataclass(frozen=True, slots=True)
class ShownPhase:
    """A phase with its lines, and whether it holds today."""

    phase: Phase
    lines: list[ShownLine]
    is_current: bool


@dataclass(frozen=True, slots=True)
class ShownGoal:
    """A goal beside what is reached of it; `actual` is None where no room counts it."""

    goal: Goal
    actual: Decimal | None
    reached: Reached

    @property
    def tone(self) -> str:
        return REACHED_TONES[self.reached]

    @property
    def word(self) -> str:
        return str(REACHED_LABELS[self.reached])


@dataclass(frozen=True, slots=True)
class ShownCampaign:
    """What the page of a campaign shows."""

    campaign: Campaign
    tone: str
    channels: list[str]
    phases: list[ShownPhase]
    warnings: list[str]
    schedule: list[ShownLine]
    goals: list[ShownGoal]
    duties: list[Duty]
    products: list[CampaignProduct]
    candidates: list[Candidate]
    site_visits: list[SiteVisit]
    activities: list[PartnerActivity]


def shown_campaign(campaign: Campaign, user: User, today: date) -> ShownCampaign:
    """Return everything of a campaign that `user` may read."""
    phases = sorted(campaign.phases.all(), key=lambda phase: (phase.starts_on, phase.place))
    lines = _lines(campaign, user, today)
    spans = [Span(phase.name, phase.starts_on, phase.ends_on) for phase in phases]
    current = set(current_phases(spans, today))
    return ShownCampaign(
        campaign=campaign,
        tone=STATE_TONES[CampaignState(campaign.state)],
        channels=[str(CHANNEL_LABELS[OfferChannel(code)]) for code in campaign.channels],
        phases=[
            ShownPhase(phase, [row for row in lines if row.line.phase_id == phase.pk], phase.name in current)
            for phase in phases
        ],
        warnings=[_said(warning) for warning in phase_warnings(spans)],
        schedule=[row for row in lines if row.line.phase_id is None],
        goals=_goals(campaign, today),
        duties=list(campaign.duties.select_related("person")),
        products=list(campaign.products.all()),
        candidates=list(campaign.candidates.visible_to(user).select_related("unit")),
        site_visits=list(campaign.site_visits.visible_to(user).select_related("unit", "leader")),
        activities=list(campaign.activities.select_related("owner")),
    )


def _lines(campaign: Campaign, user: User, today: date) -> list[ShownLine]:
    """Return the schedule by day, lines without a day last."""
    rows: Iterable[ScheduleLine] = campaign.schedule.select_related("owner")
    is_running = campaign.state == CampaignState.RUNNING
    return [
        ShownLine(
            line,
            is_running and line.done_on is None and line.due_on is not None and line.due_on < today,
            can_tick_line(user, campaign, line.owner_id),
        )
        for line in sorted(rows, key=lambda line: (line.due_on or date.max, line.place))
    ]


def _goals(campaign: Campaign, today: date) -> list[ShownGoal]:
    """Return each goal beside what the rooms that have the data count (S-090): nothing here is typed."""
    goals = list(campaign.goals.all())
    reached = counted(campaign)
    return [_goal(goal, reached.get(GoalKind(goal.kind)), today) for goal in goals]


def _goal(goal: Goal, reached: Counted | None, today: date) -> ShownGoal:
    actual = None if reached is None else reached.get(goal.channel, Decimal(0))
    return ShownGoal(goal, actual, goal_state(goal.target, actual, goal.due_on, today))


def _said(warning: PhaseWarning) -> str:
    told = {
        "first": warning.first,
        "second": warning.second,
        "from": say_day(warning.starts_on),
        "until": say_day(warning.ends_on) if warning.ends_on else pgettext("end of a period", "open"),
    }
    if warning.kind is WarningKind.OVERLAP:
        return _("“%(first)s” and “%(second)s” overlap: %(from)s – %(until)s.") % told
    return _("Between “%(first)s” and “%(second)s” no phase holds: %(from)s – %(until)s.") % told
