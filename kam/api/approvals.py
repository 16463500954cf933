"""Approval requests by API: those that one asked for, decides or decided; the card itself stays on the page."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kam.api.registry import Resource
from kam.approvals.models import Request


def _shape(row: Request) -> dict[str, Any]:
    return {
        "id": row.pk,
        "subject": row.subject_key,
        "label": row.label,
        "state": row.state,
        "requester": row.requester.staff_number,
        "amount": None if row.amount is None else f"{row.amount:.2f}",
        "round": row.round_number,
        "submitted_at": row.submitted_at.isoformat(),
        "closed_at": row.closed_at.isoformat() if row.closed_at else None,
    }


APPROVALS = Resource(
    "approvals",
    _("Approvals"),
    lambda user: Request.objects.visible_to(user).select_related("requester"),
    _shape,
    {
        "id": "integer",
        "subject": "string",
        "label": "string",
        "state": "string",
        "requester": "string",
        "amount": "money?",
        "round": "integer",
        "submitted_at": "string",
        "closed_at": "string?",
    },
    lambda user: user.is_active,
)
