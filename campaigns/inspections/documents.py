"""Inspections on paper: the sheet 门店巡查表, filled in."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from campaigns.inspections.models import Inspection
from kam.pdf.services import Sheet


def inspection_sheet(inspection: Inspection, *, language: str) -> Sheet:
    """Return the sheet: every row of the checklist with what was seen, findings with their days, the score."""
    with override(language):
        return Sheet(
            "campaigns_inspection",
            {"inspection": inspection, "rows": list(inspection.rows.select_related("row", "task__assignee"))},
            _("Inspection of an outlet"),
            inspection.number,
            "campaigns.inspection",
            language=language,
            signatures=(_("Inspected by"), _("For the outlet"), _("Key-account manager")),
        )
