"""Campaigns by API."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from campaigns.campaigns.models import Campaign
from campaigns.campaigns.permissions import can_see_campaigns
from kam.api.registry import Resource


def _shape(row: Campaign) -> dict[str, Any]:
    return {
        "id": row.pk,
        "code": row.code,
        "name": row.name,
        "state": row.state,
        "window_from": row.window_from.isoformat() if row.window_from else None,
        "window_to": row.window_to.isoformat() if row.window_to else None,
        "channels": list(row.channels),
        "coordinator": row.coordinator.staff_number if row.coordinator else None,
    }


CAMPAIGNS = Resource(
    "campaigns",
    _("Campaigns"),
    lambda user: Campaign.objects.visible_to(user).select_related("coordinator"),
    _shape,
    {
        "id": "integer",
        "code": "string",
        "name": "string",
        "state": "string",
        "window_from": "date?",
        "window_to": "date?",
        "channels": "array",
        "coordinator": "string?",
    },
    can_see_campaigns,
)
