"""Persons by API: who they are at their unit; the mobile number masked for everybody, nothing else that is personal."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.persons.models import Person
from kam.api.registry import Resource
from kam.people.rules import mask_mobile
from kam.users.models import User
from kam.users.scopes import Reach, scope_of


def _shape(row: Person) -> dict[str, Any]:
    return {
        "id": row.pk,
        "unit": row.unit_id,
        "name": row.name,
        "post": row.post,
        "department": row.department,
        "level": row.level,
        "mobile": mask_mobile(row.mobile),
        "first_met_on": row.first_met_on.isoformat() if row.first_met_on else None,
        "last_contact_on": row.last_contact_on.isoformat() if row.last_contact_on else None,
        "left_on": row.left_on.isoformat() if row.left_on else None,
    }


def _may(user: User) -> bool:
    return scope_of(user).reach is not Reach.NOTHING


PERSONS = Resource(
    "persons",
    _("Persons"),
    Person.objects.visible_to,
    _shape,
    {
        "id": "integer",
        "unit": "integer",
        "name": "string",
        "post": "string",
        "department": "string",
        "level": "string",
        "mobile": "string",
        "first_met_on": "date?",
        "last_contact_on": "date?",
        "left_on": "date?",
    },
    _may,
)
