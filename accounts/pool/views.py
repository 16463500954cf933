"""Pages of the pool: the lists, one unit of the pool, taking it out, asking for a transfer, one transfer."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.pool import services
from accounts.pool.forms import TransferForm
from accounts.pool.models import Transfer
from accounts.pool.permissions import can_ask_transfer, can_claim, can_see_pool
from accounts.pool.selectors import load_of, pool_units
from accounts.pool.tables import FALLING, POOL, TRANSFERS
from accounts.pool.terms import CLAIMS, HELD, OPEN_STATES, TransferState
from accounts.units.models import KeyAccount
from accounts.units.selectors_along import along_with
from accounts.units.views import unit_or_404
from kam.approvals.selectors import request_for
from kam.core.answers import answer_form, refused
from kam.core.clock import business_date
from kam.core.errors import BusinessError
from kam.core.toasts import toast
from kam.lists.http import list_response
from kam.settings_rows.selectors import int_setting
from kam.users.http import AuthedRequest, require
from kam.users.models import User
from kam.users.terms import SELLERS

_FORM = ["GET", "POST"]


@require_GET
def list_pool(request: AuthedRequest) -> HttpResponseBase:
    require(can_see_pool(request.user))
    load = load_of(request.user, business_date())
    context = {
        "load": load,
        "may_claim": can_claim(request.user),
        "most_claims": int_setting(CLAIMS),
        "most_held": int_setting(HELD),
    }
    return list_response(request, POOL, page="accounts/pool/list.html", context=context)


@require_GET
def list_falling(request: AuthedRequest) -> HttpResponseBase:
    require(can_see_pool(request.user))
    return list_response(request, FALLING, page="lists/page.html")


@require_GET
def list_transfers(request: AuthedRequest) -> HttpResponseBase:
    require(can_see_pool(request.user))
    return list_response(request, TRANSFERS, page="lists/page.html")


@require_GET
def show_unit(request: AuthedRequest, pk: int) -> HttpResponse:
    """Show a unit of the pool; one that has an owner leads to its record, for those who see that."""
    require(can_see_pool(request.user))
    unit = pool_units().filter(pk=pk).select_related("industry").first()
    if unit is None:
        return redirect(unit_or_404(request, pk))
    context = {
        "unit": unit,
        "events": unit.pool_events.select_related("user", "by"),
        "owners": unit.ownerships.select_related("owner").order_by("-started_on", "-pk"),
        "may_claim": can_claim(request.user),
        "may_open": KeyAccount.objects.visible_to(request.user).filter(pk=pk).exists(),
    }
    return render(request, "accounts/pool/unit.html", context)


@require_POST
def claim_unit(request: AuthedRequest, pk: int) -> HttpResponse:
    require(can_see_pool(request.user))
    unit = pool_units().filter(pk=pk).first() or unit_or_404(request, pk)
    require(can_claim(request.user))
    try:
        services.claim_unit(unit, by=request.user)
    except BusinessError as error:
        return refused(request, error, back="/pool/")
    toast(request, _("%(name)s is yours now.") % {"name": unit.name})
    return redirect(unit)


@require_http_methods(_FORM)
def ask_transfer(request: AuthedRequest, unit_pk: int) -> HttpResponse:
    unit = unit_or_404(request, unit_pk)
    require(can_ask_transfer(request.user, unit))
    form = TransferForm(request.POST or None, sellers=_sellers(unit.owner_id))

    def act(told: dict[str, Any]) -> str:
        made = services.ask_transfer(unit, to=told["to"], reason=told["reason"], by=request.user)
        return made.get_absolute_url()

    along = along_with(unit)
    return answer_form(
        request,
        form,
        title=_("Transfer %(name)s") % {"name": unit.name},
        hint=_("Goes along with the unit: %(what)s.") % {"what": along} if along else "",
        back=unit.get_absolute_url(),
        act=act,
        submit=_("Ask for approval"),
    )


@require_GET
def show_transfer(request: AuthedRequest, pk: int) -> HttpResponse:
    transfer = _transfer(request, pk)
    context = {
        "transfer": transfer,
        "approval": request_for(services.subject_of(transfer), transfer, reader=request.user),
        "can_edit": _can_edit(request.user, transfer),
        "along": _along(transfer),
        "may_open": KeyAccount.objects.visible_to(request.user).filter(pk=transfer.unit_id).exists(),
    }
    return render(request, "accounts/pool/transfer.html", context)


@require_http_methods(_FORM)
def change_transfer(request: AuthedRequest, pk: int) -> HttpResponse:
    """Change a returned transfer and hand it in again."""
    transfer = _transfer(request, pk)
    require(_can_edit(request.user, transfer))
    initial = {"to": transfer.to_id, "reason": transfer.reason, "version": transfer.version}
    form = TransferForm(request.POST or None, sellers=_sellers(transfer.owner_id), initial=initial)

    def act(told: dict[str, Any]) -> None:
        services.ask_again(
            transfer, to=told["to"], reason=told["reason"], by=request.user, version=told["version"]
        )

    title = _("Transfer %(name)s") % {"name": transfer.unit.name}
    return answer_form(
        request, form, title=title, back=transfer.get_absolute_url(), act=act, submit=_("Ask for approval")
    )


def _transfer(request: AuthedRequest, pk: int) -> Transfer:
    rows = Transfer.objects.visible_to(request.user).select_related("unit", "owner", "to", "asked_by")
    return get_object_or_404(rows, pk=pk)


def _along(transfer: Transfer) -> str:
    """Return what goes along once this is decided; "" where it is, or would be refused."""
    waits = transfer.state in OPEN_STATES and transfer.unit.owner_id == transfer.owner_id
    return along_with(transfer.unit) if waits else ""


def _can_edit(user: User, transfer: Transfer) -> bool:
    return user.pk == transfer.asked_by_id and transfer.state == TransferState.RETURNED


def _sellers(owner_id: int | None) -> Any:
    rows = User.objects.working().filter(position__in=[p.value for p in SELLERS])
    return (rows.exclude(pk=owner_id) if owner_id else rows).order_by("name", "pk")
