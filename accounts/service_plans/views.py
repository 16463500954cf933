"""Pages of service plans: of a unit, one plan with its revisions, writing, reviewing, the list."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.service_plans.documents import (
    chosen,
    course_days,
    differing,
    plan_sheet,
    shown_plan,
    unit_plans,
)
from accounts.service_plans.forms import HeadForm, PlanRowForm, PlansForm, ReviewForm, Row, initial_of
from accounts.service_plans.models import ServicePlan, ServicePlanReview
from accounts.service_plans.rules import Draft
from accounts.service_plans.selectors import draft_of, followed, holders, seen_of, templates_on
from accounts.service_plans.services import conclude_review, proposed, write_plans
from accounts.service_plans.tables import PLANS
from accounts.units.models import KeyAccount
from accounts.units.permissions import can_edit_unit
from accounts.units.views import unit_or_404
from kam.core.asked import number_in
from kam.core.clock import business_date
from kam.core.errors import BusinessError
from kam.core.toasts import toast
from kam.lists.http import list_response
from kam.pdf.services import pdf_response
from kam.users.http import AuthedRequest, language_asked, require
from kam.users.scopes import Reach, scope_of


@require_GET
def list_plans(request: AuthedRequest) -> HttpResponseBase:
    """Every plan of the units in one's own scope; overdue ones and reviews due are views of it."""
    require(scope_of(request.user).reach is not Reach.NOTHING)
    return list_response(request, PLANS)


@require_GET
def show_plans(request: AuthedRequest, unit_pk: int) -> HttpResponse:
    """Everything about the plans of a unit: what is due, the month, who has none, the reviews."""
    unit = unit_or_404(request, unit_pk)
    shown = unit_plans(unit, today=business_date())
    context = {"unit": unit, "shown": shown, "can_edit": can_edit_unit(request.user, unit)}
    return render(request, "accounts/service_plans/plans.html", context)


@require_GET
def print_plans(request: AuthedRequest, unit_pk: int) -> HttpResponse:
    unit = unit_or_404(request, unit_pk)
    language = language_asked(request)
    today = business_date()
    sheet = plan_sheet(unit, today=today, language=language)
    filename = f"{unit.file_number or unit.pk}-service-plan-{today}.pdf"
    return pdf_response(sheet, by=request.user, filename=filename)


@require_GET
def show_plan(request: AuthedRequest, pk: int) -> HttpResponse:
    """One plan: what it says, what became of what it asked for, its revisions, two of them compared."""
    plans = ServicePlan.objects.visible_to(request.user)
    plan = get_object_or_404(plans, pk=pk)
    (one,) = followed(ServicePlan.objects.filter(pk=plan.pk), today=business_date())
    before = chosen(one.revisions, number_in(request.GET.get("before")), 2)
    after = chosen(one.revisions, number_in(request.GET.get("after")), 1)
    context = {
        "unit": one.plan.unit,
        "shown": shown_plan(one),
        "days": course_days(one),
        "revisions": list(reversed(one.revisions)),
        "before": before,
        "after": after,
        "rows": differing(before, after),
        "can_edit": can_edit_unit(request.user, one.plan.unit),
    }
    return render(request, "accounts/service_plans/plan.html", context)


@require_http_methods(["GET", "POST"])
def edit_plans(request: AuthedRequest, unit_pk: int) -> HttpResponse:
    """Write the plans of everybody who has a role, in one form; what was typed stays when a row is refused."""
    unit = unit_or_404(request, unit_pk)
    require(can_edit_unit(request.user, unit))
    form = _plans_form(request, unit)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            drafts = form.drafts()
            head = form.head.cleaned_data
            review = ServicePlanReview.objects.filter(unit=unit, pk=head["review"] or 0).first()
            try:
                write_plans(
                    unit,
                    [draft for _place, draft in drafts],
                    by=request.user,
                    seen=head["seen"],
                    starts_on=head["starts_on"],
                    reason=head["reason"],
                    review=review,
                )
            except BusinessError as error:
                form.refuse(error, [place for place, _draft in drafts])
                status = error.status
            else:
                toast(request, _("Service plans saved."))
                return redirect("unit-service-plan", unit_pk=unit.pk)
    context = {"unit": unit, "form": form}
    return render(request, "accounts/service_plans/edit.html", context, status=status)


def _plans_form(request: AuthedRequest, unit: KeyAccount) -> PlansForm:
    """Return a row for each plan and for everybody with a role and no plan, as proposed for the unit's tier."""
    today = business_date()
    posted = request.POST if request.method == "POST" else None
    head = HeadForm(
        posted,
        initial={
            "seen": seen_of(unit),
            "review": number_in(request.GET.get("review")),
            "starts_on": today,
        },
    )
    rows = []
    planned = set()
    for one in followed(ServicePlan.objects.filter(unit=unit).order_by("pk"), today=today):
        planned.add((one.plan.person_id, one.plan.seat))
        if one.is_held:
            latest = one.revisions[-1]
            known = draft_of(latest, one.plan)
            initial = initial_of(known, is_planned=not latest.is_stopped)
            rows.append(_row(posted, one.plan.person, one.plan.seat, initial, known=known))
    templates = templates_on(unit.tier, today)
    for role, seat in holders(unit, today):
        if (role.person_id, seat.value) not in planned:
            template = templates.get(seat.value)
            initial = initial_of(proposed(template, role.person_id), is_planned=True) if template else {}
            rows.append(_row(posted, role.person, seat.value, initial))
    return PlansForm(head, rows)


def _row(posted: Any, person: Any, seat: str, initial: dict[str, Any], known: Draft | None = None) -> Row:
    prefix = f"p{person.pk}-{seat}"
    form = PlanRowForm(posted, prefix=prefix, initial=initial)
    return Row(person, seat, form, known=known)


@require_http_methods(["GET", "POST"])
def review_plans(request: AuthedRequest, unit_pk: int) -> HttpResponse:
    """Conclude the month, or the visit; the next page is where the plans are revised with it."""
    unit = unit_or_404(request, unit_pk)
    require(can_edit_unit(request.user, unit))
    form = ReviewForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                review = conclude_review(unit, form.cleaned_data["conclusion"], by=request.user)
            except BusinessError as error:
                field = error.field if error.field in form.fields else None
                form.add_error(field, str(error))
                status = error.status
            else:
                toast(request, _("Review kept."))
                if "revise" in request.POST:
                    address = reverse("unit-service-plan-edit", args=[unit.pk])
                    return redirect(f"{address}?review={review.pk}")
                return redirect("unit-service-plan", unit_pk=unit.pk)
    shown = unit_plans(unit, today=business_date())
    context = {"unit": unit, "form": form, "shown": shown}
    return render(request, "accounts/service_plans/review.html", context, status=status)
