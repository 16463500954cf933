"""Words of contracts. No Django here; the labels stand in labels.py."""

from collections.abc import Mapping
from enum import StrEnum


class MilestoneKind(StrEnum):
    """From the signature to the last payment (S-081)."""

    SIGNED = "signed"
    PREPAYMENT = "prepayment"
    DELIVERY = "delivery"
    COMMISSIONING = "commissioning"
    ACCEPTANCE = "acceptance"
    FINAL_PAYMENT = "final_payment"


#: Somebody ticks these; the others are read from the signature and the payments.
TICKED = frozenset({MilestoneKind.DELIVERY, MilestoneKind.COMMISSIONING, MilestoneKind.ACCEPTANCE})


class TermItem(StrEnum):
    """What is negotiated (S-022)."""

    UNIT_PRICE = "unit_price"
    TOTAL_PRICE = "total_price"
    DISCOUNT = "discount"
    SHIPPING = "shipping"
    ARRIVAL = "arrival"
    AFTER_SALES = "after_sales"


class Concession(StrEnum):
    """Who gave way in a round."""

    US = "us"
    THEM = "them"
    BOTH = "both"
    NOBODY = "nobody"


class ShareState(StrEnum):
    """Where an instalment stands."""

    PAID = "paid"
    PARTLY = "partly"
    OPEN = "open"
    OVERDUE = "overdue"


SHARE_TONES: Mapping[ShareState, str] = {
    ShareState.PAID: "good",
    ShareState.PARTLY: "pending",
    ShareState.OPEN: "draft",
    ShareState.OVERDUE: "danger",
}
#: Instalments of one plan at most.
MAX_INSTALMENTS = 6
