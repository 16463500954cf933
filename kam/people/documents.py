"""The handover sheet that both sign: what went to whom, customers and public items apart (S-222)."""

from collections.abc import Collection

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from kam.pdf.services import Sheet
from kam.people.models import Handover, HandoverLine
from kam.people.permissions import can_change_handover
from kam.people.registry import all_holdings
from kam.people.services.handovers import held_by
from kam.users.models import User


def handover_sheet(handover: Handover, *, by: User) -> Sheet:
    """Return the handover as a sheet: customer roster first, then public items, in the order of the kinds."""
    lines = list(handover.lines.select_related("successor").order_by("pk"))
    told = {(line.holding, line.row) for line in lines}
    with override(by.language):
        open_ = _without_successor(handover, told) if can_change_handover(by, handover) else {}
        parts = [
            {
                "label": str(holding.label),
                "lines": [line for line in lines if line.holding == holding.key] + open_.get(holding.key, []),
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


def _without_successor(
    handover: Handover, told: Collection[tuple[str, str]]
) -> dict[str, list[HandoverLine]]:
    """Return, by kind, what the person holds and nobody was chosen for yet: the paper of a handover that is being prepared lists it too."""
    return {
        kind.holding.key: [
            HandoverLine(holding=kind.holding.key, row=row.id, label=row.label, note=row.note)
            for row in kind.rows
            if (kind.holding.key, row.id) not in told
        ]
        for kind in held_by(handover.person)
    }
