"""Pages of materials: the list, one line with its stock ledger, adding, changing, arrival, movements, the bill on paper."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from campaigns.campaigns.views import campaign_or_404
from campaigns.materials.documents import bill_sheet
from campaigns.materials.forms import ArrivalForm, MaterialForm, MoveForm
from campaigns.materials.labels import STANDING_LABELS
from campaigns.materials.models import Material
from campaigns.materials.permissions import can_keep_materials
from campaigns.materials.services import FIELDS, add_material, edit_material, move, put_in_place, stock_of
from campaigns.materials.tables import MATERIALS
from campaigns.materials.terms import STANDING_TONES
from kam.core.answers import answer_form
from kam.lists.http import list_response
from kam.pdf.services import pdf_response
from kam.users.http import AuthedRequest, require


@require_GET
def list_materials(request: AuthedRequest) -> HttpResponseBase:
    """Materials of the campaigns that one sees."""
    return list_response(request, MATERIALS)


def material_or_404(request: AuthedRequest, pk: int) -> Material:
    """Return a material that the person may see."""
    return get_object_or_404(
        Material.objects.visible_to(request.user).select_related("campaign", "line__budget"), pk=pk
    )


@require_GET
def show_material(request: AuthedRequest, pk: int) -> HttpResponse:
    """One line with its stock ledger."""
    material = material_or_404(request, pk)
    moves = list(material.moves.told_to(request.user).select_related("by")[:200])
    context = {
        "material": material,
        "tone": STANDING_TONES[material.standing],
        "words": STANDING_LABELS[material.standing],
        "stock": stock_of(material),
        "moves": moves,
        "is_silent": any(row.text and not row.words for row in moves),
        "can_keep": can_keep_materials(request.user, material.campaign),
    }
    return render(request, "campaigns/materials/material.html", context)


@require_http_methods(["GET", "POST"])
def new_material(request: AuthedRequest, pk: int) -> HttpResponse:
    """Add a line to the bill."""
    campaign = campaign_or_404(request, pk)
    require(can_keep_materials(request.user, campaign))
    form = MaterialForm(request.POST or None, user=request.user)

    def act(_told: dict[str, Any]) -> str:
        return add_material(campaign, form.values(), by=request.user).get_absolute_url()

    back = campaign.get_absolute_url()
    return answer_form(request, form, title=_("New material"), back=back, act=act)


@require_http_methods(["GET", "POST"])
def edit(request: AuthedRequest, pk: int) -> HttpResponse:
    """Change a line."""
    material = material_or_404(request, pk)
    require(can_keep_materials(request.user, material.campaign))
    initial = {name: getattr(material, name) for name in FIELDS} | {"version": material.version}
    form = MaterialForm(request.POST or None, user=request.user, initial=initial)

    def act(told: dict[str, Any]) -> None:
        edit_material(material, form.values(), by=request.user, version=told["version"] or 0)

    return answer_form(request, form, title=material.name, back=material.get_absolute_url(), act=act)


@require_http_methods(["GET", "POST"])
def arrive(request: AuthedRequest, pk: int) -> HttpResponse:
    """It is in place."""
    material = material_or_404(request, pk)
    require(can_keep_materials(request.user, material.campaign))
    form = ArrivalForm(request.POST or None, initial={"version": material.version})

    def act(told: dict[str, Any]) -> None:
        put_in_place(material, by=request.user, **told)

    return answer_form(request, form, title=material.name, back=material.get_absolute_url(), act=act)


@require_http_methods(["GET", "POST"])
def move_stock(request: AuthedRequest, pk: int) -> HttpResponse:
    """Receive, issue, take back, count."""
    material = material_or_404(request, pk)
    require(can_keep_materials(request.user, material.campaign))
    form = MoveForm(request.POST or None)

    def act(_told: dict[str, Any]) -> None:
        move(material, by=request.user, **form.told())

    title = _("%(material)s: %(stock)s in stock") % {"material": material.name, "stock": stock_of(material)}
    return answer_form(request, form, title=title, back=material.get_absolute_url(), act=act)


@require_GET
def print_bill(request: AuthedRequest, pk: int) -> HttpResponse:
    campaign = campaign_or_404(request, pk)
    sheet = bill_sheet(campaign, by=request.user)
    return pdf_response(sheet, by=request.user, filename=f"{campaign.code}-materials.pdf")
