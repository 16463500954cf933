"""Budgets by API with what they have, and their ledger entry by entry."""

from typing import Any

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from campaigns.budgets.models import Budget, Movement
from campaigns.budgets.permissions import can_see_budgets
from kam.api.registry import Resource
from kam.core.money import ZERO
from kam.users.models import User

_SUMS = ("budgeted", "reserved", "spent")


def _budgets(user: User) -> QuerySet[Budget]:
    rows = Budget.objects.visible_to(user).select_related("campaign")
    return rows.annotate(**{name: Sum(f"lines__kept_balance__{name}") for name in _SUMS})


def _shape(row: Any) -> dict[str, Any]:
    budgeted, reserved, spent = (getattr(row, name) or ZERO for name in _SUMS)
    return {
        "id": row.pk,
        "number": row.number,
        "name": row.name,
        "campaign": row.campaign.code if row.campaign else None,
        "state": row.state,
        "starts_on": row.starts_on.isoformat() if row.starts_on else None,
        "ends_on": row.ends_on.isoformat() if row.ends_on else None,
        "budgeted": f"{budgeted:.2f}",
        "reserved": f"{reserved:.2f}",
        "spent": f"{spent:.2f}",
        "free": f"{budgeted - reserved - spent:.2f}",
    }


def _entry(row: Movement) -> dict[str, Any]:
    return {
        "id": row.pk,
        "budget": row.line.budget_id,
        "line": row.line.number,
        "line_name": row.line.name,
        "kind": row.kind,
        "on": row.on.isoformat(),
        "budgeted": f"{row.budgeted:.2f}",
        "reserved": f"{row.reserved:.2f}",
        "spent": f"{row.spent:.2f}",
        "document": row.source_label,
    }


BUDGETS = Resource(
    "budgets",
    _("Budgets"),
    _budgets,
    _shape,
    {
        "id": "integer",
        "number": "string",
        "name": "string",
        "campaign": "string?",
        "state": "string",
        "starts_on": "date?",
        "ends_on": "date?",
        "budgeted": "money",
        "reserved": "money",
        "spent": "money",
        "free": "money",
    },
    can_see_budgets,
)
ENTRIES = Resource(
    "budget-entries",
    _("Entries of budgets"),
    lambda user: Movement.objects.visible_to(user).select_related("line"),
    _entry,
    {
        "id": "integer",
        "budget": "integer",
        "line": "string",
        "line_name": "string",
        "kind": "string",
        "on": "date",
        "budgeted": "money",
        "reserved": "money",
        "spent": "money",
        "document": "string",
    },
    can_see_budgets,
)
