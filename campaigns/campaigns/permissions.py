"""Who may do what with a campaign. Seeing it is `Campaign.objects.visible_to`."""

from campaigns.campaigns.models import Campaign
from campaigns.campaigns.terms import PLAN_PARTS, CampaignState, PartKind
from kam.users.models import User
from kam.users.terms import Position

_PLANNERS = frozenset({Position.MANAGER, Position.DIRECTOR})


def can_see_campaigns(user: User) -> bool:
    """Everybody who works here: what is offered is no secret inside the department."""
    return user.is_active


def can_add_campaign(user: User) -> bool:
    """Managers and the director plan campaigns."""
    return user.is_active and user.position in _PLANNERS


def can_run_campaign(user: User, campaign: Campaign) -> bool:
    """Change the expansion table and tick off the schedule: planners and the coordinator, while it runs or is drafted."""
    is_open = campaign.state in {CampaignState.DRAFT, CampaignState.RUNNING}
    is_theirs = user.position in _PLANNERS or campaign.coordinator_id == user.pk
    return user.is_active and is_open and is_theirs


def can_edit_plan(user: User, campaign: Campaign) -> bool:
    """Change what is approved (window, phases, goals, products): the same people, before the plan is handed in."""
    return campaign.state == CampaignState.DRAFT and can_run_campaign(user, campaign)


def can_edit_part(user: User, campaign: Campaign, kind: PartKind) -> bool:
    """A row of the plan only in the draft; schedule, responsibilities and expansion table also while it runs."""
    return can_edit_plan(user, campaign) if kind in PLAN_PARTS else can_run_campaign(user, campaign)


def can_tick_line(user: User, campaign: Campaign, owner: int | None) -> bool:
    """Say that a line of the schedule is done: whoever runs the campaign, and the person the line names."""
    is_theirs = owner == user.pk or can_run_campaign(user, campaign)
    return user.is_active and campaign.state == CampaignState.RUNNING and is_theirs


def can_submit_plan(user: User, campaign: Campaign) -> bool:
    """Who drafted it, or coordinates it."""
    is_theirs = user.pk in {campaign.drafted_by_id, campaign.coordinator_id}
    return user.is_active and campaign.state == CampaignState.DRAFT and is_theirs


def can_close_campaign(user: User, campaign: Campaign) -> bool:
    """The director ends a campaign."""
    is_running = campaign.state == CampaignState.RUNNING
    return user.is_active and is_running and user.position == Position.DIRECTOR
