"""Words of the integrity register. No Django here; the labels stand in labels.py."""

from collections.abc import Sequence
from enum import StrEnum

from accounts.units.terms import Channel


class BenefitKind(StrEnum):
    """What is given to a person (12-decisions, 17); `discount` is the benefit of an own purchase."""

    PROMOTIONAL = "promotional"
    GIFT = "gift"
    MEAL = "meal"
    CASH_EQUIVALENT = "cash_equivalent"
    CASH = "cash"
    SET_OFF = "set_off"
    DISCOUNT = "discount"


#: These add up against the limits.
LIMITED = frozenset({BenefitKind.PROMOTIONAL, BenefitKind.GIFT, BenefitKind.MEAL})
#: These need the written basis and the employer informed.
MONEY_LIKE = frozenset({BenefitKind.CASH_EQUIVALENT, BenefitKind.CASH, BenefitKind.SET_OFF})


class Outcome(StrEnum):
    """What the policy says of a kind; `small` is within the limits, and within the lower one for officials."""

    FREE = "free"
    LIMITS = "limits"
    SMALL = "small"
    COMPLIANCE = "compliance"
    REFUSED = "refused"


#: The later one wins where two parts of the policy speak of one person.
STRICTNESS: Sequence[Outcome] = tuple(Outcome)

#: The policy speaks of public officials and of every channel.
OFFICIALS = "official"
PARTIES: Sequence[str] = (OFFICIALS, *(channel.value for channel in Channel))


class MoveKind(StrEnum):
    """What became of an entry: it was given, or it was freed again."""

    GIVEN = "given"
    FREED = "freed"


class BenefitState(StrEnum):
    """Where an entry stands; told by its moves, never typed."""

    RESERVED = "reserved"
    GIVEN = "given"
    FREED = "freed"


STATE_TONES = {
    BenefitState.RESERVED: "pending",
    BenefitState.GIVEN: "good",
    BenefitState.FREED: "draft",
}
OUTCOME_TONES = {
    Outcome.FREE: "good",
    Outcome.LIMITS: "good",
    Outcome.SMALL: "pending",
    Outcome.COMPLIANCE: "warn",
    Outcome.REFUSED: "danger",
}
