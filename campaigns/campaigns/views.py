"""Pages of campaigns: the list, one campaign, a copy of it, handing it in, ending it."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from campaigns.campaigns.forms import CopyForm
from campaigns.campaigns.models import Campaign
from campaigns.campaigns.permissions import (
    can_add_campaign,
    can_close_campaign,
    can_edit_plan,
    can_run_campaign,
    can_submit_plan,
)
from campaigns.campaigns.registry import panels_of
from campaigns.campaigns.selectors import shown_campaign
from campaigns.campaigns.services import close_campaign, copy_campaign, submit_plan
from campaigns.campaigns.tables import CAMPAIGNS
from kam.core.answers import answer_form, refused
from kam.core.asked import number_in
from kam.core.clock import business_date
from kam.core.errors import BusinessError
from kam.core.toasts import toast
from kam.lists.http import list_response
from kam.users.http import AuthedRequest, require


@require_GET
def list_campaigns(request: AuthedRequest) -> HttpResponseBase:
    """Every campaign that was handed in, and one's own drafts."""
    context = {"can_add": can_add_campaign(request.user)}
    return list_response(request, CAMPAIGNS, page="campaigns/campaigns/list.html", context=context)


def campaign_or_404(request: AuthedRequest, pk: int) -> Campaign:
    """Return a campaign that the person may see."""
    rows = Campaign.objects.visible_to(request.user).select_related("coordinator", "budget_owner")
    return get_object_or_404(rows, pk=pk)


@require_GET
def show_campaign(request: AuthedRequest, pk: int) -> HttpResponse:
    """One campaign: window, phases, goals, schedule, responsibilities, expansion table, and what rooms above add."""
    campaign = campaign_or_404(request, pk)
    shown = shown_campaign(campaign, request.user, business_date())
    context = {
        "shown": shown,
        "campaign": campaign,
        "panels": panels_of(campaign, request.user),
        "can_edit": can_edit_plan(request.user, campaign),
        "can_run": can_run_campaign(request.user, campaign),
        "can_copy": can_add_campaign(request.user),
        "can_submit": can_submit_plan(request.user, campaign),
        "can_close": can_close_campaign(request.user, campaign),
    }
    return render(request, "campaigns/campaigns/campaign.html", context)


@require_http_methods(["GET", "POST"])
def copy(request: AuthedRequest, pk: int) -> HttpResponse:
    """Draft a campaign after this one."""
    source = campaign_or_404(request, pk)
    require(can_add_campaign(request.user))
    form = CopyForm(request.POST or None)

    def act(_told: dict[str, Any]) -> str:
        return copy_campaign(source, form.terms(), by=request.user).get_absolute_url()

    title = _("Copy %(campaign)s") % {"campaign": source.name}
    return answer_form(
        request, form, title=title, back=source.get_absolute_url(), act=act, submit=_("Make the draft")
    )


@require_POST
def submit(request: AuthedRequest, pk: int) -> HttpResponse:
    """Hand the plan to the deciders."""
    campaign = campaign_or_404(request, pk)
    require(can_submit_plan(request.user, campaign))
    return _press(request, campaign, submit_plan, _("Handed in."))


@require_POST
def close(request: AuthedRequest, pk: int) -> HttpResponse:
    """End the campaign."""
    campaign = campaign_or_404(request, pk)
    require(can_close_campaign(request.user, campaign))
    return _press(request, campaign, close_campaign, _("Closed."))


def _press(request: AuthedRequest, campaign: Campaign, act: Any, done: str) -> HttpResponse:
    try:
        act(campaign, by=request.user, version=number_in(request.POST.get("version")) or 0)
    except BusinessError as error:
        return refused(request, error, back=campaign.get_absolute_url())
    toast(request, done)
    return redirect(campaign.get_absolute_url())
