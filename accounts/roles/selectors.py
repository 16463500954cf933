"""Reads of roles: who sits where, and when each was last met."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any

from django.db.models import Max, Min, OuterRef, Q, QuerySet, Subquery

from accounts.contacts.models import ContactPerson
from accounts.persons.labels import STYLE_LABELS
from accounts.persons.models import Person, PersonRole
from accounts.persons.selectors import persons_now
from accounts.persons.terms import Attitude, Confidence, Style
from accounts.roles.labels import SEAT_ADVICE, SEAT_LABELS, STYLE_ADVICE
from accounts.roles.rules import Coverage, Holder, coverage
from accounts.roles.terms import Seat, seat_of
from accounts.units.models import KeyAccount
from kam.core.clock import business_date
from kam.core.once import once
from kam.core.prepared import Filled, Prepared, blank, rows_read
from kam.settings_rows.selectors import int_setting, read_value, setting_asked, setting_in, value_in_force

SEEN_WITHIN = "role_interviewed_days"
#: What a score asks of a person.
_HOLDER = tuple(
    f"person__{name}" for name in ("id", "name", "attitude", "post", "style", "influence", "insider")
)


@dataclass(frozen=True, slots=True)
class Met:
    """First day of any contact, first and last day we met in person."""

    reached_on: date
    first_on: date | None
    last_on: date | None


_contacts: Prepared[Any] = Prepared(
    lambda: (
        ContactPerson.objects.filter(person__unit_id__any_of=blank("units"), contact__on__lte=blank("until"))
        .values("person_id")
        .annotate(
            reached=Min("contact__on"),
            first=Min("contact__on", filter=Q(contact__met=True)),
            last=Max("contact__on", filter=Q(contact__met=True)),
            within=value_in_force(SEEN_WITHIN, blank("until")),
        )
    )
)


def met_days(unit_ids: Collection[int], *, until: date) -> dict[int, Met]:
    """Return person → days of contact, for all persons of the units in one query."""
    return _met(unit_ids, until)[0]


def _met(unit_ids: Collection[int], until: date) -> tuple[dict[int, Met], int]:
    """Return also within how many days somebody counts as seen: one statement for both, one more where nobody was met."""
    rows = _contacts(units=[*unit_ids], until=until)
    return _met_in(rows, lambda: int_setting(SEEN_WITHIN, on=until))


def _met_in(rows: Sequence[Any], otherwise: Callable[[], int]) -> tuple[dict[int, Met], int]:
    met = {row["person_id"]: Met(row["reached"], row["first"], row["last"]) for row in rows}
    return met, int(read_value(SEEN_WITHIN, rows[0]["within"])) if rows else otherwise()


def coverage_of(unit_id: int, *, today: date) -> Coverage:
    """Return the role coverage of a unit as of `today`. Two queries, three where nobody was met."""
    return coverages_of([unit_id], today=today)[unit_id]


def met_asked(unit: KeyAccount, *, until: date) -> Filled[Any]:
    """Return what `coverage_now` asks of contacts."""
    return _contacts.filled(units=[unit.pk], until=until)


def coverage_now(unit: KeyAccount) -> Coverage:
    """Return the role coverage as of today, read once for all parts of a page: the persons' roles and one query, two where nobody was met."""
    today = business_date()

    def seen_within() -> int:
        rows = rows_read(unit, "seen_within", lambda: setting_asked(SEEN_WITHIN, on=today))
        return int(setting_in(SEEN_WITHIN, rows))

    def read() -> Coverage:
        present = [seen for seen in persons_now(unit) if seen.person.left_on is None]
        roles = [role for seen in sorted(present, key=lambda s: s.person.pk) for role in seen.roles]
        met = _met_in(rows_read(unit, "met", lambda: met_asked(unit, until=today)), seen_within)
        return _covered([unit.pk], roles, met, today=today)[unit.pk]

    return once(unit, "coverage", read)


def coverages_of(unit_ids: Collection[int], *, today: date) -> dict[int, Coverage]:
    """Return unit → role coverage for many units with the same queries."""
    roles = (
        PersonRole.objects.on(today)
        .filter(person__unit_id__in=unit_ids, person__left_on__isnull=True)
        .select_related("person")
    )
    return _covered(unit_ids, roles, _met(unit_ids, today), today=today)


def _seat_rows() -> QuerySet[PersonRole, Any]:
    """Return unit, the setting, seat, and what `_held_by` takes, unit by unit."""
    meetings = ContactPerson.objects.filter(
        person=OuterRef("person"), contact__met=True, contact__on__lte=blank("day")
    )
    last = meetings.order_by().values("person").annotate(last=Max("contact__on")).values("last")
    rows = PersonRole.objects.on(blank("day")).filter(
        person__unit__any_of=blank("units"), person__left_on__isnull=True
    )
    return (
        rows.annotate(seen_on=Subquery(last), within=value_in_force(SEEN_WITHIN, blank("day")))
        .order_by("person__unit_id", "person_id", "id")
        .values_list(
            "person__unit_id", "within", "role", "gatekeeper_kind", "confidence", "seen_on", *_HOLDER
        )
    )


_seats: Prepared[Any] = Prepared(_seat_rows)


def seats_of(units: Collection[int], *, today: date) -> dict[int, Coverage]:
    """Return unit → role coverage, for those with any role: one query, the setting with it."""
    covered = {}
    for unit_id, group in groupby(_seats(units=[*units], day=today), key=itemgetter(0)):
        held: dict[Seat, list[Holder]] = {}
        days = 0
        for _unit, within, role, kind, *holder in group:
            days = days or int(read_value(SEEN_WITHIN, within))
            held.setdefault(seat_of(role, kind), []).append(_held_by(*holder))
        covered[unit_id] = coverage(held, today=today, seen_within_days=days)
    return covered


def scores_of(units: Collection[int], *, today: date) -> dict[int, int]:
    """Return unit → score of its role coverage, for those with any role: one query, the setting with it."""
    return {unit_id: covered.score for unit_id, covered in seats_of(units, today=today).items()}


def _covered(
    unit_ids: Collection[int], roles: Iterable[PersonRole], told: tuple[dict[int, Met], int], *, today: date
) -> dict[int, Coverage]:
    met, days = told
    holders: dict[int, dict[Seat, list[Holder]]] = {unit_id: {} for unit_id in unit_ids}
    for role in roles:
        seat = seat_of(role.role, role.gatekeeper_kind)
        holders[role.person.unit_id].setdefault(seat, []).append(_holder(role, met))
    return {unit_id: coverage(held, today=today, seen_within_days=days) for unit_id, held in holders.items()}


def _holder(role: PersonRole, met: dict[int, Met]) -> Holder:
    person = role.person
    seen = met.get(person.pk)
    read = attrgetter(*(path.removeprefix("person__") for path in _HOLDER))
    return _held_by(role.confidence, seen.last_on if seen else None, *read(person))


def _held_by(confidence: str, seen_on: date | None, *person: Any) -> Holder:
    """Return who holds a seat: `person` is what `_HOLDER` names."""
    person_id, name, attitude, post, style, influence, insider = person
    return Holder(
        person_id=person_id,
        name=name,
        confidence=Confidence(confidence),
        attitude=Attitude(attitude),
        seen_on=seen_on,
        post=post,
        style=style,
        influence=influence,
        insider=insider,
    )


@dataclass(frozen=True, slots=True)
class Advice:
    """How to speak with somebody: by the seat they have, and by their style."""

    seat: Any
    style: Any
    lines: tuple[Any, ...]


def advice_for(*, seats: Iterable[Seat], style: str) -> list[Advice]:
    """Return advice for a person with these seats and this style ("" = not known); other rooms show it while planning."""
    told = [Advice(SEAT_LABELS[seat], "", SEAT_ADVICE[seat]) for seat in seats]
    if style in STYLE_ADVICE:
        told.append(Advice("", STYLE_LABELS[Style(style)], STYLE_ADVICE[Style(style)]))
    return told


def advice_of(person: Person, *, today: date) -> list[Advice]:
    """Return the advice for a person as of `today`. One query."""
    roles = PersonRole.objects.on(today).filter(person=person)
    seats = dict.fromkeys(seat_of(role.role, role.gatekeeper_kind) for role in roles)
    return advice_for(seats=seats, style=person.style)
