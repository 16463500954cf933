"""Words of discounts. No Django here; the labels stand in labels.py."""

from enum import StrEnum


class RuleKind(StrEnum):
    """What a rule says: the regular discount of a payment mode, the group discount of a channel, the number of sets where a
    channel has none of its own."""

    REGULAR = "regular"
    GROUP = "group"
    GENERAL = "general"


class BenefitKind(StrEnum):
    """What a rule gives: the price times a factor, or a fixed amount off each set."""

    FACTOR = "factor"
    AMOUNT = "amount"


class PaymentMode(StrEnum):
    """How the buyer pays; the regular discount belongs to it (D-04)."""

    LUMP_SUM = "lump-sum"
    INSTALMENTS = "instalments"
    MORTGAGE = "mortgage"


class GroupState(StrEnum):
    """Why the group discount is given or not, in the order in which it is asked (12-decisions, 13)."""

    NOT_CONFIGURED = "not_configured"
    NO_RULE = "no_rule"
    OUTSIDE_WINDOW = "outside_window"
    CERTIFICATE_MISSING = "certificate_missing"
    NOT_REACHED = "not_reached"
    REACHED = "reached"


#: The word always stands beside the colour.
GROUP_TONES = {
    GroupState.NOT_CONFIGURED: "draft",
    GroupState.NO_RULE: "draft",
    GroupState.OUTSIDE_WINDOW: "warn",
    GroupState.CERTIFICATE_MISSING: "warn",
    GroupState.NOT_REACHED: "pending",
    GroupState.REACHED: "good",
}
