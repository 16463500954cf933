"""Words of development. No Django here; the labels stand in labels.py."""

from collections.abc import Mapping
from enum import StrEnum

from accounts.units.terms import Phase, UnitStatus


class Told(StrEnum):
    """What other rooms and apps tell about a unit: dated events (S-064, S-066)."""

    PROPOSALS = "proposals"
    ORDERS = "orders"
    DEALS = "deals"
    COMPLAINTS = "complaints"
    SURVEYS = "surveys"
    SERVICE_PLANS = "service_plans"
    REVIEWS = "reviews"
    AFTER_SALES = "after_sales"
    REPORTS = "reports"


class Check(StrEnum):
    """Everything that a phase or a step asks about a unit."""

    OWNED = "owned"
    QUALIFIES = "qualifies"
    DIRECTION = "direction"
    VISITED = "visited"
    RIVALS = "rivals"
    SWOT = "swot"
    SEATS = "seats"
    DECIDER = "decider"
    NEED = "need"
    CONFIRMED = "confirmed"
    INTERVIEWED = "interviewed"
    FLOW = "flow"
    SOLUTION = "solution"
    ORDER = "order"
    COMPLAINT = "complaint"
    SIGNED = "signed"
    SETTLED = "settled"
    SURVEYED = "surveyed"
    KEY_PERSON = "key_person"
    ORGANISATION = "organisation"
    PRODUCTS = "products"
    RELATIONS = "relations"
    PLANNED = "planned"
    REVIEWED = "reviewed"
    LOOKED_AFTER = "looked_after"
    REPORTED = "reported"
    NEXT_NEED = "next_need"


class Answer(StrEnum):
    """What KAM says to a check; `unasked` where no room knows such facts yet."""

    MET = "met"
    MISSING = "missing"
    UNASKED = "unasked"


class Move(StrEnum):
    """The three ways of changing the phase."""

    FORWARD = "forward"
    BACK = "back"
    OVERRIDE = "override"


#: The status that a phase stands for; a unit that walked there with every condition met follows (docs/domain/phases.md).
STATUS_OF_PHASE: Mapping[Phase, UnitStatus] = {
    Phase.FIELD: UnitStatus.QUALIFIED,
    Phase.DEEP: UnitStatus.DEVELOPING,
    Phase.SUBSTANCE: UnitStatus.DEVELOPING,
    Phase.FIRST: UnitStatus.COOPERATING,
    Phase.STABLE: UnitStatus.STABLE,
}
#: The way up, one after the other.
LADDER = (
    UnitStatus.PROSPECT,
    UnitStatus.QUALIFIED,
    UnitStatus.DEVELOPING,
    UnitStatus.COOPERATING,
    UnitStatus.STABLE,
)

#: The four lists of a SWOT, in the order in which they are written.
LISTS = ("strengths", "weaknesses", "opportunities", "threats")
SHORTEST_REASON = 10
#: How many lines a list of a SWOT may have, and how long one may be.
MAX_LINES, MAX_LINE = 20, 200


class PlanState(StrEnum):
    """Where an account plan stands; an approved one is in force until the next is."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    REPLACED = "replaced"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


#: States in which a plan may be written.
OPEN_STATES = frozenset({PlanState.DRAFT, PlanState.RETURNED})
PLAN_TONES: Mapping[PlanState, str] = {
    PlanState.DRAFT: "draft",
    PlanState.SUBMITTED: "pending",
    PlanState.RETURNED: "warn",
    PlanState.APPROVED: "good",
    PlanState.REPLACED: "draft",
    PlanState.REJECTED: "danger",
    PlanState.WITHDRAWN: "draft",
}


class GoalState(StrEnum):
    """How a goal with a measure does."""

    REACHED = "reached"
    RUNNING = "running"
    LATE = "late"
    UNMEASURED = "unmeasured"


#: Goals and actions of one plan at most.
MAX_ROWS = 12
