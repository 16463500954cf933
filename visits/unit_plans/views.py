"""The plan of a unit: a page for week, month and year, and its paper."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.units.views import unit_or_404
from kam.core.asked import day_in
from kam.core.clock import business_date
from kam.pdf.services import pdf_response
from kam.users.http import AuthedRequest, language_asked
from visits.unit_plans.documents import unit_plan_sheet
from visits.unit_plans.labels import SPAN_LABELS
from visits.unit_plans.selectors import UnitPlan, unit_plan
from visits.unit_plans.terms import Span


def _asked(request: AuthedRequest, pk: int, span: str) -> UnitPlan:
    unit = unit_or_404(request, pk)
    if span not in set(Span):
        raise Http404
    day = day_in(request.GET.get("day")) or business_date()
    return unit_plan(unit, request.user, Span(span), day)


@require_GET
def show_plan(request: AuthedRequest, pk: int, span: str) -> HttpResponse:
    plan = _asked(request, pk, span)
    context = {"plan": plan, "unit": plan.unit, "spans": list(SPAN_LABELS.items())}
    return render(request, "visits/unit_plans/page.html", context)


@require_GET
def print_plan(request: AuthedRequest, pk: int, span: str) -> HttpResponse:
    plan = _asked(request, pk, span)
    language = language_asked(request)
    sheet = unit_plan_sheet(plan, language=language)
    return pdf_response(sheet, by=request.user, filename=f"unit-plan-{pk}-{span}.pdf")
