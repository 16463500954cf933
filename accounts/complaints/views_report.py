"""Writing the cooperation evaluation report, and printing what was written."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.complaints.documents import written_report
from accounts.complaints.forms import CooperationForm
from accounts.complaints.models import CooperationReport
from accounts.complaints.services_report import write_report
from accounts.complaints.views import complaints_tab
from accounts.units.permissions import can_edit_unit
from accounts.units.views import unit_or_404
from kam.core.answers import answer_form
from kam.core.clock import business_date
from kam.pdf.services import pdf_response
from kam.users.http import AuthedRequest, language_asked, require


@require_http_methods(["GET", "POST"])
def write(request: AuthedRequest, unit_pk: int) -> HttpResponse:
    """Write the report of a period, by default of this year so far."""
    unit = unit_or_404(request, unit_pk)
    require(can_edit_unit(request.user, unit))
    first = business_date().replace(month=1, day=1)
    form = CooperationForm(request.POST or None, initial={"first_on": first})

    def act(told: dict[str, Any]) -> None:
        write_report(unit, (told["first_on"], told["last_on"]), form.evaluation(), by=request.user)

    title = _("Evaluate the cooperation with %(name)s") % {"name": unit.name}
    return answer_form(request, form, title=title, back=complaints_tab(unit), act=act)


@require_GET
def print_written(request: AuthedRequest, pk: int) -> HttpResponse:
    """A written report as PDF."""
    rows = CooperationReport.objects.visible_to(request.user).select_related("unit__owner", "by")
    row = get_object_or_404(rows, pk=pk)
    sheet = written_report(row, language=language_asked(request))
    return pdf_response(sheet, by=request.user, filename=f"{row.number}.pdf")
