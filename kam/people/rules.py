"""How personal values look to whoever may not read them, how long to wait after wrong passwords, who stands in for whom.

See docs/domain/rights.md.
"""

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from kam.users.terms import LINE, Position

DOT = "•"
_MOBILE_HEAD, _MOBILE_TAIL = 3, 4


def mask_mobile(value: str) -> str:
    """Return a mobile number with its middle hidden, `138••••5678`; short ones are hidden wholly."""
    text = value.strip()
    if len(text) <= _MOBILE_HEAD + _MOBILE_TAIL:
        return DOT * len(text)
    hidden = len(text) - _MOBILE_HEAD - _MOBILE_TAIL
    return text[:_MOBILE_HEAD] + DOT * hidden + text[-_MOBILE_TAIL:]


def mask_text(value: str) -> str:
    """Return three dots for anything that is there, so that neither content nor length shows."""
    return DOT * 3 if value.strip() else ""


def wait_after(failures: int, *, free: int, first: timedelta, most: timedelta) -> timedelta:
    """Return how long to wait after the last of `failures`: nothing below `free`, then `first`, doubling, never over `most`."""
    if failures < free:
        return timedelta(0)
    doublings = min(failures - free, 20)
    longer: timedelta = first * 2**doublings
    return min(longer, most)


def may_stand_in(absent: Position, substitute: Position) -> bool:
    """Say whether a substitute needs no confirmation: same or higher position in the same line (12-decisions, 5).

    Finance, clerk, HR and administrators stand beside the line: only their like stands in without being confirmed.
    """
    if absent in LINE:
        return substitute in LINE and LINE.index(substitute) >= LINE.index(absent)
    return substitute == absent


def fernet_key(secret: str) -> bytes:
    """Return the key that encrypts second factors, drawn from the installation's secret."""
    return base64.urlsafe_b64encode(hashlib.sha256(b"kam.second_factor:" + secret.encode()).digest())


@dataclass(frozen=True, slots=True)
class TeamShape:
    """What counts of a team: how many sell in it (the lead included), how many industries it owns, whether it has a lead."""

    salespeople: int
    industries: int
    has_lead: bool


@dataclass(frozen=True, slots=True)
class Norm:
    """How a department is meant to be staffed; defaults from the source (S-135, S-143)."""

    teams: int = 2
    industries_a_team: int = 2
    people_an_industry: int = 2
    directors: int = 1
    managers: tuple[int, int] = (2, 3)
    specialists: tuple[int, int] = (3, 4)

    @property
    def salespeople(self) -> int:
        """Teams × industries × people: 2 × 2 × 2 = 8."""
        return self.teams * self.industries_a_team * self.people_an_industry

    @property
    def smallest(self) -> int:
        """The smallest department of the job sheets: 1 + 2 + 3 = 6."""
        return self.directors + self.managers[0] + self.specialists[0]

    @property
    def largest(self) -> int:
        """The largest department of the job sheets: 1 + 3 + 4 = 8."""
        return self.directors + self.managers[1] + self.specialists[1]


class StaffingGap(StrEnum):
    """How a team differs from the norm."""

    PEOPLE = "people"
    INDUSTRIES = "industries"
    LEAD = "lead"


def staffing_gaps(team: TeamShape, norm: Norm) -> list[StaffingGap]:
    """Return what a team lacks or has too much of; warnings, nothing is refused."""
    found = []
    if team.salespeople != norm.industries_a_team * norm.people_an_industry:
        found.append(StaffingGap.PEOPLE)
    if team.industries != norm.industries_a_team:
        found.append(StaffingGap.INDUSTRIES)
    if not team.has_lead:
        found.append(StaffingGap.LEAD)
    return found


def short_of(norm: Norm, teams: Iterable[TeamShape]) -> int:
    """Return how many salespeople the department lacks against the norm; 0 when it has enough."""
    return max(0, norm.salespeople - sum(team.salespeople for team in teams))
