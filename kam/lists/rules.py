"""When a file may not leave without the director: personal data, many rows at once, many rows in thirty days (T5).

The third limit keeps the second from being walked around in slices. docs/domain/rights.md tells it in words.
"""

from dataclasses import dataclass

from kam.lists.terms import Why

#: How much a list may grow between the director's decision and the file, in percent of what was decided.
GROWTH_PERCENT = 10


@dataclass(frozen=True, slots=True)
class Limits:
    """Rows a file may have, and rows a person may take in thirty days, without approval."""

    a_file: int
    thirty_days: int


def why_approval(*, is_personal: bool, rows: int, taken: int, limits: Limits) -> Why | None:
    """Return why a file of `rows` rows needs approval, None where it may leave; `taken` left without one in thirty days."""
    if is_personal:
        return Why.PERSONAL
    if rows > limits.a_file:
        return Why.LARGE
    return Why.MANY if taken + rows > limits.thirty_days else None


def is_still_approved(*, approved: int, rows: int) -> bool:
    """Say whether a list of `rows` rows is still the one of which `approved` rows were decided."""
    return rows * 100 <= approved * (100 + GROWTH_PERCENT)
