"""Logging a call or a message, and designating the key person met at the first visit."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.contacts import services
from accounts.contacts.forms import ContactForm
from accounts.contacts.terms import ContactChannel, Direction
from accounts.persons.permissions import can_edit_person
from accounts.persons.views import person_or_404
from accounts.units.permissions import can_edit_unit
from accounts.units.views import unit_or_404
from kam.core.answers import answer_form, refused
from kam.core.clock import business_date
from kam.core.errors import BusinessError
from kam.core.toasts import toast
from kam.users.http import AuthedRequest, require


@require_http_methods(["GET", "POST"])
def add_contact(request: AuthedRequest, unit_pk: int) -> HttpResponse:
    unit = unit_or_404(request, unit_pk)
    require(can_edit_unit(request.user, unit))
    form = ContactForm(request.POST or None, unit=unit, initial={"on": business_date(), "channel": "call"})

    def act(told: dict[str, Any]) -> None:
        services.record_contact(
            unit,
            on=told["on"],
            channel=ContactChannel(told["channel"]),
            direction=Direction(told["direction"]),
            persons=told["persons"],
            outcome=told["outcome"],
            text=told["text"],
            outline_used=told["outline_used"],
            by=request.user,
        )

    title = _("Log a call with %(name)s") % {"name": unit.name}
    return answer_form(request, form, title=title, back=unit.get_absolute_url(), act=act)


@require_POST
def designate(request: AuthedRequest, pk: int) -> HttpResponse:
    """Make this person the unit's designated key person; a refusal is told on the person's page."""
    person = person_or_404(request, pk)
    require(can_edit_person(request.user, person))
    try:
        services.designate(person, by=request.user)
    except BusinessError as error:
        return refused(request, error, back=person.get_absolute_url())
    toast(request, _("Key person designated."))
    return redirect(person)
