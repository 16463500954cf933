"""Words of rebates. No Django here; the labels stand in labels.py."""

from collections.abc import Mapping
from enum import StrEnum


class Condition(StrEnum):
    """What a closed deal must meet to earn a rebate, in the order in which the page answers (S-043, S-044, S-113 … S-118)."""

    CONFIGURED = "configured"
    OF_UNIT = "of_unit"
    PROOF = "proof"
    SIGNED = "signed"
    FIRST_PAYMENT = "first_payment"
    IN_WINDOW = "in_window"
    NO_TRIAL = "no_trial"
    DESIGNATED = "designated"
    MET_FIRST = "met_first"
    LIST_STANDS = "list_stands"
    SAME_PERSON = "same_person"
    NOT_OWN = "not_own"
    NOT_CLAIMED = "not_claimed"


class RebateKind(StrEnum):
    """The rebate of a deal, or what a higher tier adds to it later."""

    BASE = "base"
    SUPPLEMENT = "supplement"


class RebateMode(StrEnum):
    """Handed out in cash, or set off against the person's own purchase."""

    CASH = "cash"
    SET_OFF = "set_off"


class RebateState(StrEnum):
    """Asked for, decided, checked at finance's counter, paid; void where nothing comes of it."""

    ASKED = "asked"
    RETURNED = "returned"
    APPROVED = "approved"
    VERIFIED = "verified"
    PAID = "paid"
    VOID = "void"


REBATE_TRANSITIONS: Mapping[RebateState, frozenset[RebateState]] = {
    RebateState.ASKED: frozenset({RebateState.APPROVED, RebateState.RETURNED, RebateState.VOID}),
    RebateState.RETURNED: frozenset({RebateState.ASKED, RebateState.VOID}),
    RebateState.APPROVED: frozenset({RebateState.VERIFIED, RebateState.VOID}),
    RebateState.VERIFIED: frozenset({RebateState.PAID, RebateState.VOID}),
}

#: The word always stands beside the colour.
REBATE_TONES: Mapping[RebateState, str] = {
    RebateState.ASKED: "pending",
    RebateState.RETURNED: "warn",
    RebateState.APPROVED: "good",
    RebateState.VERIFIED: "good",
    RebateState.PAID: "draft",
    RebateState.VOID: "danger",
}


class RecoveryState(StrEnum):
    """The deal was cancelled after the rebate was paid: it is to be recovered, was recovered, or the director lets it go."""

    OPEN = "open"
    RECOVERED = "recovered"
    WAIVED = "waived"


RECOVERY_TRANSITIONS: Mapping[RecoveryState, frozenset[RecoveryState]] = {
    RecoveryState.OPEN: frozenset({RecoveryState.RECOVERED, RecoveryState.WAIVED})
}

#: The first day at finance's counter is the signing's plus so many (D-06).
DAYS_TO_WAIT = 7
