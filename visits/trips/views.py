"""Pages of business trips: list, request, one trip, submitting, cancelling, report, sheet."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kam.approvals.selectors import request_for
from kam.core.answers import answer_form, refused
from kam.core.asked import number_in
from kam.core.clock import business_date
from kam.core.errors import BusinessError
from kam.core.periods import month_of
from kam.core.toasts import toast
from kam.lists.http import list_response
from kam.pdf.services import pdf_response
from kam.users.http import AuthedRequest, language_asked, require
from visits.plans.permissions import can_read_plans
from visits.trips import services
from visits.trips.documents import trip_sheet
from visits.trips.forms import CancelForm, TripForm, TripReportForm
from visits.trips.models import Trip
from visits.trips.permissions import can_ask_trip, can_edit_trip, can_report_trip
from visits.trips.selectors import trip_days
from visits.trips.tables import TRIPS
from visits.trips.terms import TripState

_FORM = ["GET", "POST"]
_LIST = "/visits/trips/"


def _trip(request: AuthedRequest, pk: int) -> Trip:
    rows = Trip.objects.visible_to(request.user) | Trip.objects.filter(reporter=request.user)
    return get_object_or_404(rows.select_related("user", "reporter"), pk=pk)


@require_GET
def list_trips(request: AuthedRequest) -> HttpResponseBase:
    require(can_read_plans(request.user))
    return list_response(
        request, TRIPS, page="visits/trips/list.html", context={"may_ask": can_ask_trip(request.user)}
    )


@require_GET
def show_trip(request: AuthedRequest, pk: int) -> HttpResponse:
    trip = _trip(request, pk)
    today = business_date()
    month = month_of(trip.starts_on)
    may_edit = can_edit_trip(request.user, trip)
    context = {
        "trip": trip,
        "where": services.place_of(trip),
        "units": trip.units.all(),
        "approval": request_for(services.SUBJECT, trip, reader=request.user),
        "month_days": trip_days([trip.user_id], month.first, month.last).get(trip.user_id, 0),
        "can_edit": may_edit and trip.is_open,
        "can_cancel": may_edit
        and (trip.state == TripState.DRAFT or (trip.state == TripState.APPROVED and trip.starts_on > today)),
        "can_report": trip.state == TripState.APPROVED
        and trip.ends_on <= today
        and can_report_trip(request.user, trip),
    }
    return render(request, "visits/trips/trip.html", context)


@require_http_methods(_FORM)
def ask_trip(request: AuthedRequest) -> HttpResponse:
    require(can_ask_trip(request.user))
    form = TripForm(request.POST or None, user=request.user, initial={"estimate_amount": 0})

    def act(told: dict[str, Any]) -> str:
        return services.ask_trip(request.user, told, list(told["units"])).get_absolute_url()

    return answer_form(request, form, title=_("New business trip"), back=_LIST, act=act)


@require_http_methods(_FORM)
def change_trip(request: AuthedRequest, pk: int) -> HttpResponse:
    trip = _trip(request, pk)
    require(can_edit_trip(request.user, trip))

    def form_of(trip: Trip, posted: Any = None) -> TripForm:
        initial = {name: getattr(trip, name) for name in services.FIELDS}
        initial |= {"units": list(trip.units.all()), "version": trip.version}
        return TripForm(posted, user=trip.user, initial=initial)

    form = form_of(trip, request.POST or None)

    def act(told: dict[str, Any]) -> None:
        services.change_trip(trip, told, list(told["units"]), by=request.user, version=told["version"])

    return answer_form(request, form, title=_("Change the trip"), back=trip.get_absolute_url(), act=act)


@require_POST
def submit_trip(request: AuthedRequest, pk: int) -> HttpResponse:
    trip = _trip(request, pk)
    require(can_edit_trip(request.user, trip))
    try:
        services.submit_trip(trip, by=request.user, version=number_in(request.POST.get("version")))
    except BusinessError as error:
        return refused(request, error, back=trip.get_absolute_url())
    toast(request, _("Submitted."))
    return redirect(trip)


@require_http_methods(_FORM)
def cancel_trip(request: AuthedRequest, pk: int) -> HttpResponse:
    trip = _trip(request, pk)
    require(can_edit_trip(request.user, trip))
    form = CancelForm(request.POST or None, initial={"version": trip.version})

    def act(told: dict[str, Any]) -> None:
        services.cancel_trip(trip, told["reason"], by=request.user, version=told["version"])

    return answer_form(request, form, title=_("Cancel the trip"), back=trip.get_absolute_url(), act=act)


@require_http_methods(_FORM)
def report_trip(request: AuthedRequest, pk: int) -> HttpResponse:
    trip = _trip(request, pk)
    require(can_report_trip(request.user, trip))
    initial = {"version": trip.version, "actual_amount": trip.estimate_amount}
    form = TripReportForm(request.POST or None, initial=initial)

    def act(told: dict[str, Any]) -> None:
        services.report_trip(
            trip, told["result"], told["actual_amount"], by=request.user, version=told["version"]
        )

    title = _("Report on the trip of %(day)s") % {"day": trip.starts_on}
    return answer_form(request, form, title=title, back=trip.get_absolute_url(), act=act)


@require_GET
def print_trip(request: AuthedRequest, pk: int) -> HttpResponse:
    trip = _trip(request, pk)
    language = language_asked(request)
    sheet = trip_sheet(trip, language=language)
    return pdf_response(sheet, by=request.user, filename=f"trip-{trip.pk}.pdf")
