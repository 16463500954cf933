"""What may be done with the ticked rows of the list of units: a file of them, another owner."""

from dataclasses import astuple
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.units.forms import OwnerForm
from accounts.units.models import KeyAccount
from accounts.units.permissions import can_change_owner, can_change_owners
from accounts.units.services_owners import MOST_AT_ONCE, Given, Moved, change_owners, take_back
from accounts.units.tables import UNITS, can_export_units
from kam.core.asked import number_in
from kam.core.clock import business_date
from kam.core.errors_views import refused
from kam.core.toasts import toast
from kam.core.ways import way_back
from kam.lists.http import selected_rows
from kam.users.http import AuthedRequest, require
from kam.users.models import User

#: How long giving away may be taken back, in seconds; whoever changed a unit since is never overrun.
TAKEN_BACK_WITHIN = 3600


@require_POST
def export_selected(request: AuthedRequest) -> HttpResponse:
    """Lead to the file of the ticked units, with the columns of the list; the list asks for approval where its files need one."""
    require(can_export_units(request.user))
    if request.POST.get("all"):
        return redirect(f"{UNITS.url}?{request.POST.get('query', '')[:4000]}&export=xlsx")
    ids = [text for text in request.POST.getlist("row") if number_in(text) is not None][:MOST_AT_ONCE]
    if not ids:
        return refused(request, _("Tick the rows first."))
    only = urlencode({"only": ",".join(ids), "export": "xlsx"}, safe=",")
    return redirect(f"{UNITS.url}?{only}")


@require_POST
def give_selected(request: AuthedRequest) -> HttpResponse:
    """Ask to whom the ticked units shall go, then give them: only those this person may give, in the state the page showed."""
    require(can_change_owners(request.user))
    found = selected_rows(request, UNITS).select_related("owner", "team").order_by("sort_key", "pk")
    units = [unit for unit in found[: MOST_AT_ONCE + 1] if can_change_owner(request.user, unit)]
    if not units:
        return refused(request, _("None of the ticked units may be given away by you."))
    if len(units) > MOST_AT_ONCE:
        return refused(request, _("At most 200 units at once."))
    is_sent = "owner" in request.POST
    form = OwnerForm(request.POST if is_sent else None, user=request.user, initial={"on": business_date()})
    context = {"form": form, "units": units, "next": way_back(request, UNITS.url)}
    if is_sent and form.is_valid():
        return _give(request, units, form.cleaned_data, context)
    return render(request, "accounts/units/give.html", context, status=422 if is_sent else 200)


def _give(
    request: AuthedRequest, units: list[KeyAccount], told: dict[str, Any], context: dict[str, Any]
) -> HttpResponse:
    seen = [(unit, number_in(request.POST.get(f"version-{unit.pk}")) or 0) for unit in units]
    results = change_owners(seen, owner=told["owner"], on=told["on"], reason=told["reason"], by=request.user)
    done = [row for row in results if not row.problem]
    if done:
        words = ngettext(
            "%(n)s unit now belongs to %(name)s.", "%(n)s units now belong to %(name)s.", len(done)
        )
        undo = _way_to_take_back(request.user, done, told["on"])
        toast(request, words % {"n": len(done), "name": told["owner"].name}, undo=undo)
    return _told(request, results, context)


@require_POST
def take_back_selected(request: AuthedRequest) -> HttpResponse:
    """Undo giving units away: what the signed address names goes back to its former owner, where nobody changed it since."""
    require(can_change_owners(request.user))
    try:
        day, rows = signing.loads(
            request.GET.get("given", ""), salt=_salt(request.user), max_age=TAKEN_BACK_WITHIN
        )
    except signing.BadSignature:
        return refused(request, _("This can no longer be taken back."))
    given = [Given(*row) for row in rows]
    found = KeyAccount.objects.visible_to(request.user).filter(pk__in=[was.unit for was in given])
    units = [unit for unit in found if can_change_owner(request.user, unit)]
    results = take_back(
        given, units, by=request.user, on=date.fromisoformat(day), reason=_("Given by mistake: taken back.")
    )
    done = [row for row in results if not row.problem]
    if done:
        words = ngettext("%(n)s unit was taken back.", "%(n)s units were taken back.", len(done))
        toast(request, words % {"n": len(done)})
    return _told(request, results, {"next": way_back(request, UNITS.url)})


def _way_to_take_back(user: User, done: list[Moved], on: date) -> str:
    """Return the address that gives the units back, "" where this person may no longer do that."""
    rows = [
        astuple(Given(row.unit.pk, row.now.version, row.unit.owner_id or 0, row.unit.team_id or 0))
        for row in done
        if row.now is not None and can_change_owner(user, row.now)
    ]
    if len(rows) < len(done):
        return ""
    given = signing.dumps((on.isoformat(), rows), salt=_salt(user), compress=True)
    return f"{reverse('units-take-back')}?{urlencode({'given': given})}"


def _salt(user: User) -> str:
    return f"accounts.units.given.{user.pk}"


def _told(request: AuthedRequest, results: list[Moved], context: dict[str, Any]) -> HttpResponse:
    """Lead back to the list, or tell which units did not change hands, and why."""
    if all(not row.problem for row in results):
        return redirect(context["next"])
    shown = context | {"results": results, "toast_next": context["next"]}
    return render(request, "accounts/units/given.html", shown, status=409)
