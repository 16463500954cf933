"""What inspections give to the frames: acts, files, the card of an outlet, scores for the ranking, the page, the demo part."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaigns.inspections.demo import play_inspections
from campaigns.inspections.models import Inspection
from campaigns.inspections.permissions import can_add_photos, can_inspect, can_write_checklist
from campaigns.inspections.selectors import badge_of, mean_scores
from campaigns.inspections.services import FILES
from campaigns.inspections.tables import INSPECTIONS
from campaigns.outlets.models import Outlet
from campaigns.outlets.permissions import can_see_outlets
from campaigns.outlets.registry import OutletPart, register_outlet_part, register_scores
from kam.audit.records import register_history, visible_row
from kam.audit.registry import register_act
from kam.core.asked import number_in
from kam.demo.registry import register_part
from kam.files.registry import register_owner
from kam.notes.registry import register_link
from kam.search.registry import register_action, register_page
from kam.users.models import User

register_act("campaigns.checklist.written", _("Checklist of inspections written"))
register_act("campaigns.inspection.kept", _("Outlet inspected"))
register_history("campaigns.inspection", Inspection, load=visible_row(Inspection.objects))
register_link("inspection", lambda pk: f"/inspections/{int(pk)}/")


def _as_seen(user: User, owner_id: str) -> Inspection | None:
    return Inspection.objects.visible_to(user).filter(pk=number_in(owner_id) or 0).first()


def _may_add(user: User, owner_id: str) -> bool:
    inspection = _as_seen(user, owner_id)
    return inspection is not None and can_add_photos(user, inspection)


register_owner(
    FILES,
    _("Inspection"),
    may_read=lambda user, owner_id: _as_seen(user, owner_id) is not None,
    may_add=_may_add,
)


def _card(outlet: Outlet, user: User) -> dict[str, Any]:
    rows = outlet.inspections.select_related("by")[:20]
    may = can_inspect(user, outlet)
    return {
        "inspections": [(row, badge_of(row.score)) for row in rows],
        "act_url": reverse("outlet-inspect", args=[outlet.pk]) if may else "",
        "act_label": _("Inspect"),
        "act_icon": "clipboard-check",
        "is_first": True,
    }


register_outlet_part(OutletPart("inspections", 10, "campaigns/inspections/_card.html", _card))
register_scores(mean_scores)
register_page(
    "campaigns.inspections",
    _("Inspections of outlets"),
    INSPECTIONS.url,
    icon="clipboard-check",
    visible=can_see_outlets,
    under="/outlets/",
)
register_action(
    "campaigns.checklist",
    _("Checklist of inspections"),
    "/inspections/checklist/",
    icon="list-check",
    visible=can_write_checklist,
)
register_part(86, "inspections", play_inspections)
