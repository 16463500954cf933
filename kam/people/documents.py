"""The handover sheet that both sign: what went to whom, customers and public items apart (S-222)."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from kam.pdf.services import Sheet
from kam.people.models import Handover
from kam.people.registry import all_holdings
from kam.users.models import User


def handover_sheet(handover: Handover, *, by: User) -> Sheet:
    """Return the handover as a sheet: customer roster first, then public items, in the order of the kinds."""
    lines = list(handover.lines.select_related("successor").order_by("pk"))
    with override(by.language):
        parts = [
            {
                "label": str(holding.label),
                "lines": [line for line in lines if line.holding == holding.key],
            }
            for holding in sorted(all_holdings(), key=lambda holding: holding.is_public_item)
        ]
        context = {
            "handover": handover,
            "parts": [part for part in parts if part["lines"]],
            "successors": sorted({line.successor.name for line in lines}),
            "done": date_format(handover.done_at, "DATE_FORMAT") if handover.done_at else "",
        }
        return Sheet(
            "people_handover",
            context,
            title=_("Handover sheet"),
            number=f"YJ-{handover.pk:05d}",
            kind="people.handover",
            language=by.language,
            signatures=(_("Handed over by"), _("Taken over by"), _("Witnessed by")),
        )
