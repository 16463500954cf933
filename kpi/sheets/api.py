"""Score sheets by API; the points are told once the sheet is sealed."""

from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from kam.api.registry import Resource
from kpi.sheets.models import Sheet
from kpi.sheets.permissions import can_see_sheets


def _shape(row: Any) -> dict[str, Any]:
    return {
        "id": row.pk,
        "user": row.user.staff_number,
        "from": row.first_day.isoformat(),
        "until": row.last_day.isoformat(),
        "revision": row.revision,
        "state": row.state,
        "points": None if row.sealed_points is None else str(row.sealed_points),
    }


SHEETS = Resource(
    "kpi-sheets",
    _("Score sheets"),
    lambda user: (
        Sheet.objects.visible_to(user).select_related("user").annotate(sealed_points=F("seal__points"))
    ),
    _shape,
    {
        "id": "integer",
        "user": "string",
        "from": "date",
        "until": "date",
        "revision": "integer",
        "state": "string",
        "points": "string?",
    },
    can_see_sheets,
)
