"""What of a sponsorship goes to persons: each the same, never more than the whole (docs/domain/sponsorships.md)."""

from decimal import Decimal

from campaigns.sponsorships.terms import FOR_PERSONS, Problem, SponsorshipKind

_ZERO = Decimal(0)


def persons_problem(
    kind: SponsorshipKind, people: int, each: Decimal | None, whole: Decimal
) -> Problem | None:
    """Say what does not fit; `each` is what one of them receives, `whole` what all of it costs."""
    worth = each or _ZERO
    if not people:
        if kind in FOR_PERSONS:
            return Problem.NOBODY
        return Problem.WITHOUT if worth > _ZERO else None
    if worth <= _ZERO:
        return Problem.NOTHING
    return Problem.ABOVE if worth * people > whole else None
