"""Pages of receptions: the list, asking, one reception, its report, the papers."""

from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.units.views import unit_or_404
from campaigns.receptions import permissions, services
from campaigns.receptions.documents import report_sheet, request_sheet
from campaigns.receptions.forms import CancelForm, ExplainForm, ReceptionForm, ReportForm
from campaigns.receptions.models import Reception
from campaigns.receptions.tables import RECEPTIONS
from campaigns.receptions.terms import EXCESS_TONES, STATE_TONES, ExcessState, ReceptionState
from kam.approvals.selectors import request_for
from kam.core.answers import answer_form
from kam.core.asked import number_in
from kam.core.clock import business_date
from kam.lists.http import list_response
from kam.pdf.services import pdf_response
from kam.users.http import AuthedRequest, language_asked, require


@require_GET
def list_receptions(request: AuthedRequest) -> HttpResponseBase:
    """Receptions of the units that one sees."""
    require(permissions.can_see_receptions(request.user))
    return list_response(request, RECEPTIONS)


def reception_or_404(request: AuthedRequest, pk: int) -> Reception:
    """Return a reception that the person may see."""
    rows = Reception.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("unit", "line__budget", "asked_by", "reported_by"), pk=pk)


@require_http_methods(["GET", "POST"])
def ask_reception(request: AuthedRequest, unit_pk: int) -> HttpResponse:
    """Ask for a reception of guests of the unit."""
    unit = unit_or_404(request, unit_pk)
    require(permissions.can_ask_reception(request.user, unit))
    today = business_date()
    initial = {"arrives_on": today, "leaves_on": today, "guests": [number_in(request.GET.get("person"))]}
    form = ReceptionForm(request.POST or None, unit=unit, user=request.user, initial=initial)

    def act(_told: dict[str, Any]) -> str:
        return services.ask_reception(form.asked(), by=request.user).get_absolute_url()

    return answer_form(
        request,
        form,
        title=_("Reception of guests of %(unit)s") % {"unit": unit.name},
        back=unit.get_absolute_url(),
        act=act,
        submit=_("Hand in"),
        done=_("Handed in for approval."),
    )


@require_http_methods(["GET", "POST"])
def edit_reception(request: AuthedRequest, pk: int) -> HttpResponse:
    """Write a returned request anew and hand it in again."""
    row = reception_or_404(request, pk)
    require(permissions.can_edit_reception(request.user, row))
    names = [name for name in ReceptionForm.base_fields if name != "guests"]
    initial = {name: getattr(row, name) for name in names}
    initial["guests"] = list(row.guests.values_list("person", flat=True))
    form = ReceptionForm(request.POST or None, unit=row.unit, user=request.user, initial=initial)

    def act(told: dict[str, Any]) -> None:
        services.ask_again(row, form.asked(), by=request.user, version=told["version"] or 0)

    return answer_form(
        request,
        form,
        title=str(row),
        back=row.get_absolute_url(),
        act=act,
        submit=_("Hand in again"),
        done=_("Handed in for approval."),
    )


@require_GET
def show_reception(request: AuthedRequest, pk: int) -> HttpResponse:
    """One reception: guests with their shares, days, cost, its report."""
    row = reception_or_404(request, pk)
    context = {
        "reception": row,
        "tone": STATE_TONES[ReceptionState(row.state)],
        "guests": row.guests.select_related("person", "benefit").prefetch_related("benefit__moves"),
        "decision": request_for(services.SUBJECT, row, reader=request.user),
        "excess_tone": EXCESS_TONES[ExcessState(row.excess_state)],
        "excess_decision": request_for(services.EXCESS, row, reader=request.user)
        if row.excess_state
        else None,
        "can_explain": permissions.can_explain_excess(request.user, row),
        "can_edit": permissions.can_edit_reception(request.user, row),
        "can_report": permissions.can_report_reception(request.user, row),
        "can_cancel": permissions.can_cancel_reception(request.user, row),
    }
    return render(request, "campaigns/receptions/reception.html", context)


@require_http_methods(["GET", "POST"])
def report_reception(request: AuthedRequest, pk: int) -> HttpResponse:
    """The report that closes it."""
    row = reception_or_404(request, pk)
    require(permissions.can_report_reception(request.user, row))
    came = list(row.guests.values_list("person", flat=True))
    form = ReportForm(
        request.POST or None, reception=row, initial={"came": came, "amount": row.estimate_amount}
    )

    def act(_told: dict[str, Any]) -> None:
        services.report_reception(row, form.report(), by=request.user)

    title = _("Report of the reception %(number)s") % {"number": row.number}
    back = row.get_absolute_url()
    return answer_form(request, form, title=title, back=back, act=act, submit=_("Close with this report"))


@require_http_methods(["GET", "POST"])
def explain_excess(request: AuthedRequest, pk: int) -> HttpResponse:
    """Say better why a share came above its limit."""
    row = reception_or_404(request, pk)
    require(permissions.can_explain_excess(request.user, row))
    form = ExplainForm(request.POST or None, initial={"reason": row.over_reason})

    def act(told: dict[str, Any]) -> None:
        services.explain_excess(row, reason=told["reason"], by=request.user)

    title = _("Why %(number)s cost more") % {"number": row.number}
    back = row.get_absolute_url()
    return answer_form(request, form, title=title, back=back, act=act, submit=_("Hand in again"))


@require_http_methods(["GET", "POST"])
def cancel_reception(request: AuthedRequest, pk: int) -> HttpResponse:
    """It does not take place."""
    row = reception_or_404(request, pk)
    require(permissions.can_cancel_reception(request.user, row))
    form = CancelForm(request.POST or None)

    def act(told: dict[str, Any]) -> None:
        services.cancel_reception(row, reason=told["reason"], by=request.user)

    title = _("Cancel the reception %(number)s") % {"number": row.number}
    return answer_form(request, form, title=title, back=row.get_absolute_url(), act=act)


@require_GET
def print_request(request: AuthedRequest, pk: int) -> HttpResponse:
    """The request as a form to be signed."""
    row = reception_or_404(request, pk)
    sheet = request_sheet(row, language=language_asked(request))
    return pdf_response(sheet, by=request.user, filename=f"{row.number}.pdf")


@require_GET
def print_report(request: AuthedRequest, pk: int) -> HttpResponse:
    """The report as a form to be signed."""
    row = reception_or_404(request, pk)
    if row.state != ReceptionState.REPORTED:
        raise Http404
    sheet = report_sheet(row, language=language_asked(request))
    return pdf_response(sheet, by=request.user, filename=f"{sheet.number}.pdf")
