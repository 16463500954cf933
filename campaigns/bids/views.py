"""Pages of bids: the list, one bid, a new one, its next step."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.units.views import unit_or_404
from campaigns.bids import permissions, services
from campaigns.bids.forms import BidForm, StepForm
from campaigns.bids.models import Bid
from campaigns.bids.rules import is_late
from campaigns.bids.tables import BIDS
from campaigns.bids.terms import STATE_TONES, BidState
from kam.core.answers import answer_form
from kam.core.clock import business_date
from kam.lists.http import list_response
from kam.users.http import AuthedRequest, require


@require_GET
def list_bids(request: AuthedRequest) -> HttpResponseBase:
    """Bids of the units that one sees."""
    require(permissions.can_see_bids(request.user))
    return list_response(request, BIDS)


def bid_or_404(request: AuthedRequest, pk: int) -> Bid:
    """Return a bid that the person may see."""
    rows = Bid.objects.visible_to(request.user).select_related("unit", "responsible", "proposal")
    return get_object_or_404(rows, pk=pk)


@require_GET
def show_bid(request: AuthedRequest, pk: int) -> HttpResponse:
    """One bid: its days, how far it has come, how it ended."""
    row = bid_or_404(request, pk)
    context = {
        "bid": row,
        "tone": STATE_TONES[BidState(row.state)],
        "is_late": is_late(row.standing, business_date()),
        "can_move": permissions.can_move_bid(request.user, row),
    }
    return render(request, "campaigns/bids/bid.html", context)


@require_http_methods(["GET", "POST"])
def new_bid(request: AuthedRequest, unit_pk: int) -> HttpResponse:
    """Begin a bid for a tender of the unit."""
    unit = unit_or_404(request, unit_pk)
    require(permissions.can_bid(request.user, unit))
    form = BidForm(request.POST or None, unit=unit, user=request.user, initial={"responsible": request.user})

    def act(_told: dict[str, Any]) -> str:
        return services.open_bid(unit, form.tender(), by=request.user).get_absolute_url()

    title = _("Bid for a tender of %(unit)s") % {"unit": unit.name}
    return answer_form(request, form, title=title, back=unit.get_absolute_url(), act=act)


@require_http_methods(["GET", "POST"])
def move(request: AuthedRequest, pk: int) -> HttpResponse:
    """The next step."""
    row = bid_or_404(request, pk)
    require(permissions.can_move_bid(request.user, row))
    form = StepForm(request.POST or None, bid=row, initial={"version": row.version})

    def act(told: dict[str, Any]) -> None:
        services.move_bid(row, form.step(), by=request.user, version=told["version"])

    title = _("Next step of %(bid)s") % {"bid": row.number}
    return answer_form(request, form, title=title, back=row.get_absolute_url(), act=act)
