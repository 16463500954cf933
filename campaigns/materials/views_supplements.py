"""Pages of supplements: the list, asking by report, one report, the paper."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from campaigns.campaigns.views import campaign_or_404
from campaigns.materials import supplements
from campaigns.materials.documents import supplement_sheet
from campaigns.materials.forms import SupplementForm
from campaigns.materials.models import Supplement
from campaigns.materials.permissions import can_ask_supplement, can_edit_supplement
from campaigns.materials.selectors import load_of
from campaigns.materials.tables import SUPPLEMENTS
from campaigns.materials.terms import SUPPLEMENT_TONES, SupplementState
from kam.approvals.selectors import request_for
from kam.core.answers import answer_form
from kam.lists.http import list_response
from kam.pdf.services import pdf_response
from kam.users.http import AuthedRequest, language_asked, require


@require_GET
def list_supplements(request: AuthedRequest) -> HttpResponseBase:
    """Reports that ask for materials beside the bill."""
    return list_response(request, SUPPLEMENTS)


def supplement_or_404(request: AuthedRequest, pk: int) -> Supplement:
    rows = Supplement.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("campaign", "line__budget", "asked_by", "material"), pk=pk)


@require_http_methods(["GET", "POST"])
def ask_supplement(request: AuthedRequest, pk: int) -> HttpResponse:
    """Ask for materials beside the bill, by report."""
    campaign = campaign_or_404(request, pk)
    require(can_ask_supplement(request.user, campaign))
    form = SupplementForm(request.POST or None, user=request.user)

    def act(_told: dict[str, Any]) -> str:
        return supplements.ask_supplement(campaign, form.told(), by=request.user).get_absolute_url()

    return answer_form(
        request,
        form,
        title=_("Supplementary materials for %(campaign)s") % {"campaign": campaign.name},
        back=campaign.get_absolute_url(),
        act=act,
        submit=_("Hand in"),
        done=_("Handed in for approval."),
    )


@require_GET
def show_supplement(request: AuthedRequest, pk: int) -> HttpResponse:
    """One report: what, how many, why, what it takes from its line, what became of it."""
    row = supplement_or_404(request, pk)
    context = {
        "row": row,
        "tone": SUPPLEMENT_TONES[SupplementState(row.state)],
        "money": load_of(row),
        "decision": request_for(supplements.SUBJECT, row, reader=request.user),
        "can_edit": can_edit_supplement(request.user, row),
    }
    return render(request, "campaigns/materials/supplement.html", context)


@require_http_methods(["GET", "POST"])
def edit_supplement(request: AuthedRequest, pk: int) -> HttpResponse:
    """Write a returned report anew."""
    row = supplement_or_404(request, pk)
    require(can_edit_supplement(request.user, row))
    initial = {name: getattr(row, name) for name in (*supplements.FIELDS, "version")}
    form = SupplementForm(request.POST or None, user=request.user, initial=initial)

    def act(told: dict[str, Any]) -> None:
        supplements.ask_again(row, form.told(), by=request.user, version=told["version"] or 0)

    back = row.get_absolute_url()
    return answer_form(request, form, title=str(row), back=back, act=act, submit=_("Hand in again"))


@require_GET
def print_supplement(request: AuthedRequest, pk: int) -> HttpResponse:
    """The report as a form to be signed."""
    row = supplement_or_404(request, pk)
    sheet = supplement_sheet(row, language=language_asked(request))
    return pdf_response(sheet, by=request.user, filename=f"{row.number}.pdf")
