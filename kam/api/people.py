"""Colleagues and teams by API: those whose rows one reads; no telephone, no address."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kam.api.registry import Resource
from kam.users.models import Team, User
from kam.users.scopes import Reach, colleagues_seen_by, scope_of, teams_seen_by


def _user(row: User) -> dict[str, Any]:
    return {"id": row.pk, "staff_number": row.staff_number, "name": row.name, "position": row.position}


def _team(row: Team) -> dict[str, Any]:
    return {
        "id": row.pk,
        "name": row.name,
        "lead": row.lead.staff_number if row.lead else None,
        "manager": row.manager.staff_number if row.manager else None,
    }


def _may(user: User) -> bool:
    return scope_of(user).reach is not Reach.NOTHING


USERS = Resource(
    "users",
    _("Colleagues"),
    colleagues_seen_by,
    _user,
    {"id": "integer", "staff_number": "string", "name": "string", "position": "string"},
    _may,
)
TEAMS = Resource(
    "teams",
    _("Teams"),
    lambda user: teams_seen_by(user).select_related("lead", "manager"),
    _team,
    {"id": "integer", "name": "string", "lead": "string?", "manager": "string?"},
    _may,
)
