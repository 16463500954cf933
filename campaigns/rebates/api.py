"""Rebates by API; the person is a number, documents are not told at all."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from campaigns.rebates.models import Rebate
from campaigns.rebates.permissions import can_see_rebates
from kam.api.registry import Resource


def _shape(row: Rebate) -> dict[str, Any]:
    return {
        "id": row.pk,
        "number": row.number,
        "deal": row.deal_id,
        "unit": row.unit_id,
        "state": row.state,
        "kind": row.kind,
        "sets": row.sets,
        "amount": f"{row.amount:.2f}",
        "due_on": row.due_on.isoformat(),
    }


REBATES = Resource(
    "rebates",
    _("Rebates"),
    Rebate.objects.visible_to,
    _shape,
    {
        "id": "integer",
        "number": "string",
        "deal": "integer",
        "unit": "integer",
        "state": "string",
        "kind": "string",
        "sets": "integer",
        "amount": "money",
        "due_on": "date",
    },
    can_see_rebates,
)
