"""Valid units and persons, nothing surprising. Written straight into the tables: services have tests of their own."""

from datetime import date
from itertools import count
from typing import Any

from accounts.archive.models import FileDefinition
from accounts.archive.terms import first_definition
from accounts.contacts.models import Contact, ContactPerson
from accounts.contacts.terms import ContactChannel
from accounts.needs.models import Need
from accounts.needs.terms import NeedKind
from accounts.persons.models import Person, PersonRole
from accounts.persons.terms import BuyerRole, Confidence
from accounts.units.models import KeyAccount, Ownership
from accounts.units.terms import Channel
from kam.users.models import User
from kam.users.scopes import team_of

_numbers = count(1)


def make_unit(name: str = "", *, owner: User | None = None, **fields: Any) -> KeyAccount:
    """Return a saved chamber of commerce; its team is the owner's."""
    number = next(_numbers)
    name = name or f"Unit {number}"
    values = {
        "name": name,
        "name_key": name.lower().replace(" ", ""),
        "channel": Channel.CHAMBER,
        "owner": owner,
        "team": team_of(owner) if owner else None,
        "sort_key": name.lower(),
        "file_opened_on": date(2026, 1, 5),
    } | fields
    unit = KeyAccount.objects.create(**values)
    if owner is not None:
        Ownership.objects.create(unit=unit, owner=owner, team=unit.team, started_on=date(2026, 1, 5))
    return unit


def make_person(unit: KeyAccount, name: str = "", **fields: Any) -> Person:
    """Return a saved person whom we have known since January."""
    values = {"name": name or f"Person {next(_numbers)}", "post": "Secretary", "added_on": date(2026, 1, 5)}
    return Person.objects.create(unit=unit, **(values | fields))


def make_role(
    person: Person,
    role: BuyerRole = BuyerRole.DECISION_MAKER,
    *,
    gatekeeper_kind: str = "",
    confidence: Confidence = Confidence.CONFIRMED,
    **fields: Any,
) -> PersonRole:
    """Return a saved, confirmed buyer role held since January."""
    values = {"started_on": date(2026, 1, 5)} | fields
    return PersonRole.objects.create(
        person=person, role=role, gatekeeper_kind=gatekeeper_kind, confidence=confidence, **values
    )


def make_contact(unit: KeyAccount, *persons: Person, on: date, **fields: Any) -> Contact:
    """Return a saved visit with these persons."""
    values = {"channel": ContactChannel.VISIT, "met": True, "by": unit.owner} | fields
    contact = Contact.objects.create(unit=unit, on=on, **values)
    for person in persons:
        ContactPerson.objects.create(contact=contact, person=person)
    return contact


def make_need(unit: KeyAccount, text: str = "A bigger meeting room", **fields: Any) -> Need:
    """Return a saved, recorded need."""
    values = {"kind": NeedKind.IMPLICIT, "raised_on": date(2026, 6, 1), "state_on": date(2026, 6, 1)} | fields
    return Need.objects.create(unit=unit, text=text, **values)


def file_definition() -> FileDefinition:
    """Return the first definition of a complete file, also after a transactional test emptied the tables."""
    values = {"rules": first_definition(), "introduced_on": date(2020, 1, 1)}
    return FileDefinition.objects.get_or_create(version=1, defaults=values)[0]
