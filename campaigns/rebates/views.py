"""Pages of rebates: the list, sums, one rebate, why a deal earns one or not, asking for it."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from campaigns.deals.views import deal_or_404
from campaigns.rebates.forms import ClaimForm, VoidForm
from campaigns.rebates.models import Rebate, RebateHold, RebatePayment, Recovery
from campaigns.rebates.permissions import (
    can_check,
    can_claim,
    can_pay,
    can_see_rebates,
    can_see_why,
    can_settle,
    can_void,
)
from campaigns.rebates.selectors import answer_for, open_recoveries, totals_for
from campaigns.rebates.services import claim, void_rebate
from campaigns.rebates.services.claims import SUBJECT
from campaigns.rebates.tables import REBATES
from campaigns.rebates.terms import REBATE_TONES, RebateState
from kam.approvals.selectors import request_for
from kam.core.answers import answer_form
from kam.lists.http import list_response
from kam.users.http import AuthedRequest, require


@require_GET
def list_rebates(request: AuthedRequest) -> HttpResponseBase:
    """Rebates of the units that one sees; for finance what is payable and what was paid."""
    require(can_see_rebates(request.user))
    context = {"recoveries": open_recoveries(request.user)}
    return list_response(request, REBATES, page="campaigns/rebates/list.html", context=context)


@require_GET
def show_totals(request: AuthedRequest) -> HttpResponse:
    """Sums per unit, key person and campaign."""
    require(can_see_rebates(request.user))
    return render(request, "campaigns/rebates/totals.html", {"totals": totals_for(request.user)})


def rebate_or_404(request: AuthedRequest, pk: int) -> Rebate:
    """Return a rebate that the person may see."""
    rows = Rebate.objects.visible_to(request.user)
    people = ("person__unit", "asked_by", "escort", "checked_by")
    return get_object_or_404(
        rows.select_related("unit", "campaign", "deal", "own_deal", "version_used", "benefit", *people), pk=pk
    )


@require_GET
def show_rebate(request: AuthedRequest, pk: int) -> HttpResponse:
    """One rebate: where it stands, who checked and paid it, what is to be recovered."""
    rebate = rebate_or_404(request, pk)
    recovery = Recovery.objects.filter(rebate=rebate).select_related("settled_by").first()
    context = {
        "rebate": rebate,
        "tone": REBATE_TONES[RebateState(rebate.state)],
        "payment": RebatePayment.objects.filter(rebate=rebate).select_related("by").first(),
        "recovery": recovery,
        "decision": request_for(SUBJECT, rebate, reader=request.user),
        "can_check": can_check(request.user, rebate),
        "can_pay": can_pay(request.user, rebate) and rebate.state == RebateState.VERIFIED,
        "can_void": can_void(request.user, rebate),
        "can_settle": recovery is not None and can_settle(request.user, recovery),
        "can_why": can_see_why(request.user),
    }
    return render(request, "campaigns/rebates/rebate.html", context)


@require_GET
def show_why(request: AuthedRequest, pk: int) -> HttpResponse:
    """Why (not)? One sentence per condition."""
    deal = deal_or_404(request, pk)
    require(can_see_why(request.user))
    answer = answer_for(deal)
    context = {
        "deal": deal,
        "answer": answer,
        "rebates": deal.rebates.select_related("person"),
        "held": RebateHold.objects.open().filter(deal=deal).first(),
        "line": answer.version.budget_line if answer.version else None,
        "can_claim": can_claim(request.user, deal) and not answer.verdict.failing,
    }
    return render(request, "campaigns/rebates/why.html", context)


@require_http_methods(["GET", "POST"])
def ask(request: AuthedRequest, pk: int) -> HttpResponse:
    """Ask for the rebate of a closed deal."""
    deal = deal_or_404(request, pk)
    require(can_claim(request.user, deal))
    form = ClaimForm(request.POST or None, person=answer_for(deal).person)

    def act(_told: dict[str, Any]) -> str:
        return claim(deal, form.wish(), by=request.user).get_absolute_url()

    title = _("Rebate for %(deal)s") % {"deal": deal.number}
    back = f"/deals/{deal.pk}/rebate/"
    return answer_form(request, form, title=title, back=back, act=act, submit=_("Hand in"))


@require_http_methods(["GET", "POST"])
def void(request: AuthedRequest, pk: int) -> HttpResponse:
    """Take back what was approved and not paid."""
    rebate = rebate_or_404(request, pk)
    require(can_void(request.user, rebate))
    form = VoidForm(request.POST or None, initial={"version": rebate.version})

    def act(told: dict[str, Any]) -> None:
        void_rebate(rebate, by=request.user, **told)

    title = _("Take back %(rebate)s") % {"rebate": rebate.number}
    return answer_form(request, form, title=title, back=rebate.get_absolute_url(), act=act)
