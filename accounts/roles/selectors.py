"""Reads of roles: who sits where, and when each was last met."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Min, Q

from accounts.contacts.models import ContactPerson
from accounts.persons.models import PersonRole
from accounts.persons.terms import Attitude, Confidence
from accounts.roles.rules import Coverage, Holder, coverage
from accounts.roles.terms import Seat, seat_of
from kam.settings_rows.selectors import int_setting

SEEN_WITHIN = "role_interviewed_days"


@dataclass(frozen=True, slots=True)
class Met:
    """First day of any contact, first and last day we met in person."""

    reached_on: date
    first_on: date | None
    last_on: date | None


def met_days(unit_ids: Collection[int], *, until: date) -> dict[int, Met]:
    """Return person → days of contact, for all persons of the units in one query."""
    rows = (
        ContactPerson.objects.filter(person__unit_id__in=unit_ids, contact__on__lte=until)
        .values("person_id")
        .annotate(
            reached=Min("contact__on"),
            first=Min("contact__on", filter=Q(contact__met=True)),
            last=Max("contact__on", filter=Q(contact__met=True)),
        )
    )
    return {row["person_id"]: Met(row["reached"], row["first"], row["last"]) for row in rows}


def coverage_of(unit_id: int, *, today: date) -> Coverage:
    """Return the role coverage of a unit as of `today`. Three queries."""
    return coverages_of([unit_id], today=today)[unit_id]


def coverages_of(unit_ids: Collection[int], *, today: date) -> dict[int, Coverage]:
    """Return unit → role coverage for many units with the same three queries."""
    met = met_days(unit_ids, until=today)
    holders: dict[int, dict[Seat, list[Holder]]] = {unit_id: {} for unit_id in unit_ids}
    roles = (
        PersonRole.objects.on(today)
        .filter(person__unit_id__in=unit_ids, person__left_on__isnull=True)
        .select_related("person")
    )
    for role in roles:
        seat = seat_of(role.role, role.gatekeeper_kind)
        holders[role.person.unit_id].setdefault(seat, []).append(_holder(role, met))
    days = int_setting(SEEN_WITHIN)
    return {unit_id: coverage(held, today=today, seen_within_days=days) for unit_id, held in holders.items()}


def _holder(role: PersonRole, met: dict[int, Met]) -> Holder:
    person = role.person
    seen = met.get(person.pk)
    return Holder(
        person_id=person.pk,
        name=person.name,
        confidence=Confidence(role.confidence),
        attitude=Attitude(person.attitude),
        seen_on=seen.last_on if seen else None,
        post=person.post,
        style=person.style,
        influence=person.influence,
        insider=person.insider,
    )
