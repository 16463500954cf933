"""Follow-up forms by API: whose, of which day, when handed in; the text stays on the pages."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kam.api.registry import Resource
from kam.users.models import User
from kam.users.scopes import Reach, scope_of
from visits.followups.models import FollowUp


def _shape(row: FollowUp) -> dict[str, Any]:
    return {
        "id": row.pk,
        "user": row.user.staff_number,
        "day": row.day.isoformat(),
        "handed_in_at": row.submitted_at.isoformat() if row.submitted_at else None,
        "late": row.is_late,
    }


def _may(user: User) -> bool:
    return scope_of(user).reach is not Reach.NOTHING


FOLLOW_UPS = Resource(
    "follow-ups",
    _("Follow-up forms"),
    lambda user: FollowUp.objects.visible_to(user).select_related("user"),
    _shape,
    {"id": "integer", "user": "string", "day": "date", "handed_in_at": "string?", "late": "boolean"},
    _may,
)
