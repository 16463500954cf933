"""What the department lends out: the week of vehicles, rooms and equipment, and the clerk's acts on it."""

from datetime import time, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kam.core.answers import answer_form
from kam.core.asked import day_in, number_in
from kam.core.clock import business_date, department_zone
from kam.core.errors import BusinessError
from kam.core.periods import iso_week_of
from kam.core.toasts import toast
from kam.users.http import AuthedRequest, require
from visits.bookings import services
from visits.bookings.forms import LendForm, NewResourceForm, ResourceForm
from visits.bookings.models import Booking, Resource
from visits.bookings.permissions import can_keep_resources, can_read_resources
from visits.bookings.selectors import ahead_of, week_of_things
from visits.bookings.services import free_sentence
from visits.bookings.terms import DESK, ResourceKind


@require_GET
def show_resources(request: AuthedRequest) -> HttpResponse:
    """Show who has what in one week; the clerk also sees what was retired."""
    require(can_read_resources(request.user))
    today = business_date()
    week = iso_week_of(day_in(request.GET.get("day")) or today)
    keeps = can_keep_resources(request.user)
    context = {
        "week": week,
        "today": today,
        "lanes": week_of_things(week),
        "keeps": keeps,
        "things": Resource.objects.order_by("-is_active", "kind", "name") if keeps else (),
        "desk": DESK,
        "now": timezone.now(),
        "zone": department_zone(),
        "previous": week.first - timedelta(days=7),
        "next": week.first + timedelta(days=7),
    }
    return render(request, "visits/bookings/week.html", context)


@require_http_methods(["GET", "POST"])
def add_resource(request: AuthedRequest) -> HttpResponse:
    """Enter a new vehicle, room or piece of equipment."""
    require(can_keep_resources(request.user))

    def act(told: dict[str, Any]) -> None:
        services.add_resource(
            ResourceKind(told["kind"]), told["name"], by=request.user, remark=told["remark"]
        )

    form = NewResourceForm(request.POST or None)
    title = _("Add a vehicle, room or equipment")
    return answer_form(request, form, title=title, back=reverse("resources"), act=act)


@require_http_methods(["GET", "POST"])
def edit_resource(request: AuthedRequest, pk: int) -> HttpResponse:
    """Correct name and remark; a page that is out of date is told so."""
    require(can_keep_resources(request.user))
    resource = get_object_or_404(Resource.objects.visible_to(request.user), pk=pk)

    def act(told: dict[str, Any]) -> None:
        services.edit_resource(resource, by=request.user, **told)

    def fresh() -> ResourceForm:
        row = Resource.objects.get(pk=resource.pk)
        return ResourceForm(initial={"name": row.name, "remark": row.remark, "version": row.version})

    form = ResourceForm(request.POST) if request.method == "POST" else fresh()
    return answer_form(request, form, title=resource.name, back=reverse("resources"), act=act, fresh=fresh)


@require_POST
def set_usable(request: AuthedRequest, pk: int) -> HttpResponse:
    """Retire a thing, or take it back into use; the toast offers the way back."""
    require(can_keep_resources(request.user))
    resource = get_object_or_404(Resource.objects.visible_to(request.user), pk=pk)
    wanted = request.GET.get("to", "retired") == "usable"
    services.set_usable(resource, is_active=wanted, by=request.user)
    address = reverse("resource-usable", args=[pk])
    if wanted:
        toast(request, _("%(name)s can be booked.") % {"name": resource.name}, undo=address)
    else:
        toast(request, _retired(resource), undo=f"{address}?to=usable")
    return redirect("resources")


@require_http_methods(["GET", "POST"])
def lend(request: AuthedRequest) -> HttpResponse:
    """Book a thing for somebody; a clash is told at the field, with the next free times."""
    require(can_keep_resources(request.user))
    asked: dict[str, Any] = {"resource": number_in(request.GET.get("resource"))}
    asked["day"] = day_in(request.GET.get("day")) or business_date()
    if request.GET.get("half") == "afternoon":
        asked |= {"start": time(14), "end": time(17)}
    form = LendForm(request.POST or None, initial=asked)

    def act(told: dict[str, Any]) -> str:
        try:
            services.lend(
                told["resource"], form.slot(), to=told["whom"], by=request.user, remark=told["remark"]
            )
        except services.ClashError as error:
            words = f"{error} {free_sentence(error.free)}".strip()
            raise BusinessError(words, code="clash", field="start") from error
        return f"{reverse('resources')}?day={told['day']:%Y-%m-%d}"

    title = _("Book for somebody")
    return answer_form(
        request, form, title=title, back=reverse("resources"), act=act, submit=_("Book"), done=_("Booked.")
    )


@require_POST
def give_back(request: AuthedRequest, pk: int) -> HttpResponse:
    """Free a booking that the clerk entered; those of plans go with their plan."""
    require(can_keep_resources(request.user))
    booking = get_object_or_404(Booking.objects.made_at_desk(), pk=pk)
    services.give_back(booking, by=request.user)
    toast(request, _("%(name)s is free again.") % {"name": booking.resource_label})
    return redirect(f"{reverse('resources')}?day={timezone.localtime(booking.slot.lower):%Y-%m-%d}")


def _retired(resource: Resource) -> str:
    words = _("%(name)s is out of use.") % {"name": resource.name}
    left = ahead_of(resource, timezone.now())
    if not left:
        return words
    more = ngettext("%(n)s booking to come stays.", "%(n)s bookings to come stay.", left) % {"n": left}
    return f"{words} {more}"
