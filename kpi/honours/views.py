"""Pages of honours: list with candidates, propose, one honour, its certificate."""

from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.units.models import KeyAccount
from kam.approvals.selectors import request_for
from kam.core.answers import answer_form
from kam.core.clock import business_date
from kam.lists.http import list_response
from kam.pdf.services import pdf_response
from kam.users.http import AuthedRequest, require
from kpi.honours import services
from kpi.honours.documents import certificate
from kpi.honours.forms import AgainForm, HonourForm, starts_with
from kpi.honours.models import Honour
from kpi.honours.permissions import can_propose, can_propose_again, can_see_honours
from kpi.honours.selectors import candidates
from kpi.honours.tables import HONOURS
from kpi.honours.terms import HonourKind, HonourState, Occasion

_FORM_METHODS = ["GET", "POST"]


def honour_or_404(request: AuthedRequest, pk: int) -> Honour:
    """Return an honour that this person may read."""
    rows = Honour.objects.visible_to(request.user).select_related("person", "team", "unit", "proposed_by")
    return get_object_or_404(rows, pk=pk)


@require_GET
def list_honours(request: AuthedRequest) -> HttpResponseBase:
    """Everybody's approved honours; whoever proposes sees who reached the target."""
    require(can_see_honours(request.user))
    may = can_propose(request.user)
    extra = {"can_propose": may, "candidates": candidates(request.user) if may else []}
    return list_response(request, HONOURS, page="kpi/honours/list.html", context=extra)


@require_http_methods(_FORM_METHODS)
def new(request: AuthedRequest) -> HttpResponse:
    """Propose an honour."""
    require(can_propose(request.user))
    start = starts_with(request.GET.get("person", ""), business_date())
    form = HonourForm(request.POST or None, user=request.user, initial=start)

    def act(told: dict[str, Any]) -> str:
        values = told | {"kind": HonourKind(told["kind"]), "occasion": Occasion(told["occasion"])}
        made = services.propose(services.NewHonour(**values), by=request.user)
        return made.get_absolute_url()

    return answer_form(
        request, form, title=_("Propose an honour"), back=HONOURS.url, act=act, submit=_("Ask for approval")
    )


@require_GET
def show(request: AuthedRequest, pk: int) -> HttpResponse:
    """One honour; the unit only for whoever may read it."""
    honour = honour_or_404(request, pk)
    seen = KeyAccount.objects.visible_to(request.user).filter(honours=honour)
    context = {
        "honour": honour,
        "unit": seen.first(),
        "is_approved": honour.state == HonourState.APPROVED,
        "approval": request_for(services.SUBJECT, honour, reader=request.user)
        if can_propose(request.user)
        else None,
        "can_again": can_propose_again(request.user, honour),
    }
    return render(request, "kpi/honours/honour.html", context)


@require_http_methods(_FORM_METHODS)
def again(request: AuthedRequest, pk: int) -> HttpResponse:
    """Hand a returned proposal in again."""
    honour = honour_or_404(request, pk)
    require(can_propose_again(request.user, honour))
    form = AgainForm(request.POST or None, initial={"title": honour.title, "reason": honour.reason})

    def act(told: dict[str, Any]) -> None:
        services.propose_again(honour, title=told["title"], reason=told["reason"], by=request.user)

    return answer_form(
        request,
        form,
        title=_("Propose again: %(title)s") % {"title": honour.title},
        back=honour.get_absolute_url(),
        act=act,
        submit=_("Ask for approval"),
    )


@require_GET
def print_certificate(request: AuthedRequest, pk: int) -> HttpResponse:
    """The certificate, once it is approved."""
    honour = honour_or_404(request, pk)
    if honour.state != HonourState.APPROVED:
        raise Http404
    paper = certificate(honour, language=request.user.language)
    return pdf_response(paper, by=request.user, filename=f"{honour}.pdf")
