"""Whether a need pays: what the customer demands against what it costs us (S-023)."""

from decimal import Decimal


def is_loss_making(value: Decimal | None, cost: Decimal | None) -> bool:
    """Say whether the expected cost exceeds the expected revenue; unknown figures never flag."""
    return value is not None and cost is not None and cost > value
