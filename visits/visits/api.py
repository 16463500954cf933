"""Visits by API: who was where on which day, and what came of it in a word; nothing that somebody wrote or said."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kam.api.registry import Resource
from kam.users.models import User
from kam.users.scopes import Reach, scope_of
from visits.visits.models import Visit


def _shape(row: Visit) -> dict[str, Any]:
    return {
        "id": row.pk,
        "public_id": str(row.public_id),
        "unit": row.unit_id,
        "user": row.user.staff_number,
        "on": row.on.isoformat(),
        "kind": row.kind,
        "mode": row.mode,
        "outcome": row.outcome,
        "planned": row.is_planned,
        "late": row.is_late,
        "counts_for": row.business_date.isoformat() if row.business_date else None,
    }


def _may(user: User) -> bool:
    return scope_of(user).reach is not Reach.NOTHING


VISITS = Resource(
    "visits",
    _("Visits"),
    lambda user: Visit.objects.visible_to(user).select_related("user"),
    _shape,
    {
        "id": "integer",
        "public_id": "string",
        "unit": "integer",
        "user": "string",
        "on": "date",
        "kind": "string",
        "mode": "string",
        "outcome": "string",
        "planned": "boolean",
        "late": "boolean",
        "counts_for": "date?",
    },
    _may,
)
