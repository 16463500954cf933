"""When a unit is in danger: pure rules on facts (S-027, S-057 … S-060), see docs/domain/red_flags.md.

Each flag has a reason, a day since when it holds, and a key of the facts it stands for. The same facts never raise it twice: a flag
that was cleared comes back only when its facts are other ones. `VERSIONS` is raised with every change of a rule's meaning.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from accounts.persons.terms import Attitude, Confidence, Insider
from accounts.red_flags.rules.facts import (
    AgreementEnds,
    Contract,
    FlowDrawn,
    Held,
    Moved,
    PersonState,
    PlanOverdue,
    SevereComplaint,
    UnitFacts,
    VisitDue,
)
from accounts.red_flags.terms import FlagKind
from accounts.roles.terms import Seat

__all__ = [
    "NEEDED_SEATS",
    "VERSIONS",
    "AgreementEnds",
    "Contract",
    "FlowDrawn",
    "Held",
    "Moved",
    "PersonState",
    "PlanOverdue",
    "Raised",
    "SevereComplaint",
    "Thresholds",
    "UnitFacts",
    "VisitDue",
    "flags_of",
]

VERSIONS: Mapping[FlagKind, int] = dict.fromkeys(FlagKind, 1)

#: The three roles without which a purchase is a gamble; the guard of the budget is a second gatekeeper.
NEEDED_SEATS = (Seat.DECISION_MAKER, Seat.TECHNICAL, Seat.USER)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Days after which something counts; rows of the settings."""

    new_face: int = 30
    changed: int = 30
    written: int = 30
    contract: int = 90
    contact: Mapping[str, int] = field(default_factory=lambda: {"A": 7, "B": 14, "C": 30, "D": 60})


@dataclass(frozen=True, slots=True)
class Raised:
    """A flag that the facts raise today. `evidence` fills the sentence that tells the reason."""

    kind: FlagKind
    fact_key: str
    since_on: date
    person_id: int | None = None
    evidence: Mapping[str, Any] = field(default_factory=dict)


def flags_of(facts: UnitFacts, *, today: date, limits: Thresholds) -> list[Raised]:
    """Return every flag that holds today, in the order of FlagKind."""
    return [flag for rule in _RULES for flag in rule(facts, today, limits)]


def _role_missing(facts: UnitFacts, today: date, _limits: Thresholds) -> Iterator[Raised]:
    for seat in NEEDED_SEATS:
        if not facts.holders(seat):
            role_id, since = facts.seat_ended.get(seat, (0, facts.opened_on))
            yield Raised(FlagKind.ROLE_MISSING, f"{seat}:{role_id}", min(since, today), None, {"seat": seat})


def _role_assumed(facts: UnitFacts, _today: date, _limits: Thresholds) -> Iterator[Raised]:
    for seat in Seat:
        holders = facts.holders(seat)
        if holders and all(held.confidence == Confidence.ASSUMED for _person, held in holders):
            roles = sorted(held.role_id for _person, held in holders)
            yield Raised(
                FlagKind.ROLE_ASSUMED,
                f"{seat}:{','.join(map(str, roles))}"[:120],
                min(held.started_on for _person, held in holders),
                holders[0][0].id,
                {"seat": seat, "person": holders[0][0].name},
            )


def _never_interviewed(facts: UnitFacts, _today: date, _limits: Thresholds) -> Iterator[Raised]:
    for person in facts.present:
        if person.held and person.met_last_on is None:
            first = min(person.held, key=lambda held: held.started_on)
            evidence = {
                "person": person.name,
                "seat": first.seat,
                "opposes": person.attitude == Attitude.OPPOSES,
            }
            yield Raised(FlagKind.NEVER_INTERVIEWED, str(person.id), first.started_on, person.id, evidence)


def _decision_maker_unseen(facts: UnitFacts, _today: date, _limits: Thresholds) -> Iterator[Raised]:
    deciders = [person for person, _held in facts.holders(Seat.DECISION_MAKER)]
    others = {
        person.id: person
        for seat in Seat
        if seat is not Seat.DECISION_MAKER
        for person, _held in facts.holders(seat)
        if person.met_first_on is not None
    }
    if not deciders or not others or any(person.met_last_on for person in deciders):
        return
    seen = sorted(others.values(), key=lambda person: (person.met_first_on or date.max, person.id))
    yield Raised(
        FlagKind.DECISION_MAKER_UNSEEN,
        ",".join(str(person.id) for person in sorted(deciders, key=lambda p: p.id))[:120],
        seen[0].met_first_on or facts.opened_on,
        deciders[0].id,
        {"person": deciders[0].name, "seen": [person.name for person in seen][:5]},
    )


def _no_insider(facts: UnitFacts, _today: date, _limits: Thresholds) -> Iterator[Raised]:
    if any(person.insider == Insider.INSIDER for person in facts.present):
        return
    candidates = [person.name for person in facts.present if person.insider == Insider.CANDIDATE]
    fact_id, since = facts.insider_lost or (0, facts.opened_on)
    yield Raised(FlagKind.NO_INSIDER, str(fact_id), since, None, {"candidates": candidates[:5]})


def _single_thread(facts: UnitFacts, _today: date, _limits: Thresholds) -> Iterator[Raised]:
    reached = [person for person in facts.present if person.reached_on is not None]
    if len(reached) == 1:
        (person,) = reached
        since = person.reached_on or facts.opened_on
        others_left = [p.left_on for p in facts.persons if p.reached_on and p.left_on is not None]
        yield Raised(
            FlagKind.SINGLE_THREAD,
            f"{person.id}:{len(others_left)}",
            max([since, *others_left]),
            person.id,
            {"person": person.name},
        )


def _new_face(facts: UnitFacts, today: date, limits: Thresholds) -> Iterator[Raised]:
    for person in facts.present:
        is_new = (today - person.added_on).days <= limits.new_face
        if is_new and (person.influence is None or person.attitude == Attitude.UNKNOWN):
            yield Raised(
                FlagKind.NEW_FACE, str(person.id), person.added_on, person.id, {"person": person.name}
            )


def _person_changed(facts: UnitFacts, today: date, limits: Thresholds) -> Iterator[Raised]:
    for person in facts.persons:
        if person.left_on is not None:
            yield from _left(facts, person, person.left_on, today, limits)
        elif person.post_changed is not None:
            yield from _other_post(person, person.post_changed, today, limits)


def _left(
    facts: UnitFacts, person: PersonState, on: date, today: date, limits: Thresholds
) -> Iterator[Raised]:
    """Stands while a seat the person had is empty, and for some days where they had none."""
    open_seats = [seat for seat in person.lost_seats if not facts.holders(seat)]
    if open_seats or (not person.lost_seats and (today - on).days <= limits.changed):
        evidence = {
            "person": person.name,
            "left_on": on.isoformat(),
            "seats": [str(seat) for seat in open_seats],
        }
        yield Raised(FlagKind.PERSON_CHANGED, f"left:{person.id}:{on}", on, person.id, evidence)


def _other_post(
    person: PersonState, change: tuple[int, date, str, str], today: date, limits: Thresholds
) -> Iterator[Raised]:
    """Stands until the person was assessed again, at most for some days."""
    entry_id, on, old, new = change
    if (today - on).days <= limits.changed and (person.assessed_on is None or person.assessed_on < on):
        evidence = {"person": person.name, "old": old, "new": new}
        yield Raised(FlagKind.PERSON_CHANGED, f"post:{entry_id}", on, person.id, evidence)


def _power_changed(facts: UnitFacts, today: date, limits: Thresholds) -> Iterator[Raised]:
    """Stands until a decision maker was met on a later day, at most for some days."""
    if facts.power_change is None:
        return
    observation_id, on, old, new = facts.power_change
    met = [person.met_last_on for person, _held in facts.holders(Seat.DECISION_MAKER) if person.met_last_on]
    if (today - on).days <= limits.changed and not any(day > on for day in met):
        yield Raised(
            FlagKind.PURCHASING_POWER_CHANGED, str(observation_id), on, None, {"old": old, "new": new}
        )


def _no_outline(facts: UnitFacts, today: date, _limits: Thresholds) -> Iterator[Raised]:
    for visit in facts.visits_due:
        if visit.on == today and not visit.has_outline:
            yield Raised(
                FlagKind.NO_OUTLINE, f"{visit.key}:{today}"[:120], today, None, {"visit": visit.label}
            )


def _nothing_written(facts: UnitFacts, today: date, limits: Thresholds) -> Iterator[Raised]:
    start = facts.last_written_on or facts.opened_on
    if (today - start).days > limits.written:
        since = start + timedelta(days=limits.written + 1)
        last = facts.last_written_on.isoformat() if facts.last_written_on else ""
        yield Raised(
            FlagKind.NOTHING_WRITTEN, str(start), since, None, {"last": last, "days": limits.written}
        )


def _no_contact(facts: UnitFacts, today: date, limits: Thresholds) -> Iterator[Raised]:
    start = max(facts.last_contact_on or facts.opened_on, facts.opened_on)
    allowed = limits.contact[facts.tier]
    if (today - start).days > allowed:
        since = start + timedelta(days=allowed + 1)
        last = facts.last_contact_on.isoformat() if facts.last_contact_on else ""
        evidence = {"last": last, "days": allowed, "tier": facts.tier}
        yield Raised(FlagKind.NO_CONTACT, str(start), since, None, evidence)


def _key_person_changed(facts: UnitFacts, _today: date, _limits: Thresholds) -> Iterator[Raised]:
    if facts.key_person_change is None or facts.open_referrals == 0:
        return
    period_id, on, old, new = facts.key_person_change
    evidence = {"old": old, "new": new, "referrals": facts.open_referrals}
    yield Raised(FlagKind.KEY_PERSON_CHANGED, str(period_id), on, None, evidence)


def _organisation_changed(facts: UnitFacts, today: date, limits: Thresholds) -> Iterator[Raised]:
    """One flag a day of moves, until the flow of decisions is drawn anew after it, at most for some days."""
    by_day: dict[date, list[Moved]] = {}
    for move in facts.moved:
        is_drawn_since = facts.flow is not None and facts.flow.drawn_at > move.at
        if (today - move.on).days <= limits.changed and not is_drawn_since:
            by_day.setdefault(move.on, []).append(move)
    for on, moves in sorted(by_day.items()):
        names = sorted({move.name for move in moves})
        yield Raised(FlagKind.ORGANISATION_CHANGED, str(on), on, None, {"moved": names[:5]})


def _deciders_unclear(facts: UnitFacts, _today: date, _limits: Thresholds) -> Iterator[Raised]:
    """The drawn flow decides; without one, the people in the seat do. Nobody in the seat is the flag of the missing role."""
    if facts.flow is not None:
        if facts.flow.deciders != 1:
            flow, count = facts.flow, facts.flow.deciders
            yield Raised(
                FlagKind.DECIDERS_UNCLEAR, f"flow:{flow.id}", flow.drawn_on, None, {"deciders": count}
            )
        return
    holders = facts.holders(Seat.DECISION_MAKER)
    if len({person.id for person, _held in holders}) > 1:
        roles = ",".join(
            str(held.role_id) for _person, held in sorted(holders, key=lambda row: row[1].role_id)
        )
        since = max(held.started_on for _person, held in holders)
        yield Raised(
            FlagKind.DECIDERS_UNCLEAR, f"roles:{roles}"[:120], since, None, {"deciders": len(holders)}
        )


def _competitor_contract_ends(facts: UnitFacts, today: date, limits: Thresholds) -> Iterator[Raised]:
    """From so many days before the end until the end: the time in which the unit chooses anew."""
    for contract in facts.contracts:
        left = (contract.ends_on - today).days
        if 0 <= left <= limits.contract:
            since = contract.ends_on - timedelta(days=limits.contract)
            evidence = {
                "competitor": contract.competitor,
                "line": contract.line,
                "ends": contract.ends_on.isoformat(),
            }
            yield Raised(FlagKind.COMPETITOR_CONTRACT_ENDS, contract.key, since, None, evidence)


def _severe_complaint(facts: UnitFacts, _today: date, _limits: Thresholds) -> Iterator[Raised]:
    for told in facts.complaints:
        evidence = {"number": told.number, "ends": told.due_on.isoformat()}
        yield Raised(FlagKind.SEVERE_COMPLAINT, told.key, told.received_on, None, evidence)


def _service_plan_overdue(facts: UnitFacts, _today: date, _limits: Thresholds) -> Iterator[Raised]:
    """Stands until somebody does what is planned; the first planned contact that nobody did names it, however many follow."""
    for plan in facts.service_plans:
        evidence = {
            "person": plan.name,
            "seat": plan.seat,
            "due": plan.due_on.isoformat(),
            "failed": plan.failed,
        }
        key = f"{plan.id}:{plan.due_on}"
        yield Raised(FlagKind.SERVICE_PLAN_OVERDUE, key, plan.since_on, plan.person_id, evidence)


def _agreement_ends(facts: UnitFacts, today: date, _limits: Thresholds) -> Iterator[Raised]:
    """From the notice until the last day; renewed or ended early, nobody tells it any more."""
    for told in facts.agreements:
        if told.since_on <= today <= told.ends_on:
            evidence = {"number": told.number, "title": told.title, "ends": told.ends_on.isoformat()}
            yield Raised(FlagKind.AGREEMENT_ENDS, told.key, told.since_on, None, evidence)


_Rule = Callable[[UnitFacts, date, Thresholds], Iterator[Raised]]
_RULES: tuple[_Rule, ...] = (
    _role_missing,
    _role_assumed,
    _never_interviewed,
    _decision_maker_unseen,
    _no_insider,
    _single_thread,
    _new_face,
    _person_changed,
    _power_changed,
    _no_outline,
    _nothing_written,
    _no_contact,
    _key_person_changed,
    _organisation_changed,
    _deciders_unclear,
    _competitor_contract_ends,
    _severe_complaint,
    _service_plan_overdue,
    _agreement_ends,
)
