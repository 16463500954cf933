"""When the compliance decider is asked once more after a reception: a share came above a limit, and above what was allowed. See docs/domain/receptions.md."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Share:
    """A guest's share as it was allowed and as it came, and whether a limit objects to what came."""

    allowed: Decimal
    came: Decimal
    is_over_limit: bool


def is_asked_afterwards(shares: Iterable[Share]) -> bool:
    """Say whether somebody received more than was allowed, above a limit: what was allowed so dear is not asked twice."""
    return any(share.is_over_limit and share.came > share.allowed for share in shares)
