"""Units by API: identity and standing, no telephone, no person."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.units.models import KeyAccount
from kam.api.registry import Resource
from kam.users.models import User
from kam.users.scopes import Reach, scope_of


def _shape(row: KeyAccount) -> dict[str, Any]:
    return {
        "id": row.pk,
        "name": row.name,
        "short_name": row.short_name,
        "channel": row.channel,
        "tier": row.tier,
        "status": row.status,
        "owner": row.owner.staff_number if row.owner else None,
        "file_number": row.file_number,
    }


def _may(user: User) -> bool:
    return scope_of(user).reach is not Reach.NOTHING


ACCOUNTS = Resource(
    "accounts",
    _("Units"),
    lambda user: KeyAccount.objects.visible_to(user).select_related("owner"),
    _shape,
    {
        "id": "integer",
        "name": "string",
        "short_name": "string",
        "channel": "string",
        "tier": "string",
        "status": "string",
        "owner": "string?",
        "file_number": "string?",
    },
    _may,
)
