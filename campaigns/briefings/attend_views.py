"""Taking down who came, on the phone: one form that empties itself, kept on the device without a connection; correcting it later."""

import uuid
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from campaigns.briefings import services
from campaigns.briefings.forms import AttendeeForm, ChangeAttendeeForm
from campaigns.briefings.models import Briefing
from campaigns.briefings.permissions import can_take_down
from campaigns.briefings.selectors import came_of, statistics, takes_part
from campaigns.briefings.views import briefing_or_404
from kam.core.answers import answer_form
from kam.core.errors import BusinessError
from kam.core.forms import add_business_error
from kam.core.toasts import toast
from kam.users.http import AuthedRequest, require
from visits.visits.models import Draft
from visits.visits.services import discard_draft, send_once
from visits.visits.views import answer_sent, body_of, wants_json

_DRAFT = "attendee"


@require_http_methods(["GET", "POST"])
def attend(request: AuthedRequest, pk: int) -> HttpResponse:
    """Take down one person after the other."""
    row = briefing_or_404(request, pk)
    require(can_take_down(request.user, row, takes_part=takes_part(request.user, row)))
    if request.method == "POST":
        return _send(request, row, AttendeeForm(request.POST, briefing=row))
    return _page(request, row, AttendeeForm(briefing=row, initial={"public_id": uuid.uuid4()}))


def _page(request: AuthedRequest, row: Briefing, form: AttendeeForm, *, status: int = 200) -> HttpResponse:
    people = list(row.attendees.order_by("-pk"))
    context = {
        "form": form,
        "briefing": row,
        "people": people,
        "told": statistics(row, came_of(people)),
        "draft": Draft.objects.filter(user=request.user, kind=_DRAFT, key=str(row.pk)).first(),
    }
    return render(request, "campaigns/briefings/attend.html", context, status=status)


def _send(request: AuthedRequest, row: Briefing, form: AttendeeForm) -> HttpResponse:
    status = 422
    if form.is_valid():
        try:
            location = _sent_once(request, row, form)
        except BusinessError as error:
            add_business_error(form, error)
            status = error.status
        else:
            if not wants_json(request):
                toast(request, _("%(name)s is taken down.") % {"name": form.cleaned_data["name"]})
            return answer_sent(request, location)
    if wants_json(request):
        return JsonResponse({"errors": form.errors.get_json_data()}, status=status)
    return _page(request, row, form, status=status)


def _sent_once(request: AuthedRequest, row: Briefing, form: AttendeeForm) -> str:
    key = form.cleaned_data["public_id"]

    def save() -> str:
        services.register_attendee(row, form.person_told(), public_id=key, by=request.user)
        discard_draft(_DRAFT, str(row.pk), by=request.user)
        return reverse("briefing-attend", args=[row.pk])

    return send_once(save, by=request.user, route=_DRAFT, key=key, body=body_of(request.POST))


@require_http_methods(["GET", "POST"])
def change_attendee(request: AuthedRequest, pk: int, attendee: int) -> HttpResponse:
    """Correct what was taken down, or set the day of the return visit."""
    row = briefing_or_404(request, pk)
    require(can_take_down(request.user, row, takes_part=takes_part(request.user, row)))
    person = get_object_or_404(row.attendees.select_related("briefing"), pk=attendee)

    def form_of(data: Any) -> ChangeAttendeeForm:
        names = [n for n in (*AttendeeForm.base_fields, "version") if n != "public_id"]
        initial = {name: getattr(person, name) for name in names}
        return ChangeAttendeeForm(data, briefing=row, initial=initial)

    form = form_of(request.POST or None)

    def act(told: dict[str, Any]) -> None:
        services.change_attendee(person, form.person_told(), by=request.user, version=told["version"])

    return answer_form(request, form, title=person.name, back=row.get_absolute_url(), act=act)
