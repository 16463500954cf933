"""What job sheets give to the frames: acts, the subject of approval, the history, pages, the card on one's own page."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kam.approvals.registry import Subject, register
from kam.audit.records import register_history, visible_row
from kam.audit.registry import register_act
from kam.core.frame import register_menu
from kam.job_sheets import services
from kam.job_sheets.models import JobSheet
from kam.job_sheets.permissions import can_keep_sheets
from kam.job_sheets.selectors import boxes_of, own_sheet
from kam.job_sheets.tables import JOB_SHEETS
from kam.job_sheets.terms import SheetState
from kam.people.registry import OwnPart, register_own_part
from kam.search.registry import register_action, register_page
from kam.users.models import User

__all__ = ["JOB_SHEETS"]  # workers write its files

register_act("job_sheets.sheet.begun", _("New version of a job sheet begun"))
register_act("job_sheets.sheet.written", _("Job sheet written"))
register_act("job_sheets.sheet.pending", _("Job sheet handed in"))
register_act("job_sheets.sheet.approved", _("Job sheet approved"))
register_act("job_sheets.sheet.returned", _("Job sheet returned for changes"))
register_act("job_sheets.sheet.rejected", _("Job sheet rejected"))
register_act("job_sheets.sheet.withdrawn", _("Version of a job sheet given up"))
register_history("job_sheets.sheet", JobSheet, load=visible_row(JobSheet.objects))


def snapshot(sheet: JobSheet) -> Mapping[str, Any]:
    """What the deciders read: every box in their own language."""
    return {
        "title": str(sheet),
        "why": sheet.change_note,
        "facts": [
            [str(label), "\n".join(f"{n}. {line}" for n, line in enumerate(lines, start=1))]
            for label, lines in boxes_of(sheet, get_language() or "en")
        ],
        "url": sheet.get_absolute_url(),
    }


register(
    Subject(
        key=services.SUBJECT,
        model=JobSheet,
        label=_("Job sheet"),
        group=_("People"),
        icon="file-text",
        snapshot=snapshot,
        requester=lambda sheet: sheet.prepared_by,
        url=lambda sheet: sheet.get_absolute_url(),
        return_reasons=(_("The duties are not complete"), _("The qualification does not fit")),
        on_approved=services.approve_sheet,
        on_returned=services.end_request(SheetState.RETURNED),
        on_rejected=services.end_request(SheetState.REJECTED),
        on_withdrawn=services.end_request(SheetState.WITHDRAWN),
    )
)


def own_card(user: User) -> dict[str, Any]:
    """The own sheet, folded, in the reader's language; it says so where none is in force."""
    sheet = own_sheet(user)
    return {"sheet": sheet, "boxes": boxes_of(sheet, get_language() or user.language) if sheet else []}


register_own_part(OwnPart("job_sheet", 10, "job_sheets/_own.html", own_card))
register_menu("job-sheets", _("Job sheets"), "file-text", "/people/job-sheets/")
register_page("job_sheets", _("Job sheets"), "/people/job-sheets/", icon="file-text", order=90)
register_action(
    "job_sheets.new",
    _("New version of a job sheet"),
    "/people/job-sheets/new/",
    icon="file-text",
    visible=can_keep_sheets,
)
