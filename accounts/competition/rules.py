"""The product chart: per product line who supplies the unit, and what is still to be won (S-026, docs/domain/charts.md)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from accounts.competition.terms import Supply, Turn

FULL_SHARE = Decimal(100)
_SUPPLIED = frozenset({Supply.COMPETITOR, Supply.OURS})


@dataclass(frozen=True, slots=True)
class Position:
    """What is known of one line at one unit. `share_percent` is the supplier's share, `value_amount` yuan a year of the whole line."""

    supply: Supply
    competitor: str = ""
    share_percent: Decimal | None = None
    contract_ends_on: date | None = None
    value_amount: Decimal | None = None


def position_problem(position: Position) -> tuple[str, str] | None:
    """Return (field, code) of what cannot be, None where the position is fine."""
    share, value = position.share_percent, position.value_amount
    is_supplied = position.supply in _SUPPLIED
    is_competitor = position.supply is Supply.COMPETITOR
    checks = (
        (is_competitor and not position.competitor, "competitor", "competitor"),
        (not is_competitor and bool(position.competitor), "competitor", "not_competitor"),
        (share is not None and not is_supplied, "share_percent", "no_share"),
        (share is not None and not 0 <= share <= FULL_SHARE, "share_percent", "share"),
        (position.contract_ends_on is not None and not is_supplied, "contract_ends_on", "contract"),
        (value is not None and position.supply is Supply.NOT_APPLICABLE, "value_amount", "no_value"),
        (value is not None and value < 0, "value_amount", "value"),
    )
    return next(((field, code) for is_wrong, field, code in checks if is_wrong), None)


def white_space(position: Position) -> Decimal | None:
    """Return the yuan a year that we do not have of this line, None where its value is not known.

    Of a line that we supply, what the others have; of any other line that applies, all of it.
    """
    if position.supply is Supply.NOT_APPLICABLE:
        return Decimal(0)
    if position.value_amount is None:
        return None
    if position.supply is Supply.OURS:
        ours = FULL_SHARE if position.share_percent is None else position.share_percent
        return (position.value_amount * (FULL_SHARE - ours) / FULL_SHARE).quantize(Decimal("0.01"))
    return position.value_amount


def parts_of(position: Position) -> tuple[Decimal, Decimal, Decimal]:
    """Return how many per cent of a line are ours, the competitor's and neither's; nothing of what is not known or does not apply.

    A supplier whose share nobody has said supplies all of it.
    """
    nothing = Decimal(0)
    if position.supply is Supply.NOBODY:
        return nothing, nothing, FULL_SHARE
    if position.supply not in _SUPPLIED:
        return nothing, nothing, nothing
    share = FULL_SHARE if position.share_percent is None else position.share_percent
    left = FULL_SHARE - share
    return (share, nothing, left) if position.supply is Supply.OURS else (nothing, share, left)


def total_white_space(positions: Iterable[Position]) -> tuple[Decimal, bool]:
    """Return the sum of what is known to be open, and whether it is known for every line."""
    amounts = [white_space(position) for position in positions]
    return sum((amount for amount in amounts if amount is not None), Decimal(0)), None not in amounts


def turn_of(before: Position | None, after: Position, rival: str) -> Turn | None:
    """Say what a newly learned position means between us and `rival`; None where it changes nothing between the two."""
    was_theirs = before is not None and before.competitor == rival
    if was_theirs == (after.competitor == rival):
        return None
    if was_theirs:
        return Turn.WON if after.supply is Supply.OURS else Turn.LEFT
    return Turn.LOST if before is not None and before.supply is Supply.OURS else Turn.CAME
