"""Targets from a spreadsheet: the template, the preview with every cell that cannot be, the writing."""

import io
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kam.core.errors import BusinessError
from kam.core.forms import add_business_error
from kam.core.sentences import labelled, listed
from kam.core.toasts import toast
from kam.lists.writers import CONTENT_TYPES, write_xlsx
from kam.users.http import AuthedRequest, require
from kpi.targets import services_sheets as services
from kpi.targets.forms import SheetForm
from kpi.targets.labels import COLUMN_LABELS, FAULT_LABELS
from kpi.targets.permissions import can_set_targets
from kpi.targets.rules.sheets import ReadRow
from kpi.targets.selectors_sheets import template_rows
from kpi.targets.tables import TARGETS
from kpi.targets.terms import MONTH_COLUMNS, Column

_SHOWN = tuple(column for column in Column if column not in MONTH_COLUMNS)


@require_GET
def download_template(request: AuthedRequest) -> HttpResponse:
    """A workbook with the headings and a row for each person and team, amounts left empty."""
    require(can_set_targets(request.user))
    file = io.BytesIO()
    write_xlsx(file, [str(COLUMN_LABELS[column]) for column in Column], template_rows(request.user))
    answer = HttpResponse(file.getvalue(), content_type=CONTENT_TYPES["xlsx"])
    answer.headers["Content-Disposition"] = 'attachment; filename="targets.xlsx"'
    return answer


@require_http_methods(["GET", "POST"])
def import_sheet(request: AuthedRequest) -> HttpResponse:
    """Choose a file, see what it would write, write it: the whole of it or nothing."""
    require(can_set_targets(request.user))
    is_sent = request.method == "POST"
    form = SheetForm(request.POST, request.FILES) if is_sent else SheetForm()
    context: dict[str, Any] = {"form": form}
    status = 200
    if request.method == "POST":
        try:
            rows = _rows(form)
            if form.is_valid() and form.cleaned_data["rows"]:
                made = services.write_rows(rows, by=request.user)
                toast(request, _("%(n)s targets were set.") % {"n": len(made)})
                return redirect(TARGETS.url)
        except BusinessError as error:
            add_business_error(form, error)
            status, rows = error.status, rows if error.code in {"faults", "busy"} else []
        context |= _preview(request, rows)
        if status == 200 and (form.errors or context["faults"]):
            status = 422
    return render(request, "kpi/targets/import.html", context, status=status)


def _rows(form: SheetForm) -> services.Rows:
    """Return the rows of the file that was chosen, or of the preview that is confirmed."""
    if not form.is_valid():
        return []
    told = form.cleaned_data
    return services.from_text(told["rows"]) if told["rows"] else services.read_file(told["file"])


def _preview(request: AuthedRequest, rows: services.Rows) -> dict[str, Any]:
    checked = services.check(rows, request.user)
    return {
        "heads": [COLUMN_LABELS[column] for column in _SHOWN],
        "checked": [(row, _shown(row)) for row in checked],
        "faults": sum(1 for row in checked if row.faults),
        "left_out": len(rows) - len(checked),
        "is_empty": bool(rows) and not checked,
        "kept": services.as_text(rows),
    }


def _shown(row: ReadRow) -> list[tuple[str, Any]]:
    """Return the cells as they stand, each with what is wrong with it; faults of months stand at the amount."""
    of_months = [FAULT_LABELS[row.faults[column]] for column in MONTH_COLUMNS if column in row.faults]
    found = []
    for column in _SHOWN:
        fault = FAULT_LABELS[row.faults[column]] if column in row.faults else ""
        if column is Column.AMOUNT and of_months and not fault:
            places = listed(COLUMN_LABELS[one] for one in MONTH_COLUMNS if one in row.faults)
            fault = labelled(places, of_months[0])
        found.append((row.cells.get(column, ""), fault))
    return found
