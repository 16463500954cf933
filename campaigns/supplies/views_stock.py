"""Pages of the office's supplies in stock: the list, one with its ledger, adding, changing, what came in and counts."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from campaigns.materials.models import Material
from campaigns.materials.services import FIELDS, add_material, edit_material, move, stock_of
from campaigns.supplies.forms import STOCK_FIELDS, MoveForm, StockForm
from campaigns.supplies.permissions import can_keep_supplies, can_see_supplies
from campaigns.supplies.tables import SUPPLIES
from kam.core.answers import answer_form
from kam.core.clock import business_date
from kam.lists.http import list_response
from kam.users.http import AuthedRequest, require

_FORM = ["GET", "POST"]
_LIST = "/supplies/stock/"


@require_GET
def list_supplies(request: AuthedRequest) -> HttpResponseBase:
    """What the office has to hand out."""
    require(can_see_supplies(request.user))
    context = {"can_keep": can_keep_supplies(request.user)}
    return list_response(request, SUPPLIES, page="campaigns/supplies/stock.html", context=context)


def supply_or_404(request: AuthedRequest, pk: int) -> Material:
    require(can_see_supplies(request.user))
    return get_object_or_404(Material.objects.supplies(), pk=pk)


@require_http_methods(_FORM)
def add_supply(request: AuthedRequest) -> HttpResponse:
    """A supply that the office keeps from now on."""
    require(can_keep_supplies(request.user))
    form = StockForm(request.POST or None)

    def act(_told: dict[str, Any]) -> str:
        return add_material(None, form.values(), by=request.user).get_absolute_url()

    return answer_form(request, form, title=_("New supply"), back=_LIST, act=act)


@require_GET
def show_supply(request: AuthedRequest, pk: int) -> HttpResponse:
    """One supply with its stock ledger."""
    supply = supply_or_404(request, pk)
    moves = list(supply.moves.told_to(request.user).select_related("by")[:200])
    context = {
        "supply": supply,
        "stock": stock_of(supply),
        "moves": moves,
        "is_silent": any(row.text and not row.words for row in moves),
        "can_keep": can_keep_supplies(request.user),
    }
    return render(request, "campaigns/supplies/supply.html", context)


@require_http_methods(_FORM)
def edit_supply(request: AuthedRequest, pk: int) -> HttpResponse:
    """Change a supply."""
    supply = supply_or_404(request, pk)
    require(can_keep_supplies(request.user))
    kept = {name: getattr(supply, name) for name in FIELDS}
    initial = {name: kept[name] for name in STOCK_FIELDS} | {"version": supply.version}
    form = StockForm(request.POST or None, initial=initial)

    def act(told: dict[str, Any]) -> None:
        edit_material(supply, kept | form.values(), by=request.user, version=told["version"] or 0)

    return answer_form(request, form, title=supply.name, back=supply.get_absolute_url(), act=act)


@require_http_methods(_FORM)
def move_supply(request: AuthedRequest, pk: int) -> HttpResponse:
    """What came in, or what a count found."""
    supply = supply_or_404(request, pk)
    require(can_keep_supplies(request.user))
    form = MoveForm(request.POST or None)

    def act(told: dict[str, Any]) -> None:
        move(supply, by=request.user, on=business_date(), **told)

    title = _("%(material)s: %(stock)s in stock") % {"material": supply.name, "stock": stock_of(supply)}
    return answer_form(request, form, title=title, back=supply.get_absolute_url(), act=act)
