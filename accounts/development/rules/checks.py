"""What a phase or a step asks of a unit, each answered from facts with the words that a sentence needs (docs/domain/phases.md).

A check that hangs on what another room tells is `unasked` as long as no room tells it: it is shown, and refuses nothing.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from accounts.development.terms import LISTS, Answer, Check, Told
from accounts.roles.terms import Seat

#: A review older than this many days is not this month's (S-064, step 5).
REVIEW_DAYS = 31
#: An organisation chart with fewer than two persons draws nothing.
FEWEST_PERSONS = 2


@dataclass(frozen=True, slots=True)
class Event:
    """Something that another room tells: when it was, what it is called, when it was over (None: it still runs)."""

    on: date
    label: str = ""
    closed_on: date | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one unit on one day. `told` holds only what some room tells; an empty tuple is "none of these"."""

    day: date
    owner: str = ""
    criteria: int = 0
    criteria_needed: int = 1
    direction: str = ""
    visits: int = 0
    visited_on: date | None = None
    rivals: tuple[str, ...] = ()
    lines_known: int = 0
    lines: int = 0
    swot: Mapping[str, int] = field(default_factory=dict)
    seats: Mapping[Seat, str] = field(default_factory=dict)
    assumed: tuple[Seat, ...] = ()
    never_met: tuple[str, ...] = ()
    decider: str = ""
    decider_met_on: date | None = None
    persons: int = 0
    bosses: int = 0
    flow_on: date | None = None
    relations: int = 0
    needs: tuple[date, ...] = ()
    clarified: int = 0
    solution: str = ""
    key_person: str = ""
    told: Mapping[Told, tuple[Event, ...]] = field(default_factory=dict)

    def events(self, name: Told) -> tuple[Event, ...]:
        return self.told.get(name, ())

    def running(self, name: Told) -> tuple[Event, ...]:
        """Return the events that were not over on the day."""
        return tuple(e for e in self.events(name) if e.closed_on is None or e.closed_on > self.day)


@dataclass(frozen=True, slots=True)
class Finding:
    """A check, its answer, and what the sentence beside it names."""

    check: Check
    answer: Answer
    words: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_met(self) -> bool:
        return self.answer is Answer.MET


Said = tuple[bool, dict[str, Any]]


def empty_roles(seats: Mapping[Seat, str]) -> tuple[Seat, ...]:
    """Return which of the three roles nobody has; one gatekeeper, of technique or of money, is enough for the second."""
    keepers = (Seat.TECHNICAL, Seat.FINANCIAL)
    empty = [seat for seat in (Seat.DECISION_MAKER, Seat.USER) if seat not in seats]
    return (*empty, *(() if any(seat in seats for seat in keepers) else (Seat.TECHNICAL,)))


def _last(events: Iterable[Event]) -> Event | None:
    return max(events, key=lambda event: event.on, default=None)


def _latest(facts: Facts, name: Told) -> Said:
    last = _last(facts.events(name))
    words = {"n": len(facts.events(name)), "on": last.on, "label": last.label} if last else {}
    return last is not None, words


def _solution(facts: Facts) -> Said:
    """A proposal was presented, or a need has a proposed solution."""
    last = _last(facts.events(Told.PROPOSALS))
    return bool(last or facts.solution), {"text": last.label if last else facts.solution}


def _swot(facts: Facts) -> Said:
    empty = [name for name in LISTS if not facts.swot.get(name)]
    return not empty, {"lists": empty, "n": sum(facts.swot.values())}


def _rivals(facts: Facts) -> Said:
    """A competitor was found, or it is known of at least one product line that there is none."""
    return bool(facts.lines_known), {"names": facts.rivals, "n": facts.lines_known}


def _open_complaint(facts: Facts) -> Said:
    last = _last(facts.running(Told.COMPLAINTS))
    return last is not None, {"label": last.label, "on": last.on} if last else {}


def _settled(facts: Facts) -> Said:
    is_open, words = _open_complaint(facts)
    return not is_open, words


def _planned(facts: Facts) -> Said:
    """Each of the three roles that somebody has is served by a plan."""
    served = {event.kind for event in facts.running(Told.SERVICE_PLANS)}
    open_ = [seat for seat in facts.seats if seat not in served]
    return bool(facts.seats) and not open_, {"n": len(served), "seats": open_}


def _reviewed(facts: Facts) -> Said:
    last = _last(facts.events(Told.REVIEWS))
    is_fresh = last is not None and (facts.day - last.on).days <= REVIEW_DAYS
    return is_fresh, {"on": last.on} if last else {}


def _next_need(facts: Facts) -> Said:
    """A need was raised on or after the day of the last signing."""
    signed = _last(facts.events(Told.DEALS))
    later = [day for day in facts.needs if signed and day >= signed.on]
    return bool(later), {"on": max(later)} if later else {}


def _interviewed(facts: Facts) -> Said:
    return bool(facts.seats) and not facts.never_met, {"names": facts.never_met, "n": len(facts.seats)}


RULES: Mapping[Check, Callable[[Facts], Said]] = {
    Check.OWNED: lambda f: (bool(f.owner), {"name": f.owner}),
    Check.QUALIFIES: lambda f: (
        f.criteria >= f.criteria_needed,
        {"n": f.criteria, "needed": f.criteria_needed},
    ),
    Check.DIRECTION: lambda f: (bool(f.direction), {"text": f.direction}),
    Check.VISITED: lambda f: (f.visits > 0, {"n": f.visits, "on": f.visited_on}),
    Check.RIVALS: _rivals,
    Check.SWOT: _swot,
    Check.SEATS: lambda f: (
        not empty_roles(f.seats),
        {"seats": empty_roles(f.seats), "names": tuple(f.seats.values())},
    ),
    Check.DECIDER: lambda f: (f.decider_met_on is not None, {"name": f.decider, "on": f.decider_met_on}),
    Check.NEED: lambda f: (f.clarified > 0, {"n": f.clarified}),
    Check.CONFIRMED: lambda f: (
        not empty_roles(f.seats) and not f.assumed,
        {"seats": (*empty_roles(f.seats), *f.assumed)},
    ),
    Check.INTERVIEWED: _interviewed,
    Check.FLOW: lambda f: (f.flow_on is not None, {"on": f.flow_on}),
    Check.SOLUTION: _solution,
    Check.ORDER: lambda f: _latest(f, Told.ORDERS),
    Check.COMPLAINT: _open_complaint,
    Check.SIGNED: lambda f: _latest(f, Told.DEALS),
    Check.SETTLED: _settled,
    Check.SURVEYED: lambda f: _latest(f, Told.SURVEYS),
    Check.KEY_PERSON: lambda f: (bool(f.key_person), {"name": f.key_person}),
    Check.ORGANISATION: lambda f: (
        f.persons >= FEWEST_PERSONS and f.bosses > 0,
        {"n": f.persons, "bosses": f.bosses},
    ),
    Check.PRODUCTS: lambda f: (0 < f.lines <= f.lines_known, {"n": f.lines_known, "of": f.lines}),
    Check.RELATIONS: lambda f: (f.relations > 0, {"n": f.relations}),
    Check.PLANNED: _planned,
    Check.REVIEWED: _reviewed,
    Check.LOOKED_AFTER: lambda f: _latest(f, Told.AFTER_SALES),
    Check.REPORTED: lambda f: _latest(f, Told.REPORTS),
    Check.NEXT_NEED: _next_need,
}
#: What must be told for a check to be asked at all.
HANGS_ON: Mapping[Check, Told] = {
    Check.ORDER: Told.ORDERS,
    Check.COMPLAINT: Told.COMPLAINTS,
    Check.SIGNED: Told.DEALS,
    Check.SETTLED: Told.COMPLAINTS,
    Check.SURVEYED: Told.SURVEYS,
    Check.PLANNED: Told.SERVICE_PLANS,
    Check.REVIEWED: Told.REVIEWS,
    Check.LOOKED_AFTER: Told.AFTER_SALES,
    Check.REPORTED: Told.REPORTS,
    Check.NEXT_NEED: Told.DEALS,
}


def find(check: Check, facts: Facts) -> Finding:
    """Answer one check."""
    if check in HANGS_ON and HANGS_ON[check] not in facts.told:
        return Finding(check, Answer.UNASKED)
    is_met, words = RULES[check](facts)
    return Finding(check, Answer.MET if is_met else Answer.MISSING, words)


def find_all(checks: Iterable[Check], facts: Facts) -> tuple[Finding, ...]:
    """Answer several checks, in their order."""
    return tuple(find(check, facts) for check in checks)


def missing(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return what refuses a move: the checks that were asked and are not met."""
    return tuple(finding for finding in findings if finding.answer is Answer.MISSING)
