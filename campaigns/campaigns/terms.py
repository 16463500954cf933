"""Words of campaigns. No Django here; the labels stand in labels.py."""

from collections.abc import Mapping
from enum import StrEnum


class OfferChannel(StrEnum):
    """The channel that an offer is made to: those of units, and teachers and civil servants, who belong to many (12-decisions, 13)."""

    CHAMBER = "chamber"
    SOE = "soe"
    GOVERNMENT = "government"
    FACTORY = "factory"
    MARKET = "market"
    BANK = "bank"
    SCHOOL = "school"
    OFFICE = "office"
    TEACHERS = "teachers"
    OTHER = "other"


class CampaignState(StrEnum):
    """A campaign is drafted, approved as a plan, runs, and is closed."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RUNNING = "running"
    CLOSED = "closed"
    CANCELLED = "cancelled"


CAMPAIGN_TRANSITIONS: Mapping[CampaignState, frozenset[CampaignState]] = {
    CampaignState.DRAFT: frozenset({CampaignState.SUBMITTED, CampaignState.CANCELLED}),
    CampaignState.SUBMITTED: frozenset({CampaignState.RUNNING, CampaignState.DRAFT, CampaignState.CANCELLED}),
    CampaignState.RUNNING: frozenset({CampaignState.CLOSED, CampaignState.CANCELLED}),
}

#: The word always stands beside the colour.
STATE_TONES: Mapping[CampaignState, str] = {
    CampaignState.DRAFT: "draft",
    CampaignState.SUBMITTED: "pending",
    CampaignState.RUNNING: "good",
    CampaignState.CLOSED: "draft",
    CampaignState.CANCELLED: "danger",
}


class GoalKind(StrEnum):
    """What a goal counts (S-090)."""

    UNITS = "units"
    PROSPECTS = "prospects"
    SINCERE_PERCENT = "sincere_percent"
    SETS = "sets"


class Reached(StrEnum):
    """How a goal stands."""

    MET = "met"
    OPEN = "open"
    MISSED = "missed"
    UNKNOWN = "unknown"


REACHED_TONES: Mapping[Reached, str] = {
    Reached.MET: "good",
    Reached.OPEN: "pending",
    Reached.MISSED: "danger",
    Reached.UNKNOWN: "draft",
}


class CandidateState(StrEnum):
    """How far a unit of the expansion table is (S-030)."""

    LISTED = "listed"
    SURVEYED = "surveyed"
    TARGETED = "targeted"
    NEGOTIATING = "negotiating"
    SELECTED = "selected"
    DROPPED = "dropped"


class DutyKind(StrEnum):
    """Who answers for what in a campaign."""

    COORDINATOR = "coordinator"
    TEAM = "team"
    LIAISON = "liaison"
    ACTIVITY_LEAD = "activity_lead"
    TRAINER = "trainer"


class PartKind(StrEnum):
    """What a campaign is made of, row by row."""

    PHASE = "phase"
    GOAL = "goal"
    PRODUCT = "product"
    LINE = "line"
    DUTY = "duty"
    CANDIDATE = "candidate"
    BATCH = "batch"
    ACTIVITY = "activity"


class ActivityKind(StrEnum):
    """What is done together with a partner (S-095)."""

    SHOW = "show"
    TEST_DRIVE = "test_drive"
    LECTURE = "lecture"
    SALE = "sale"
    OUTING = "outing"
    OTHER = "other"


#: What the deciders approve: fixed once the plan is handed in. The rest moves on while the campaign runs.
PLAN_PARTS = frozenset({PartKind.PHASE, PartKind.GOAL, PartKind.PRODUCT})

#: The expansion table has four rounds (S-091).
ROUNDS = (1, 2, 3, 4)
