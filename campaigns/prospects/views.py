"""Pages of registered customers: the list, one customer, registering, correcting, giving up, becoming a person of the unit."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.units.models import KeyAccount
from accounts.units.views import unit_or_404
from campaigns.prospects import services
from campaigns.prospects.forms import DropForm, ProspectForm
from campaigns.prospects.models import Prospect
from campaigns.prospects.permissions import (
    can_change_prospect,
    can_register_for,
    can_register_prospect,
    can_see_prospects,
)
from campaigns.prospects.services import FIELDS
from campaigns.prospects.tables import PROSPECTS
from campaigns.prospects.terms import Progress
from kam.core.answers import answer_form, refused
from kam.core.asked import number_in
from kam.core.errors import BusinessError
from kam.core.toasts import toast
from kam.lists.http import list_response
from kam.people.rules import mask_mobile
from kam.users.http import AuthedRequest, require


@require_GET
def list_prospects(request: AuthedRequest) -> HttpResponseBase:
    """Registered customers that one sees."""
    require(can_see_prospects(request.user))
    context = {"can_register": can_register_prospect(request.user)}
    return list_response(request, PROSPECTS, page="campaigns/prospects/list.html", context=context)


def prospect_or_404(request: AuthedRequest, pk: int) -> Prospect:
    """Return a registered customer that the person may see."""
    rows = Prospect.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("unit", "campaign", "person__unit", "owner"), pk=pk)


@require_GET
def show_prospect(request: AuthedRequest, pk: int) -> HttpResponse:
    """One customer: where from, how much they want, how far they came, what comes next."""
    row = prospect_or_404(request, pk)
    may = can_change_prospect(request.user, row)
    is_open = row.progress in {Progress.REGISTERED, Progress.SINCERE}
    context = {
        "prospect": row,
        "progress": row.progress_badge,
        "intention": row.intention_badge,
        "mobile": row.mobile if may else mask_mobile(row.mobile),
        "can_change": may,
        "can_drop": may and row.progress is Progress.REGISTERED,
        "can_take_up": may and row.progress is Progress.DROPPED,
        "can_make_person": may and is_open and row.unit_id is not None and row.person_id is None,
        "earnest_url": _earnest_url(row) if may and row.progress is Progress.REGISTERED else "",
        "deal_url": _deal_url(row) if may and is_open else "",
    }
    return render(request, "campaigns/prospects/prospect.html", context)


def _earnest_url(row: Prospect) -> str:
    """Return where earnest money is noted, filled with what is known; "" while a customer of a unit is no person of it."""
    told = {"campaign": row.campaign_id, "prospect": row.pk}
    if row.unit_id is None:
        return f"/earnest/new/?{urlencode(told | {'name': row.name})}"
    if row.person_id is None:
        return ""
    return f"/accounts/{row.unit_id}/earnest/new/?{urlencode(told | {'person': row.person_id})}"


def _deal_url(row: Prospect) -> str:
    if row.unit_id is None or row.person_id is None:
        return ""
    told = {"campaign": row.campaign_id, "customer": row.person_id}
    return f"/accounts/{row.unit_id}/deals/new/?{urlencode(told)}"


@require_http_methods(["GET", "POST"])
def register(request: AuthedRequest) -> HttpResponse:
    """Register a customer of no unit."""
    require(can_register_prospect(request.user))
    return _register(request, None, "/prospects/")


@require_http_methods(["GET", "POST"])
def register_for_unit(request: AuthedRequest, unit_pk: int) -> HttpResponse:
    """Register a customer of this unit."""
    unit = unit_or_404(request, unit_pk)
    require(can_register_for(request.user, unit))
    return _register(request, unit, unit.get_absolute_url())


def _register(request: AuthedRequest, unit: KeyAccount | None, back: str) -> HttpResponse:
    initial = {"campaign": number_in(request.GET.get("campaign"))}
    form = ProspectForm(request.POST or None, unit=unit, initial=initial)

    def act(_told: dict[str, Any]) -> str:
        return services.register_prospect(form.terms(), unit=unit, by=request.user).get_absolute_url()

    title = _("Register a customer of %(unit)s") % {"unit": unit.name} if unit else _("Register a customer")
    return answer_form(request, form, title=title, back=back, act=act, submit=_("Register"))


@require_http_methods(["GET", "POST"])
def change(request: AuthedRequest, pk: int) -> HttpResponse:
    """Correct what was registered."""
    row = prospect_or_404(request, pk)
    require(can_change_prospect(request.user, row))

    def form_of(data: Any, now: Prospect) -> ProspectForm:
        told = {name: getattr(now, name) for name in (*FIELDS, "registered_on", "version")}
        told |= {"campaign": now.campaign_id, "person": now.person_id}
        form = ProspectForm(data, unit=now.unit, initial=told)
        for name in ("campaign", "registered_on"):
            form.fields[name].disabled = True
        return form

    form = form_of(request.POST or None, row)

    def act(told: dict[str, Any]) -> None:
        services.change_prospect(row, form.terms(), by=request.user, version=told["version"] or 0)

    return answer_form(
        request,
        form,
        title=str(row),
        back=row.get_absolute_url(),
        act=act,
        fresh=lambda: form_of(None, prospect_or_404(request, pk)),
    )


@require_http_methods(["GET", "POST"])
def drop(request: AuthedRequest, pk: int) -> HttpResponse:
    """Give a customer up."""
    row = prospect_or_404(request, pk)
    require(can_change_prospect(request.user, row))
    form = DropForm(request.POST or None, initial={"version": row.version})

    def act(told: dict[str, Any]) -> None:
        services.drop_prospect(row, by=request.user, **told)

    title = _("Give up %(name)s") % {"name": row.name}
    return answer_form(request, form, title=title, back=row.get_absolute_url(), act=act, submit=_("Give up"))


@require_POST
def take_up(request: AuthedRequest, pk: int) -> HttpResponse:
    """A customer given up is one again."""
    return _press(request, pk, services.take_up_again)


@require_POST
def make_person(request: AuthedRequest, pk: int) -> HttpResponse:
    """Enter the customer among the persons of the unit."""
    return _press(request, pk, services.make_person)


def _press(request: AuthedRequest, pk: int, act: Any) -> HttpResponse:
    row = prospect_or_404(request, pk)
    require(can_change_prospect(request.user, row))
    try:
        act(row, by=request.user, version=number_in(request.POST.get("version")) or 0)
    except BusinessError as error:
        return refused(request, error, back=row.get_absolute_url())
    toast(request, _("Saved."))
    return redirect(row.get_absolute_url())
