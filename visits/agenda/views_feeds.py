"""The subscription's page, the file that calendar programs fetch, and the button that sends an appointment to calendars."""

import hashlib

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.satisfaction.limits import count_bad_link, is_limited
from kam.core.answers import refused
from kam.core.errors import BusinessError
from kam.core.toasts import toast
from kam.users.http import AuthedRequest, require
from visits.agenda.feeds import end_feed, read_feed, renew_feed
from visits.agenda.invitations import invite
from visits.agenda.links import address_of, feed_of
from visits.agenda.models import CalendarFeed
from visits.agenda.permissions import can_subscribe
from visits.appointments.models import Appointment
from visits.appointments.permissions import can_change_appointment

NOT_FOUND, TOO_MANY = 404, 429


@require_http_methods(["GET", "POST"])
def show_feed(request: AuthedRequest) -> HttpResponse:
    """Say whether there is a subscription; POST makes a new link and shows it this once."""
    require(can_subscribe(request.user))
    address = address_of(renew_feed(request.user)) if request.method == "POST" else ""
    feed = CalendarFeed.objects.filter(user=request.user).first()
    response = render(request, "visits/agenda/feed.html", {"feed": feed, "address": address})
    patch_cache_control(response, no_store=True, private=True)
    return response


@require_POST
def stop_feed(request: AuthedRequest) -> HttpResponse:
    """End the subscription."""
    require(can_subscribe(request.user))
    end_feed(request.user)
    toast(request, _("The subscription has ended; its link is dead."))
    return redirect("agenda-subscription")


@login_not_required
@require_GET
def serve_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The file of one person's calendar. The only right here is the token; what it shows is what that person may see now."""
    if is_limited(request):
        return HttpResponse(status=TOO_MANY, content_type="text/plain")
    feed = feed_of(token)
    if feed is None:
        count_bad_link(request)
        return HttpResponse(status=NOT_FOUND, content_type="text/plain")
    content = read_feed(feed)
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    response: HttpResponse
    if request.headers.get("If-None-Match") == tag:
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
        response.headers["Content-Disposition"] = 'inline; filename="kam.ics"'
    response.headers["ETag"] = tag
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, private=True, no_cache=True)
    return response


@require_POST
def send_invitation(request: AuthedRequest, pk: int) -> HttpResponse:
    """Send an appointment to the calendar of who goes, and to the contact person where ticked."""
    rows = Appointment.objects.visible_to(request.user).select_related("unit", "user", "person")
    row = get_object_or_404(rows, pk=pk)
    require(can_change_appointment(request.user, row))
    back = f"/visits/appointments/{row.pk}/"
    try:
        invite(row, by=request.user, to_customer="to_customer" in request.POST)
    except BusinessError as error:
        return refused(request, error, back=back)
    toast(request, _("The invitation is on its way."))
    return redirect(back)
