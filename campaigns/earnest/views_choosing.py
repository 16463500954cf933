"""The screen of a choosing session: who is called, who comes next, who has chosen what."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_POST

from campaigns.campaigns.models import Campaign
from campaigns.campaigns.views import campaign_or_404
from campaigns.earnest import sessions
from campaigns.earnest.forms import ChooseForm
from campaigns.earnest.permissions import can_run_choosing, can_see_earnest
from campaigns.earnest.selectors import shown_choosing
from kam.core.answers import refused
from kam.core.asked import number_in
from kam.core.errors import BusinessError
from kam.core.forms import add_business_error
from kam.core.toasts import toast
from kam.users.http import AuthedRequest, require

#: What a button does that needs no words.
_ACTS = {
    "open": (sessions.open_choosing, gettext_noop("The session is open.")),
    "next": (sessions.call_next, gettext_noop("Called.")),
    "close": (sessions.close_choosing, gettext_noop("The session is closed.")),
}


@require_GET
def show_choosing(request: AuthedRequest, pk: int) -> HttpResponse:
    """Group buyers first, then by serial."""
    campaign = campaign_or_404(request, pk)
    require(can_see_earnest(request.user))
    return _screen(request, campaign, ChooseForm(campaign=campaign))


def _screen(request: AuthedRequest, campaign: Campaign, form: ChooseForm, status: int = 200) -> HttpResponse:
    shown = shown_choosing(campaign, request.user)
    can_run = can_run_choosing(request.user, campaign)
    context = {"campaign": campaign, "shown": shown, "can_run": can_run, "form": form}
    return render(request, "campaigns/earnest/choosing.html", context, status=status)


@require_POST
def press(request: AuthedRequest, pk: int, act: str) -> HttpResponse:
    """A button of the screen."""
    campaign = campaign_or_404(request, pk)
    require(can_see_earnest(request.user))
    require(can_run_choosing(request.user, campaign))
    if act == "choose":
        return _choose(request, campaign)
    try:
        done = _act(campaign, act, request)
    except BusinessError as error:
        return refused(request, error, back=reverse("choosing", args=[campaign.pk]))
    toast(request, done)
    return redirect("choosing", campaign.pk)


def _act(campaign: Campaign, act: str, request: AuthedRequest) -> Any:
    if act == "pass":
        serial = number_in(request.POST.get("serial")) or 0
        sessions.pass_over(campaign, serial=serial, by=request.user)
        return _("Called again after all others.")
    if act not in _ACTS:
        raise Http404
    run, done = _ACTS[act]
    run(campaign, by=request.user)
    return _(done)


def _choose(request: AuthedRequest, campaign: Campaign) -> HttpResponse:
    form = ChooseForm(request.POST, campaign=campaign)
    if not form.is_valid():
        return _screen(request, campaign, form, 422)
    try:
        sessions.choose(campaign, by=request.user, **form.cleaned_data)
    except BusinessError as error:
        add_business_error(form, error)
        return _screen(request, campaign, form, error.status)
    toast(request, _("Written down."))
    return redirect("choosing", campaign.pk)
