"""Deals by API."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from campaigns.deals.models import Deal
from campaigns.deals.permissions import can_see_deals
from kam.api.registry import Resource


def _shape(row: Deal) -> dict[str, Any]:
    return {
        "id": row.pk,
        "number": row.number,
        "unit": row.unit_id,
        "campaign": row.campaign.code,
        "state": row.state,
        "quantity": row.quantity,
        "trial": row.is_trial,
        "contract_no": row.contract_no,
        "signed_on": row.signed_on.isoformat() if row.signed_on else None,
        "first_paid_on": row.first_paid_on.isoformat() if row.first_paid_on else None,
        "price": None if row.price_amount is None else f"{row.price_amount:.2f}",
        "total": f"{row.signed_total:.2f}",
    }


DEALS = Resource(
    "deals",
    _("Deals"),
    lambda user: Deal.objects.visible_to(user).select_related("campaign"),
    _shape,
    {
        "id": "integer",
        "number": "string",
        "unit": "integer",
        "campaign": "string",
        "state": "string",
        "quantity": "integer",
        "trial": "boolean",
        "contract_no": "string",
        "signed_on": "date?",
        "first_paid_on": "date?",
        "price": "money?",
        "total": "money",
    },
    can_see_deals,
)
