"""Labels of the words in terms.py, in the reader's language."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.units.labels import CHANNEL_LABELS as UNIT_CHANNELS
from campaigns.campaigns.terms import (
    ActivityKind,
    CampaignState,
    CandidateState,
    DutyKind,
    GoalKind,
    OfferChannel,
    PartKind,
    Reached,
)

CHANNEL_LABELS = {OfferChannel(channel.value): label for channel, label in UNIT_CHANNELS.items()} | {
    OfferChannel.TEACHERS: _("Teachers and civil servants")
}
STATE_LABELS = {
    CampaignState.DRAFT: pgettext_lazy("campaign", "Draft"),
    CampaignState.SUBMITTED: pgettext_lazy("campaign", "Waiting for approval"),
    CampaignState.RUNNING: pgettext_lazy("campaign", "Approved"),
    CampaignState.CLOSED: pgettext_lazy("campaign", "Closed"),
    CampaignState.CANCELLED: pgettext_lazy("campaign", "Cancelled"),
}
GOAL_LABELS = {
    GoalKind.UNITS: _("Units to develop"),
    GoalKind.PROSPECTS: pgettext_lazy("goal", "Registered customers"),
    GoalKind.SINCERE_PERCENT: _("Sincere among the registered, per cent"),
    GoalKind.SETS: _("Sets signed"),
}
CANDIDATE_LABELS = {
    CandidateState.LISTED: pgettext_lazy("candidate", "Listed"),
    CandidateState.SURVEYED: pgettext_lazy("candidate", "Surveyed"),
    CandidateState.TARGETED: pgettext_lazy("candidate", "Targeted"),
    CandidateState.NEGOTIATING: pgettext_lazy("candidate", "Negotiating"),
    CandidateState.SELECTED: pgettext_lazy("candidate", "Selected"),
    CandidateState.DROPPED: pgettext_lazy("candidate", "Dropped"),
}
DUTY_LABELS = {
    DutyKind.COORDINATOR: _("Coordinator"),
    DutyKind.TEAM: pgettext_lazy("duty", "Team"),
    DutyKind.LIAISON: _("Liaison"),
    DutyKind.ACTIVITY_LEAD: _("Activity lead"),
    DutyKind.TRAINER: _("Trainer"),
}
PART_LABELS = {
    PartKind.PHASE: _("Phase"),
    PartKind.GOAL: _("Goal"),
    PartKind.PRODUCT: _("Product"),
    PartKind.LINE: _("Line of the schedule"),
    PartKind.DUTY: _("Responsibility"),
    PartKind.CANDIDATE: _("Unit of the expansion table"),
    PartKind.BATCH: _("Site visit"),
    PartKind.ACTIVITY: _("Activity with a partner"),
}
ACTIVITY_LABELS = {
    ActivityKind.SHOW: pgettext_lazy("activity", "Joint show"),
    ActivityKind.TEST_DRIVE: pgettext_lazy("activity", "Test drive"),
    ActivityKind.LECTURE: pgettext_lazy("activity", "Lecture"),
    ActivityKind.SALE: pgettext_lazy("activity", "Special sale"),
    ActivityKind.OUTING: pgettext_lazy("activity", "Outing"),
    ActivityKind.OTHER: pgettext_lazy("activity", "Other"),
}
REACHED_LABELS = {
    Reached.MET: pgettext_lazy("goal", "reached"),
    Reached.OPEN: pgettext_lazy("goal", "on the way"),
    Reached.MISSED: pgettext_lazy("goal", "missed"),
    Reached.UNKNOWN: pgettext_lazy("goal", "not counted yet"),
}
