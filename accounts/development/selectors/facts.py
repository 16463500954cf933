"""The facts of development for many units at once, and what is written down about one of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q

from accounts.charts.models import DecisionFlow
from accounts.competition.models import ProductLine, ProductPosition
from accounts.competition.terms import Supply
from accounts.contacts.models import Contact
from accounts.contacts.terms import ContactChannel
from accounts.development.models import AccountPlan, PhaseChange, Swot
from accounts.development.registry import told_events
from accounts.development.rules.checks import Facts
from accounts.development.terms import LISTS
from accounts.needs.models import Need
from accounts.needs.terms import NeedState
from accounts.persons.models import KeyPersonPeriod, Person, PersonRole, Relation
from accounts.persons.terms import Confidence
from accounts.qualification.selectors import criteria_holding
from accounts.roles.selectors import met_days
from accounts.roles.terms import Seat, seat_of
from accounts.units.models import KeyAccount, Observation
from accounts.units.terms import Field
from kam.settings_rows.selectors import int_setting

#: A need in one of these states was talked through; in the last three a solution was proposed.
_CLARIFIED = (NeedState.CLARIFIED, NeedState.PROPOSED, NeedState.EXPLICIT, NeedState.SATISFIED)
_PROPOSED = _CLARIFIED[1:]
_Parts = dict[int, dict[str, Any]]


def facts_of(unit_ids: Collection[int], *, day: date) -> dict[int, Facts]:
    """Return unit → facts as they stood on `day`: a fixed number of statements.

    Criteria and needs keep no state of the past: they are told as they stand now, a need from the day of its present state on.
    """
    ids = list(unit_ids)
    if not ids:
        return {}
    parts: _Parts = {unit_id: {} for unit_id in ids}
    for read in (_owners, _criteria, _directions, _visits, _products, _swots, _persons, _charts, _needs):
        for unit_id, known in read(ids, day).items():
            parts[unit_id].update(known)
    told = told_events(ids, day)
    return {unit_id: Facts(day=day, told=told[unit_id], **known) for unit_id, known in parts.items()}


def _running(day: date) -> Q:
    return Q(started_on__lte=day) & (Q(ended_on__isnull=True) | Q(ended_on__gt=day))


def _owners(ids: list[int], day: date) -> _Parts:
    del day
    rows = KeyAccount.objects.filter(pk__in=ids).values_list("pk", "owner__name")
    return {pk: {"owner": name or ""} for pk, name in rows}


def _criteria(ids: list[int], day: date) -> _Parts:
    del day
    needed = int_setting("qualification_criteria_needed")
    return {pk: {"criteria": n, "criteria_needed": needed} for pk, n in criteria_holding(ids).items()}


def _directions(ids: list[int], day: date) -> _Parts:
    """The strategy among the facts; the vision of a plan that was approved counts more."""
    rows = Observation.objects.filter(unit__in=ids, field=Field.STRATEGY, learned_on__lte=day).current()
    found = {row.unit_id: {"direction": str(row.value)} for row in rows}
    plans = AccountPlan.objects.filter(unit__in=ids, approved_on__lte=day).order_by("revision")
    return found | {unit: {"direction": vision} for unit, vision in plans.values_list("unit", "vision")}


def _visits(ids: list[int], day: date) -> _Parts:
    held = Contact.objects.filter(unit__in=ids, channel=ContactChannel.VISIT, met=True, on__lte=day)
    rows = held.order_by().values("unit").annotate(n=Count("pk"), last=Max("on"))
    return {row["unit"]: {"visits": row["n"], "visited_on": row["last"]} for row in rows}


def _products(ids: list[int], day: date) -> _Parts:
    lines = ProductLine.objects.filter(Q(retired_on__isnull=True) | Q(retired_on__gt=day)).count()
    known: dict[int, int] = defaultdict(int)
    names: dict[int, list[str]] = defaultdict(list)
    rows = ProductPosition.objects.filter(unit__in=ids, learned_on__lte=day).current()
    for row in rows.select_related("competitor", "line"):
        if row.supply != Supply.UNKNOWN and row.line.retired_on is None:
            known[row.unit_id] += 1
        if row.competitor is not None and row.competitor.name not in names[row.unit_id]:
            names[row.unit_id].append(row.competitor.name)
    return {pk: {"lines": lines, "lines_known": known[pk], "rivals": tuple(names[pk])} for pk in ids}


def _swots(ids: list[int], day: date) -> _Parts:
    rows = Swot.objects.filter(unit__in=ids, on__lte=day).current()
    return {row.unit_id: {"swot": {name: len(getattr(row, name)) for name in LISTS}} for row in rows}


def _persons(ids: list[int], day: date) -> _Parts:
    """Who is there, who sits where, and who of them was never met."""
    there = Q(added_on__lte=day) & (Q(left_on__isnull=True) | Q(left_on__gt=day))
    people = Person.objects.filter(there, unit__in=ids).values_list("pk", "unit", "name", "reports_to")
    met, found = met_days(ids, until=day), {pk: _Found() for pk in ids}
    present = {}
    for pk, unit_id, name, boss in people:
        present[pk] = name
        found[unit_id].persons += 1
        found[unit_id].bosses += boss is not None
    roles = PersonRole.objects.on(day).filter(person__in=present).select_related("person").order_by("id")
    for role in roles:
        first = met.get(role.person_id)
        found[role.person.unit_id].add(role, first.first_on if first else None)
    for unit_id, name in KeyPersonPeriod.objects.filter(_running(day), unit__in=ids).values_list(
        "unit", "person__name"
    ):
        found[unit_id].key_person = name
    return {pk: unit.told() for pk, unit in found.items()}


class _Found:
    """What the persons of one unit add up to."""

    def __init__(self) -> None:
        self.persons = self.bosses = 0
        self.key_person = self.decider = ""
        self.decider_met_on: date | None = None
        self.seats: dict[Seat, str] = {}
        self.confirmed: set[Seat] = set()
        self.never: dict[int, str] = {}

    def add(self, role: PersonRole, met_on: date | None) -> None:
        """Take one role: the first to be named holds the seat's name, one confirmed holder confirms it."""
        seat, name = seat_of(role.role, role.gatekeeper_kind), role.person.name
        self.seats.setdefault(seat, name)
        if role.confidence == Confidence.CONFIRMED:
            self.confirmed.add(seat)
        if met_on is None:
            self.never[role.person_id] = name
        elif seat is Seat.DECISION_MAKER and self.decider_met_on is None:
            self.decider, self.decider_met_on = name, met_on

    def told(self) -> dict[str, Any]:
        return {
            "persons": self.persons,
            "bosses": self.bosses,
            "seats": self.seats,
            "assumed": tuple(seat for seat in self.seats if seat not in self.confirmed),
            "never_met": tuple(self.never.values()),
            "decider": self.decider,
            "decider_met_on": self.decider_met_on,
            "key_person": self.key_person,
        }


def _charts(ids: list[int], day: date) -> _Parts:
    flows = DecisionFlow.objects.filter(unit__in=ids, drawn_on__lte=day).order_by()
    drawn = dict(flows.values_list("unit").annotate(Max("drawn_on")))
    ties = Relation.objects.filter(_running(day), person__unit__in=ids).order_by()
    tied = dict(ties.values_list("person__unit").annotate(Count("pk")))
    return {pk: {"flow_on": drawn.get(pk), "relations": tied.get(pk, 0)} for pk in ids}


def _needs(ids: list[int], day: date) -> _Parts:
    rows = Need.objects.filter(unit__in=ids, raised_on__lte=day).order_by("state_on", "pk")
    found: dict[int, dict[str, Any]] = defaultdict(lambda: {"needs": (), "clarified": 0})
    for need in rows.only("unit_id", "state", "state_on", "raised_on", "solution", "text"):
        known = found[need.unit_id]
        known["needs"] += (need.raised_on,)
        if need.state_on <= day and need.state in _CLARIFIED:
            known["clarified"] += 1
        if need.state_on <= day and need.state in _PROPOSED:
            known["solution"] = need.solution or need.text
    return dict(found)


def last_numbers(unit_ids: Iterable[int]) -> dict[int, int]:
    """Return unit → number of its last change of phase; what a page shows is what a move must still find."""
    rows = PhaseChange.objects.filter(unit__in=list(unit_ids)).order_by()
    return dict(rows.values_list("unit").annotate(Max("number")))


def swot_on(unit: KeyAccount, day: date) -> Swot | None:
    """Return the SWOT as it was written on `day`."""
    return Swot.objects.filter(unit=unit, on__lte=day).select_related("by").order_by("-revision").first()


def rivals_told(unit: KeyAccount, day: date) -> list[ProductPosition]:
    """Return what is known of competitors at the unit, to be drawn into its SWOT."""
    rows = ProductPosition.objects.filter(unit=unit, learned_on__lte=day).current()
    return [row for row in rows.select_related("competitor", "line") if row.competitor is not None]
