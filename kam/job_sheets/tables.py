"""The list of job sheets: what is in force first, every version on request."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from kam.job_sheets.filters import JobSheetFilter
from kam.job_sheets.models import JobSheet
from kam.job_sheets.permissions import can_keep_sheets
from kam.lists.spec import Column, Empty, ListSpec, Name, Sort, View, register_list
from kam.users.models import User


def _rows(user: User) -> QuerySet[JobSheet]:
    return JobSheet.objects.visible_to(user).select_related("prepared_by", "reviewed_by", "approved_by")


def _name(row: JobSheet) -> Name:
    return Name(str(row.get_subject_display()))


def _state(row: JobSheet) -> tuple[str, Any]:
    return row.tone, row.get_state_display()


JOB_SHEETS = register_list(
    ListSpec(
        key="job_sheets.sheets",
        url="/people/job-sheets/",
        title=_("Job sheets"),
        rows=_rows,
        columns=(
            Column("subject", _("Position"), _name, kind="name", phone="title"),
            Column("number", _("Version"), "number", kind="number", phone="left"),
            Column("state", _("State"), _state, kind="badge", phone="right"),
            Column("prepared_by", _("Prepared by"), "prepared_by.name", phone="foot"),
            Column("prepared_on", _("Prepared on"), "prepared_on", kind="date", sort="prepared"),
            Column("reviewed_by", _("Reviewed by"), "reviewed_by.name"),
            Column("reviewed_on", pgettext_lazy("job sheet", "Reviewed on"), "reviewed_on", kind="date"),
            Column("approved_by", _("Approved by"), "approved_by.name"),
            Column("approved_on", _("Approved on"), "approved_on", kind="date", phone="end"),
            Column("change_note", _("What is new"), "change_note", is_shown=False),
        ),
        sorts=(
            Sort("prepared", _("Newest"), "prepared_on", descending=True),
            Sort("subject", _("Position"), "subject"),
        ),
        count_words=lambda count, words: ngettext("%(n)s version", "%(n)s versions", count) % {"n": words},
        filterset=JobSheetFilter,
        row_url=lambda row: row.get_absolute_url(),
        views=(
            View("now", _("In force"), "in_force=true"),
            View(
                "unfinished",
                pgettext_lazy("job sheet", "Being written"),
                "state=draft&state=pending&state=returned",
                can_keep_sheets,
            ),
        ),
        default_view="now",
        empty=Empty(
            _("No job sheet here yet"),
            _("Director or HR write one; the general manager approves it."),
            icon="file-text",
        ),
    )
)
