"""Pages of campaigns."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from campaigns.campaigns.models import Campaign
from campaigns.campaigns.registry import panels_of
from campaigns.campaigns.selectors import shown_campaign
from campaigns.campaigns.tables import CAMPAIGNS
from kam.core.clock import business_date
from kam.lists.http import list_response
from kam.users.http import AuthedRequest


@require_GET
def list_campaigns(request: AuthedRequest) -> HttpResponseBase:
    """Every campaign that was handed in, and one's own drafts."""
    return list_response(request, CAMPAIGNS)


def campaign_or_404(request: AuthedRequest, pk: int) -> Campaign:
    """Return a campaign that the person may see."""
    rows = Campaign.objects.visible_to(request.user).select_related("coordinator", "budget_owner")
    return get_object_or_404(rows, pk=pk)


@require_GET
def show_campaign(request: AuthedRequest, pk: int) -> HttpResponse:
    """One campaign: window, phases, goals, schedule, responsibilities, expansion table, and what rooms above add."""
    campaign = campaign_or_404(request, pk)
    shown = shown_campaign(campaign, request.user, business_date())
    context = {"shown": shown, "campaign": campaign, "panels": panels_of(campaign, request.user)}
    return render(request, "campaigns/campaigns/campaign.html", context)
