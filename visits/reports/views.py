"""The report of a visit: typed, read, printed."""

import uuid
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kam.core.errors import BusinessError
from kam.core.toasts import toast
from kam.pdf.services import pdf_response
from kam.users.http import AuthedRequest, require
from visits.reports import documents, selectors, services
from visits.reports.forms import ReportForm, first_values
from visits.reports.models import VARIANT_LABELS, VisitReport
from visits.reports.permissions import can_hand_in_report
from visits.reports.terms import Variant
from visits.visits.models import Draft, Visit
from visits.visits.selectors import market_answers, tasks_of, visit_for_page
from visits.visits.services import DifferentBodyError, discard_draft, send_once
from visits.visits.terms import MARKET_QUESTIONS
from visits.visits.views import answer_sent, body_of, wants_json


@require_http_methods(["GET", "POST"])
def visit_report(request: AuthedRequest, pk: int) -> HttpResponse:
    visit = get_object_or_404(visit_for_page(request.user, pk))
    report = VisitReport.objects.filter(visit=visit).first()
    if not can_hand_in_report(request.user, visit):
        require(request.method == "GET")
        return _read(request, visit, report)
    variant = _variant(request, visit, report)
    if request.method == "POST":
        return _send(request, visit, report, ReportForm(request.POST, variant=variant))
    initial: dict[str, Any] = {name: getattr(visit, name) for name in MARKET_QUESTIONS}
    initial |= {"key": uuid.uuid4(), "version": report.version if report else 0}
    if report:
        initial |= first_values(variant, report.values, report.remarks)
    return _page(request, visit, report, ReportForm(initial=initial, variant=variant))


def _variant(request: AuthedRequest, visit: Visit, report: VisitReport | None) -> Variant:
    asked = request.GET.get("form", "")
    if asked in set(Variant):
        return Variant(asked)
    return Variant(report.variant) if report else selectors.usual_variant(visit)


def _page(
    request: AuthedRequest, visit: Visit, report: VisitReport | None, form: ReportForm, *, status: int = 200
) -> HttpResponse:
    first = selectors.earlier_report(visit, request.user)
    context = {
        "visit": visit,
        "report": report,
        "form": form,
        "first": first,
        "sections": selectors.sections_of(form.variant, first=first, now=report, form=form),
        "variants": [(v.value, VARIANT_LABELS[v], v == form.variant) for v in Variant],
        "market": [form[question] for question in MARKET_QUESTIONS],
        "tasks": tasks_of(visit),
        "draft": Draft.objects.filter(user=request.user, kind="report", key=str(visit.pk)).first(),
    }
    return render(request, "visits/reports/report.html", context, status=status)


def _read(request: AuthedRequest, visit: Visit, report: VisitReport | None) -> HttpResponse:
    variant = Variant(report.variant) if report else Variant.PROPERTY
    first = selectors.earlier_report(visit, request.user)
    context = {
        "visit": visit,
        "report": report,
        "first": first,
        "sections": selectors.sections_of(variant, first=first, now=report),
        "market": market_answers(visit),
        "tasks": tasks_of(visit),
    }
    return render(request, "visits/reports/read.html", context)


def _send(request: AuthedRequest, visit: Visit, report: VisitReport | None, form: ReportForm) -> HttpResponse:
    status = 422
    if form.is_valid():
        try:
            location = _sent_once(request, visit, form)
        except DifferentBodyError as error:
            form.add_error(None, str(error))
            status = error.status
        except BusinessError as error:
            form.add_refusal(error)
            status = error.status
        else:
            if not wants_json(request):
                toast(request, _("Report handed in. The unit's file is up to date."))
            return answer_sent(request, location)
    if wants_json(request):
        return JsonResponse({"errors": form.errors.get_json_data()}, status=status)
    return _page(request, visit, report, form, status=status)


def _sent_once(request: AuthedRequest, visit: Visit, form: ReportForm) -> str:
    values = form.cleaned_data

    def save() -> str:
        services.save_report(
            visit,
            variant=form.variant,
            values=values["values"],
            remarks=values["remarks"],
            market=values["market"],
            by=request.user,
            version=values["version"],
        )
        discard_draft("report", str(visit.pk), by=request.user)
        return reverse("visit", args=[visit.pk])

    return send_once(save, by=request.user, route="report", key=values["key"], body=body_of(request.POST))


@require_GET
def visit_report_pdf(request: AuthedRequest, pk: int) -> HttpResponse:
    visit = get_object_or_404(visit_for_page(request.user, pk))
    sheet = documents.report_sheet(visit, by=request.user)
    return pdf_response(sheet, by=request.user, filename=f"{sheet.number}.pdf")


@require_GET
def visit_record_pdf(request: AuthedRequest, pk: int) -> HttpResponse:
    visit = get_object_or_404(visit_for_page(request.user, pk))
    sheet = documents.record_sheet(visit, by=request.user)
    return pdf_response(sheet, by=request.user, filename=f"{sheet.number}.pdf")
