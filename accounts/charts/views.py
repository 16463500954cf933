"""The map of a unit: any day, compared with another one; and putting a person where they belong."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.charts.documents import flow_sheet, map_sheet, shown_flow, unit_map
from accounts.charts.forms import BossForm, FlowForm, MapForm, PlaceForm
from accounts.charts.models import DecisionFlow
from accounts.charts.selectors import flow_on, steps_of
from accounts.charts.services import draw_flow
from accounts.persons.permissions import can_edit_person
from accounts.persons.services import edit_person
from accounts.persons.views import person_or_404
from accounts.units.models import KeyAccount
from accounts.units.permissions import can_edit_unit
from accounts.units.views import unit_or_404
from kam.core.answers import answer_form
from kam.core.asked import day_in, number_in
from kam.core.clock import business_date
from kam.core.errors import BusinessError
from kam.core.htmx import render_page_or_fragment
from kam.core.toasts import toast
from kam.pdf.services import pdf_response
from kam.users.http import AuthedRequest, language_asked, require

PAGE, FRAGMENT = "accounts/charts/map.html", "accounts/charts/_map.html"


@require_GET
def show_map(request: AuthedRequest, unit_pk: int) -> HttpResponse:
    unit = unit_or_404(request, unit_pk)
    return render_page_or_fragment(
        request, PAGE, FRAGMENT, _context(request, unit, MapForm.asked(request.GET))
    )


def _context(request: AuthedRequest, unit: KeyAccount, form: MapForm) -> dict[str, Any]:
    form.is_valid()
    shown = unit_map(
        unit,
        on=form.day,
        against=form.against_day,
        with_ties=bool(form.cleaned_data.get("ties")),
        with_staff=bool(form.cleaned_data.get("staff")),
    )
    is_today = form.day == business_date()
    may_place = is_today and can_edit_unit(request.user, unit)
    return {"unit": unit, "form": form, "map": shown, "can_edit": may_place, "asked": request.GET.urlencode()}


@require_GET
def print_map(request: AuthedRequest, unit_pk: int) -> HttpResponse:
    unit = unit_or_404(request, unit_pk)
    form = MapForm.asked(request.GET)
    sheet = map_sheet(unit, on=form.day, against=form.against_day, language=language_asked(request))
    return pdf_response(sheet, by=request.user, filename=f"{unit.file_number or unit.pk}-{form.day}.pdf")


@require_http_methods(["GET", "POST"])
def place_person(request: AuthedRequest, pk: int) -> HttpResponse:
    """Post, department and boss of a person, typed: what dragging a card does, and more."""
    person = person_or_404(request, pk)
    require(can_edit_person(request.user, person))
    initial = {
        "post": person.post,
        "department": person.department,
        "reports_to": person.reports_to_id,
        "version": person.version,
    }
    form = PlaceForm(request.POST or None, person=person, initial=initial)

    def act(told: dict[str, Any]) -> None:
        version = told.pop("version")
        edit_person(person, told, by=request.user, version=version)

    title = _("Place of %(name)s") % {"name": person.name}
    return answer_form(request, form, title=title, back=reverse("unit-map", args=[person.unit_id]), act=act)


@require_POST
def set_boss(request: AuthedRequest, pk: int) -> HttpResponse:
    """A card was dropped: answer with the map as it is now, and with the reason where the drop was refused."""
    person = person_or_404(request, pk)
    require(can_edit_person(request.user, person))
    form, refusal, status = BossForm(request.POST, person=person), "", 200
    if form.is_valid():
        told = form.cleaned_data
        try:
            edit_person(person, {"reports_to": told["reports_to"]}, by=request.user, version=told["version"])
        except BusinessError as error:
            refusal, status = str(error), error.status
    else:
        refusal, status = _("This person is not at this unit."), 422
    context = _context(request, person.unit, MapForm.asked({})) | {"refusal": refusal}
    return render(request, FRAGMENT, context, status=status)


@require_GET
def show_flow(request: AuthedRequest, unit_pk: int) -> HttpResponse:
    """The decision flow as known on a day."""
    unit = unit_or_404(request, unit_pk)
    day = min(day_in(request.GET.get("on")) or business_date(), business_date())
    context = {
        "unit": unit,
        "day": day,
        "flow": shown_flow(flow_on(unit, day)),
        "history": DecisionFlow.objects.filter(unit=unit).select_related("by").order_by("-revision")[:20],
        "can_edit": can_edit_unit(request.user, unit),
    }
    return render(request, "accounts/charts/flow.html", context)


@require_http_methods(["GET", "POST"])
def edit_flow(request: AuthedRequest, unit_pk: int) -> HttpResponse:
    """Draw the flow anew: rows in their order; what was typed stays when a row is refused."""
    unit = unit_or_404(request, unit_pk)
    require(can_edit_unit(request.user, unit))
    latest, status = flow_on(unit, business_date()), 200
    revision = latest.revision if latest else 0
    if request.method == "POST":
        form = FlowForm(unit, posted=request.POST)
        status = 422
        if form.is_valid():
            try:
                seen = number_in(request.POST.get("revision")) or 0
                draw_flow(unit, form.steps(), by=request.user, revision=seen)
            except BusinessError as error:
                form.refuse(error)
                status = error.status
            else:
                toast(request, _("Decision flow drawn."))
                return redirect("unit-flow", unit_pk=unit.pk)
    else:
        form = FlowForm(unit, steps=steps_of(latest) if latest else [])
    context = {"unit": unit, "form": form, "revision": revision}
    return render(request, "accounts/charts/edit_flow.html", context, status=status)


@require_GET
def print_flow(request: AuthedRequest, unit_pk: int) -> HttpResponse:
    unit = unit_or_404(request, unit_pk)
    day = min(day_in(request.GET.get("on")) or business_date(), business_date())
    sheet = flow_sheet(unit, on=day, language=language_asked(request))
    return pdf_response(sheet, by=request.user, filename=f"{unit.file_number or unit.pk}-flow-{day}.pdf")
