"""Gifts that were asked for, by API: for whom by number, not by name."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from campaigns.gifts.models import GiftRequest
from campaigns.gifts.permissions import can_see_gifts
from kam.api.registry import Resource


def _shape(row: GiftRequest) -> dict[str, Any]:
    return {
        "id": row.pk,
        "number": row.number,
        "unit": row.unit_id,
        "person": row.person_id,
        "item": row.item.name,
        "quantity": row.quantity,
        "price": f"{row.price_amount:.2f}",
        "occasion": row.occasion,
        "on": row.on.isoformat(),
        "state": row.state,
        "handed_on": row.handed_on.isoformat() if row.handed_on else None,
    }


GIFTS = Resource(
    "gifts",
    _("Gifts"),
    lambda user: GiftRequest.objects.visible_to(user).select_related("item"),
    _shape,
    {
        "id": "integer",
        "number": "string",
        "unit": "integer",
        "person": "integer",
        "item": "string",
        "quantity": "integer",
        "price": "money",
        "occasion": "string",
        "on": "date",
        "state": "string",
        "handed_on": "date?",
    },
    can_see_gifts,
)
