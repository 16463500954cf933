"""Words of sponsorships. No Django here; the labels stand in labels.py."""

from collections.abc import Mapping
from enum import StrEnum


class SponsorshipKind(StrEnum):
    """What is paid for: a sports event, another one, the season's push for one product, an incentive of sellers (S-053, S-251, S-253)."""

    SPORTS = "sports"
    EVENT = "event"
    PROMOTION = "promotion"
    SELLERS = "sellers"


#: What is given to sellers goes to persons: nobody named, nothing given.
FOR_PERSONS = frozenset({SponsorshipKind.SELLERS})


class SponsorshipState(StrEnum):
    """Asked for, decided, held, and closed only by its report."""

    PENDING = "pending"
    RETURNED = "returned"
    APPROVED = "approved"
    REPORTED = "reported"
    CANCELLED = "cancelled"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


SPONSORSHIP_MOVES: Mapping[SponsorshipState, frozenset[SponsorshipState]] = {
    SponsorshipState.PENDING: frozenset(
        {
            SponsorshipState.APPROVED,
            SponsorshipState.RETURNED,
            SponsorshipState.REJECTED,
            SponsorshipState.WITHDRAWN,
        }
    ),
    SponsorshipState.RETURNED: frozenset({SponsorshipState.PENDING, SponsorshipState.WITHDRAWN}),
    SponsorshipState.APPROVED: frozenset({SponsorshipState.REPORTED, SponsorshipState.CANCELLED}),
}
STATE_TONES: Mapping[SponsorshipState, str] = {
    SponsorshipState.PENDING: "pending",
    SponsorshipState.RETURNED: "warn",
    SponsorshipState.APPROVED: "good",
    SponsorshipState.REPORTED: "good",
    SponsorshipState.CANCELLED: "draft",
    SponsorshipState.REJECTED: "danger",
    SponsorshipState.WITHDRAWN: "draft",
}
#: From here on finance has something to do with it.
DECIDED = (SponsorshipState.APPROVED, SponsorshipState.REPORTED, SponsorshipState.CANCELLED)


class Problem(StrEnum):
    """What does not fit between the money and the persons who receive of it."""

    NOBODY = "nobody"
    NOTHING = "nothing"
    WITHOUT = "without"
    ABOVE = "above"
