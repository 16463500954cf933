"""What score sheets give to the frames: acts, the two subjects of approval, the history, the daily opening, pages, the demo part."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from kam.api.registry import register_resource
from kam.approvals.registry import Subject, register
from kam.audit.records import register_history, visible_row
from kam.audit.registry import register_act
from kam.demo.registry import register_part
from kam.jobs.registry import periodic
from kam.search.registry import register_page
from kam.webhooks.registry import register_event
from kpi.schemes.registry import register_closed_sheets
from kpi.sheets import corrections, services
from kpi.sheets.api import SHEETS
from kpi.sheets.closing import is_closed_for
from kpi.sheets.demo import play_sheets
from kpi.sheets.lines import lines_of
from kpi.sheets.models import Correction, Sheet
from kpi.sheets.permissions import can_see_sheets
from kpi.sheets.selectors import closed_for_preview, shown
from kpi.sheets.terms import CorrectionState
from visits.visits.registry import register_closed_months

register_event("kpi.sheet.closed")

for _act, _label in (
    ("kpi.sheet.reviewed", _("Self-review written")),
    ("kpi.sheet.rated", _("Score sheet rated")),
    ("kpi.sheet.waived", _("Line of a score sheet left out")),
    ("kpi.sheet.commented", _("Score sheet commented")),
    ("kpi.sheet.pending", _("Score sheet handed in")),
    ("kpi.sheet.returned", _("Score sheet returned")),
    ("kpi.sheet.agreed", _("Score sheet agreed")),
    ("kpi.sheet.void", _("Score sheet void")),
    ("kpi.sheet.closed", _("Score sheet closed")),
    ("kpi.sheet.signed", _("Score sheet signed")),
    ("kpi.correction.asked", _("Correction of a score sheet asked for")),
    ("kpi.correction.approved", _("Correction of a score sheet approved")),
    ("kpi.correction.returned", _("Correction of a score sheet returned")),
    ("kpi.correction.rejected", _("Correction of a score sheet rejected")),
    ("kpi.correction.withdrawn", _("Correction of a score sheet withdrawn")),
):
    register_act(_act, _label)
register_history("kpi.sheet", Sheet, load=visible_row(Sheet.objects))
register_closed_sheets(closed_for_preview)
register_closed_months(is_closed_for)


def _snapshot(sheet: Sheet) -> Mapping[str, Any]:
    """What the deciders see, as it stood when it was handed in."""
    told = shown(sheet)
    return {
        "title": str(sheet),
        "subtitle": str(_("Score sheet")),
        "why": sheet.self_review,
        "facts": [[str(_("Points so far")), told.result["total"]]],
        "line_heads": [str(_("Indicator")), str(_("Result")), str(_("Points")), str(_("Of"))],
        "lines": [
            [
                str(line.told.label),
                line.rate if line.row["rate"] else line.actual,
                line.row["points"] or "–",
                line.row["of"],
            ]
            for line in lines_of(told)
        ],
        "url": sheet.get_absolute_url(),
    }


register(
    Subject(
        key=services.SUBJECT,
        model=Sheet,
        label=_("Score sheet"),
        group=_("KPI"),
        icon="chart-bar",
        snapshot=_snapshot,
        requester=lambda sheet: sheet.user,
        url=lambda sheet: sheet.get_absolute_url(),
        return_reasons=(_("The self-review says too little"), _("A figure must be looked into first")),
        on_approved=services.agree_sheet,
        on_returned=services.return_sheet,
        on_rejected=services.start_over,
        on_withdrawn=services.start_over,
    )
)


def _correction(row: Correction) -> Mapping[str, Any]:
    return {
        "title": str(row.sheet),
        "subtitle": str(_("Correction of a score sheet")),
        "why": row.reason,
        "facts": [[str(_("Points")), shown(row.sheet).result["total"]]],
        "url": row.sheet.get_absolute_url(),
    }


register(
    Subject(
        key=corrections.SUBJECT,
        model=Correction,
        label=_("Correction of a score sheet"),
        group=_("KPI"),
        icon="pencil",
        snapshot=_correction,
        requester=lambda row: row.asked_by,
        beneficiary=lambda row: row.sheet.user,
        url=lambda row: row.sheet.get_absolute_url(),
        on_approved=corrections.open_corrected,
        on_returned=corrections.end_request(CorrectionState.RETURNED),
        on_rejected=corrections.end_request(CorrectionState.REJECTED),
        on_withdrawn=corrections.end_request(CorrectionState.WITHDRAWN),
    )
)
periodic(
    "kpi.sheets",
    every="daily 00:20",
    run=services.open_running,
    label=_("Open the score sheets of month, quarter and year"),
)
register_page(
    "kpi.sheets", _("Score sheets"), "/kpi/sheets/", icon="certificate", visible=can_see_sheets, order=70
)
register_part(96, "score sheets", play_sheets)
register_resource(SHEETS)
