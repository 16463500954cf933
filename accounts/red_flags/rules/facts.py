"""What the rules of red flags know about a unit: facts without a database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from accounts.persons.terms import Attitude, Confidence, Insider
from accounts.roles.terms import Seat


@dataclass(frozen=True, slots=True)
class Held:
    """A seat that somebody has today."""

    role_id: int
    seat: Seat
    confidence: Confidence
    started_on: date


@dataclass(frozen=True, slots=True)
class PersonState:
    """What the rules ask of a person. `met` are the first and last day we met, `reached` the first day of any contact."""

    id: int
    name: str
    added_on: date
    left_on: date | None = None
    held: tuple[Held, ...] = ()
    lost_seats: tuple[Seat, ...] = ()
    attitude: str = Attitude.UNKNOWN
    influence: int | None = None
    insider: str = Insider.NONE
    met_first_on: date | None = None
    met_last_on: date | None = None
    reached_on: date | None = None
    assessed_on: date | None = None
    post_changed: tuple[int, date, str, str] | None = None

    @property
    def is_present(self) -> bool:
        return self.left_on is None


@dataclass(frozen=True, slots=True)
class VisitDue:
    """A visit planned for a day, and whether its question outline is there; told by the app of visits."""

    key: str
    on: date
    has_outline: bool
    label: str = ""


@dataclass(frozen=True, slots=True)
class FlowDrawn:
    """The decision flow in force: since when, and how many have the final say; told by the charts."""

    id: int
    drawn_on: date
    drawn_at: datetime
    deciders: int


@dataclass(frozen=True, slots=True)
class Contract:
    """A competitor's contract for one of our lines; told by competition."""

    key: str
    ends_on: date
    competitor: str
    line: str


@dataclass(frozen=True, slots=True)
class SevereComplaint:
    """A severe complaint that is not resolved; told by complaints. `key` is another one each time it is reopened."""

    key: str
    received_on: date
    due_on: date
    number: str


@dataclass(frozen=True, slots=True)
class PlanOverdue:
    """A service plan that is not kept: what was due first of what nobody did; told by the service plans."""

    id: int
    person_id: int
    name: str
    seat: Seat
    due_on: date
    since_on: date
    failed: int


@dataclass(frozen=True, slots=True)
class AgreementEnds:
    """A long-term agreement that nothing renews yet; from `since_on` until its last day it is told."""

    key: str
    number: str
    title: str
    since_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Moved:
    """A person got another boss or another department; `fact_id` is the dated fact that says so."""

    fact_id: int
    on: date
    at: datetime
    name: str


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """Everything the rules know about a unit."""

    unit_id: int
    tier: str
    opened_on: date
    persons: tuple[PersonState, ...] = ()
    seat_ended: Mapping[Seat, tuple[int, date]] = field(default_factory=dict)
    insider_lost: tuple[int, date] | None = None
    last_contact_on: date | None = None
    last_written_on: date | None = None
    power_change: tuple[int, date, Any, Any] | None = None
    key_person_change: tuple[int, date, str, str] | None = None
    open_referrals: int = 0
    visits_due: tuple[VisitDue, ...] = ()
    flow: FlowDrawn | None = None
    moved: tuple[Moved, ...] = ()
    contracts: tuple[Contract, ...] = ()
    complaints: tuple[SevereComplaint, ...] = ()
    service_plans: tuple[PlanOverdue, ...] = ()
    agreements: tuple[AgreementEnds, ...] = ()

    @property
    def present(self) -> tuple[PersonState, ...]:
        return tuple(person for person in self.persons if person.is_present)

    def holders(self, seat: Seat) -> list[tuple[PersonState, Held]]:
        return [(person, held) for person in self.present for held in person.held if held.seat is seat]
