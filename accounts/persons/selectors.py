"""What pages show of persons."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from accounts.persons.models import KeyPersonPeriod, Person, PersonFact, PersonRole, Relation
from accounts.persons.terms import PERSONAL_FIELDS
from accounts.units.models import KeyAccount
from accounts.units.permissions import can_read_personal
from kam.core.clock import business_date
from kam.core.days import say_day
from kam.core.house import read_house
from kam.core.once import once
from kam.core.prepared import Filled, Prepared, blank, rows_read
from kam.people.rules import mask_mobile, mask_text
from kam.users.models import User


@dataclass(frozen=True, slots=True)
class Datum:
    """A personal value as this reader may see it."""

    name: str
    label: Any
    text: str
    is_masked: bool


@dataclass(frozen=True, slots=True)
class SeenPerson:
    """A person with what stands beside the name: running roles, key person or not, the reader's view of the data."""

    person: Person
    roles: list[PersonRole]
    is_key: bool
    data: list[Datum] = field(default_factory=list)

    @property
    def glyph(self) -> str:
        """Which shape of the role glyph: d, t, f, u or n."""
        letters = {"decision_maker": "d", "technical": "t", "financial": "f", "user": "u"}
        return next((letters[role.gatekeeper_kind or role.role] for role in self.roles), "n")

    @property
    def tone(self) -> str:
        return {"supports": "pos", "neutral": "neu", "opposes": "neg"}.get(self.person.attitude, "unk")

    @property
    def sign(self) -> str:
        return {"supports": "+", "neutral": "=", "opposes": "−"}.get(self.person.attitude, "?")

    @property
    def is_assumed(self) -> bool:
        return bool(self.roles) and all(role.confidence == "assumed" for role in self.roles)


def _person_rows() -> QuerySet[Any]:
    """Return the persons of a unit with `is_key_now` and `held`, what a page shows of their roles."""
    is_key = KeyPersonPeriod.objects.filter(unit_id=blank("unit"), person=OuterRef("pk")).on(blank("day"))
    held = PersonRole.objects.filter(person=OuterRef("pk")).on(blank("day")).order_by("started_on", "id")
    told = JSONObject(id="id", role="role", gatekeeper_kind="gatekeeper_kind", confidence="confidence")
    rows = Person.objects.filter(unit_id=blank("unit")).select_related("reports_to")
    return rows.annotate(is_key_now=Exists(is_key), held=ArraySubquery(held.values(told=told)))


_people: Prepared[Any] = Prepared(_person_rows)


def people_asked(unit: KeyAccount, *, on: date) -> Filled[Any]:
    """Return what `persons_of` asks."""
    return _people.filled(unit=unit.pk, day=on)


def persons_of(unit: KeyAccount, *, on: date) -> list[SeenPerson]:
    """Return the unit's persons, key person first, then by influence: one query whatever their number."""
    return _seen(people_asked(unit, on=on).answer())


def _seen(people: list[Any]) -> list[SeenPerson]:
    seen = [
        SeenPerson(person, [PersonRole(person=person, **role) for role in person.held], person.is_key_now)
        for person in people
    ]
    return sorted(
        seen,
        key=lambda s: (s.person.left_on is not None, not s.is_key, -(s.person.influence or 0), s.person.pk),
    )


def persons_now(unit: KeyAccount) -> list[SeenPerson]:
    """Return the unit's persons as of today, read once for all parts of a page."""
    return once(
        unit,
        "persons",
        lambda: _seen(rows_read(unit, "persons", lambda: people_asked(unit, on=business_date()))),
    )


def _masked(name: str, value: Any) -> str:
    text = str(value or "")
    return mask_mobile(text) if name == "mobile" else mask_text(text)


def seen_person(person: Person, user: User, *, on: date) -> SeenPerson:
    """Return one person as `user` may see them."""
    clear = can_read_personal(user, person.unit)
    data = []
    for name in PERSONAL_FIELDS:
        value = getattr(person, name)
        label = Person._meta.get_field(name).verbose_name  # type: ignore[union-attr]  # noqa: SLF001 -- _meta is Django's API
        if isinstance(value, date) and clear:
            value = say_day(value)
        data.append(
            Datum(name, label, str(value or "") if clear else _masked(name, value), not clear and bool(value))
        )
    roles = list(PersonRole.objects.filter(person=person).on(on))
    is_key = KeyPersonPeriod.objects.filter(person=person).on(on).exists()
    return SeenPerson(person, roles, is_key, data)


def relations_of(person: Person) -> list[Relation]:
    """Return the running ties of a person, seen from both ends."""
    rows = Relation.objects.filter(Q(person=person) | Q(other=person), ended_on__isnull=True)
    return list(rows.select_related("person", "other", "staff").order_by("id"))


@dataclass(frozen=True, slots=True)
class Learned:
    """One assessed value in words, with its day and source."""

    day: date
    label: Any
    text: str
    source: str
    who: str


def learned_about(person: Person, *, limit: int = 50) -> list[Learned]:
    """Return what was assessed and where the person stood, newest first, in words."""
    rows = list(person.facts.select_related("by").order_by("-learned_on", "-id")[:limit])
    bosses = Person.objects.in_bulk([row.value for row in rows if row.field == "reports_to" and row.value])
    return [
        Learned(
            row.learned_on,
            Person._meta.get_field(row.field).verbose_name,  # type: ignore[union-attr]  # noqa: SLF001 -- _meta is Django's API
            _fact_text(row.field, bosses.get(row.value) if row.field == "reports_to" else row.value),
            read_house(row.source_label),
            row.by.name if row.by else "",
        )
        for row in rows
    ]


def learned_later(person: Person, facts: Iterable[PersonFact]) -> list[str]:
    """Return the names of what was just written of an earlier day, while something learned later counts."""
    row = Person.objects.get(pk=person.pk)
    return [_label(fact.field) for fact in facts if getattr(row, fact.field) != fact.value]


def _label(name: str) -> str:
    return str(Person._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # noqa: SLF001 -- see above


def _fact_text(name: str, value: Any) -> str:
    choices = dict(Person._meta.get_field(name).choices or ())  # type: ignore[union-attr]  # noqa: SLF001 -- see above
    return "–" if value in (None, "") else str(choices.get(value, value))
