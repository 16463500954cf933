"""What may be done with the ticked rows of the list of units: a file of them, another owner."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.units.forms import OwnerForm
from accounts.units.models import KeyAccount
from accounts.units.permissions import can_change_owner, can_change_owners
from accounts.units.services_owners import MOST_AT_ONCE, change_owners
from accounts.units.tables import UNITS, can_export_units
from kam.core.asked import number_in
from kam.core.clock import business_date
from kam.core.errors_views import refused
from kam.core.toasts import toast
from kam.core.ways import way_back
from kam.lists.http import selected_rows
from kam.users.http import AuthedRequest, require


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
        toast(request, words % {"n": len(done), "name": told["owner"].name})
    if len(done) == len(results):
        return redirect(context["next"])
    return render(request, "accounts/units/given.html", context | {"results": results}, status=409)
