"""Words of the approvals engine and its transition tables. No Django here."""

from enum import StrEnum


class RequestState(StrEnum):
    """Where a request stands (12-decisions, 10). `draft` is before the first round; no row exists yet."""

    DRAFT = "draft"
    PENDING = "pending"
    RETURNED = "returned"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    VOIDED = "voided"


#: Rejected and withdrawn are final; approved may only be voided by a material edit; voided and returned begin a new round.
REQUEST_TRANSITIONS: dict[RequestState, frozenset[RequestState]] = {
    RequestState.DRAFT: frozenset({RequestState.PENDING}),
    RequestState.PENDING: frozenset(
        {RequestState.APPROVED, RequestState.RETURNED, RequestState.REJECTED, RequestState.WITHDRAWN}
    ),
    RequestState.RETURNED: frozenset({RequestState.PENDING, RequestState.WITHDRAWN}),
    RequestState.APPROVED: frozenset({RequestState.VOIDED}),
    RequestState.VOIDED: frozenset({RequestState.PENDING, RequestState.WITHDRAWN}),
}

#: A subject has at most one request in these states.
LIVE_STATES = (RequestState.PENDING, RequestState.RETURNED, RequestState.APPROVED, RequestState.VOIDED)
#: Nothing follows.
FINAL_STATES = (RequestState.REJECTED, RequestState.WITHDRAWN)


class StageState(StrEnum):
    """A stage waits for those before it, is pending, or is done; what a round left undone is skipped."""

    WAITING = "waiting"
    PENDING = "pending"
    DONE = "done"
    SKIPPED = "skipped"


STAGE_TRANSITIONS: dict[StageState, frozenset[StageState]] = {
    StageState.WAITING: frozenset({StageState.PENDING, StageState.SKIPPED}),
    StageState.PENDING: frozenset({StageState.DONE, StageState.SKIPPED}),
}


class Action(StrEnum):
    """What a decider did. Delegating passes the step on; the other three close it."""

    APPROVE = "approve"
    RETURN = "return"
    REJECT = "reject"
    DELEGATE = "delegate"


CLOSING_ACTIONS = (Action.APPROVE, Action.RETURN, Action.REJECT)


class Official(StrEnum):
    """Whether a public official benefits; `unknown` counts as yes until answered (12-decisions, 17)."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Outcome(StrEnum):
    """What became of a step of the route; kept in the round's trace, so that a skipped step is explained."""

    KEPT = "kept"
    ADDED = "added"
    RAISED = "raised"
    NOT_NEEDED = "not_needed"
    OWN_LEVEL = "own_level"
    VACANT = "vacant"
    INVOLVED = "involved"
    SAME_PERSON = "same_person"


class SeatOrigin(StrEnum):
    """Why somebody may decide a stage."""

    ROUTE = "route"
    DELEGATED = "delegated"
    ESCALATED = "escalated"
    RAISED = "raised"
    HANDED_OVER = "handed_over"
