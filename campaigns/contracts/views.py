"""The page of a deal's contract, and its forms."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from campaigns.contracts import permissions, services
from campaigns.contracts.forms import ArchiveForm, MilestonesForm, PlanForm, ReachedForm, RoundForm
from campaigns.contracts.models import ArchivedContract, Instalment, Milestone
from campaigns.contracts.selectors import contract_of
from campaigns.contracts.terms import SHARE_TONES, MilestoneKind
from campaigns.deals.models import Deal
from campaigns.deals.views import deal_or_404
from kam.core.answers import answer_form, refused
from kam.core.errors import BusinessError
from kam.users.http import AuthedRequest, require

_FORM = ["GET", "POST"]


def _page(deal: Deal) -> str:
    return reverse("deal-contract", args=[deal.pk])


@require_GET
def show(request: AuthedRequest, pk: int) -> HttpResponse:
    """Milestones, payment plan, negotiation and archive of a deal."""
    deal = deal_or_404(request, pk)
    told = contract_of(deal)
    context = {
        "deal": deal,
        "told": told,
        "shares": [(text, share, SHARE_TONES[share.state]) for text, share in told.shares],
        "can_negotiate": permissions.can_negotiate(request.user, deal),
        "can_plan": permissions.can_plan_contract(request.user, deal),
        "can_archive": told.archived is None and permissions.can_archive_contract(request.user, deal),
        "can_check": told.archived is not None
        and permissions.can_check_contract(request.user, told.archived),
    }
    return render(request, "campaigns/contracts/contract.html", context)


@require_http_methods(_FORM)
def talk(request: AuthedRequest, pk: int) -> HttpResponse:
    """Write down a round of the negotiation."""
    deal = deal_or_404(request, pk)
    require(permissions.can_negotiate(request.user, deal))
    form = RoundForm(request.POST or None)

    def act(_told: dict[str, Any]) -> None:
        services.record_round(deal, form.talk(), by=request.user)

    title = _("Round of the negotiation about %(deal)s") % {"deal": deal.number}
    return answer_form(request, form, title=title, back=_page(deal), act=act)


@require_http_methods(_FORM)
def milestones(request: AuthedRequest, pk: int) -> HttpResponse:
    """Plan the milestones."""
    deal = deal_or_404(request, pk)
    require(permissions.can_plan_contract(request.user, deal))
    form = MilestonesForm(
        request.POST or None,
        initial={row.kind: row.planned_on for row in Milestone.objects.filter(deal=deal)}
        | {"version": deal.version},
    )

    def act(told: dict[str, Any]) -> None:
        services.plan_milestones(deal, form.planned(), by=request.user, version=told["version"])

    title = _("Milestones of %(deal)s") % {"deal": deal.number}
    return answer_form(request, form, title=title, back=_page(deal), act=act)


@require_http_methods(_FORM)
def reached(request: AuthedRequest, pk: int) -> HttpResponse:
    """A milestone is reached."""
    deal = deal_or_404(request, pk)
    require(permissions.can_plan_contract(request.user, deal))
    form = ReachedForm(request.POST or None)

    def act(told: dict[str, Any]) -> None:
        kind = MilestoneKind(told.pop("kind"))
        services.reach_milestone(deal, kind, by=request.user, **told)

    title = _("Milestone of %(deal)s reached") % {"deal": deal.number}
    return answer_form(request, form, title=title, back=_page(deal), act=act)


@require_http_methods(_FORM)
def plan(request: AuthedRequest, pk: int) -> HttpResponse:
    """Write the payment plan."""
    deal = deal_or_404(request, pk)
    require(permissions.can_plan_contract(request.user, deal))
    initial: dict[str, Any] = {"version": deal.version}
    for row in Instalment.objects.filter(deal=deal):
        told = {"due_on": row.due_on, "amount": row.amount, "text": row.text}
        initial |= {f"{name}_{row.number}": value for name, value in told.items()}
    form = PlanForm(request.POST or None, initial=initial)

    def act(told: dict[str, Any]) -> None:
        services.plan_payments(deal, form.parts(), by=request.user, version=told["version"])

    net = deal.net_total()
    title = _("Payment plan of %(deal)s: %(net)s yuan") % {"deal": deal.number, "net": f"{net:,.2f}"}
    return answer_form(request, form, title=title, back=_page(deal), act=act)


@require_http_methods(_FORM)
def archive(request: AuthedRequest, pk: int) -> HttpResponse:
    """File the signed contract."""
    deal = deal_or_404(request, pk)
    require(permissions.can_archive_contract(request.user, deal))
    form = ArchiveForm(request.POST or None, request.FILES or None)

    def act(told: dict[str, Any]) -> None:
        services.archive_contract(deal, by=request.user, **told)

    title = _("Archive the contract of %(deal)s") % {"deal": deal.number}
    return answer_form(request, form, title=title, back=_page(deal), act=act)


@require_POST
def check(request: AuthedRequest, pk: int) -> HttpResponse:
    """Somebody else has seen that it is complete."""
    deal = deal_or_404(request, pk)
    contract = get_object_or_404(ArchivedContract.objects.select_related("deal__unit"), deal=deal)
    require(permissions.can_check_contract(request.user, contract))
    try:
        services.check_contract(contract, by=request.user)
    except BusinessError as error:
        return refused(request, error, back=_page(deal))
    return redirect(_page(deal))
