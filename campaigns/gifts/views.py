"""Pages of gift requests: the list, asking, one request with its course, the paper."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.units.views import unit_or_404
from campaigns.gifts import permissions, services
from campaigns.gifts.documents import gift_sheet
from campaigns.gifts.forms import AcknowledgeForm, EndForm, GiftForm, HandOverForm
from campaigns.gifts.models import GiftRequest
from campaigns.gifts.selectors import day_for
from campaigns.gifts.tables import GIFTS
from campaigns.gifts.terms import STATE_TONES, GiftState
from campaigns.integrity.selectors import received_by
from kam.approvals.selectors import request_for
from kam.core.answers import answer_form, refused
from kam.core.asked import number_in
from kam.core.clock import business_date
from kam.core.errors import BusinessError
from kam.core.toasts import toast
from kam.lists.http import list_response
from kam.pdf.services import pdf_response
from kam.users.http import AuthedRequest, language_asked, require


@require_GET
def list_gifts(request: AuthedRequest) -> HttpResponseBase:
    """Gifts for the persons whom one sees."""
    require(permissions.can_see_gifts(request.user))
    return list_response(request, GIFTS, page="campaigns/gifts/list.html")


def gift_or_404(request: AuthedRequest, pk: int) -> GiftRequest:
    """Return a request that the person may see."""
    rows = GiftRequest.objects.visible_to(request.user).select_related(
        "unit", "person__unit", "item", "line__budget", "asked_by", "handed_by", "visit", "benefit"
    )
    return get_object_or_404(rows, pk=pk)


@require_http_methods(["GET", "POST"])
def ask_gift(request: AuthedRequest, unit_pk: int) -> HttpResponse:
    """Ask for a gift for a person of the unit."""
    unit = unit_or_404(request, unit_pk)
    require(permissions.can_ask_gift(request.user, unit))
    initial = {"person": number_in(request.GET.get("person")), "on": business_date()}
    form = GiftForm(request.POST or None, unit=unit, user=request.user, initial=initial)

    def act(_told: dict[str, Any]) -> str:
        return services.ask_gift(form.terms(), by=request.user).get_absolute_url()

    return answer_form(
        request,
        form,
        title=_("Gift for a person of %(unit)s") % {"unit": unit.name},
        back=unit.get_absolute_url(),
        act=act,
        submit=_("Hand in"),
        done=_("Handed in for approval."),
    )


@require_http_methods(["GET", "POST"])
def edit_gift(request: AuthedRequest, pk: int) -> HttpResponse:
    """Write a returned request anew and hand it in again."""
    gift = gift_or_404(request, pk)
    require(permissions.can_edit_gift(request.user, gift))
    names = ("person", "item", "quantity", "occasion", "reason", "on", "line", "version")
    initial = {name: getattr(gift, name) for name in names}
    initial |= {name: getattr(gift, name) for name in GiftForm.base_fields if name not in initial}
    form = GiftForm(request.POST or None, unit=gift.unit, user=request.user, initial=initial)

    def act(told: dict[str, Any]) -> None:
        services.ask_again(gift, form.terms(), by=request.user, version=told["version"] or 0)

    return answer_form(
        request,
        form,
        title=str(gift),
        back=gift.get_absolute_url(),
        act=act,
        submit=_("Hand in again"),
        done=_("Handed in for approval."),
    )


@require_GET
def show_gift(request: AuthedRequest, pk: int) -> HttpResponse:
    """One request: what, for whom, why, its course, what the person has received."""
    gift = gift_or_404(request, pk)
    user = request.user
    decision = request_for(services.SUBJECT, gift, reader=user)
    context = {
        "gift": gift,
        "tone": STATE_TONES[GiftState(gift.state)],
        "day": day_for(gift, user),
        "received": received_by(gift.person, business_date()),
        "decision": decision,
        "can_edit": permissions.can_edit_gift(user, gift),
        "can_issue": permissions.can_issue_gift(user, gift),
        "can_hand_over": permissions.can_hand_over_gift(user, gift),
        "can_acknowledge": permissions.can_acknowledge_gift(user, gift),
        "can_end": permissions.can_end_gift(user, gift),
    }
    return render(request, "campaigns/gifts/gift.html", context)


@require_POST
def issue_gift(request: AuthedRequest, pk: int) -> HttpResponse:
    """Take it out of the stock."""
    gift = gift_or_404(request, pk)
    require(permissions.can_issue_gift(request.user, gift))
    try:
        services.issue_gift(gift, by=request.user)
    except BusinessError as error:
        return refused(request, error, back=gift.get_absolute_url())
    toast(request, _("Taken from stock."))
    return redirect(gift)


@require_http_methods(["GET", "POST"])
def hand_over(request: AuthedRequest, pk: int) -> HttpResponse:
    """It was handed over."""
    gift = gift_or_404(request, pk)
    require(permissions.can_hand_over_gift(request.user, gift))
    initial = {"visit": number_in(request.GET.get("visit"))}
    form = HandOverForm(request.POST or None, unit=gift.unit, user=request.user, initial=initial)

    def act(told: dict[str, Any]) -> None:
        services.hand_over(gift, by=request.user, on=told["on"], visit=told["visit"])

    title = _("Hand over %(gift)s") % {"gift": gift.item.name}
    return answer_form(
        request,
        form,
        title=title,
        back=gift.get_absolute_url(),
        act=act,
        submit=pgettext("gift", "Hand over"),
    )


@require_http_methods(["GET", "POST"])
def acknowledge(request: AuthedRequest, pk: int) -> HttpResponse:
    """The person acknowledged it."""
    gift = gift_or_404(request, pk)
    require(permissions.can_acknowledge_gift(request.user, gift))
    form = AcknowledgeForm(request.POST or None)

    def act(told: dict[str, Any]) -> None:
        services.acknowledge(gift, how=told["how"], on=told["on"], by=request.user)

    title = _("Acknowledgement of %(gift)s") % {"gift": gift.item.name}
    return answer_form(request, form, title=title, back=gift.get_absolute_url(), act=act)


@require_http_methods(["GET", "POST"])
def end_gift(request: AuthedRequest, pk: int) -> HttpResponse:
    """Cancel it before it is handed over; take it back after."""
    gift = gift_or_404(request, pk)
    require(permissions.can_end_gift(request.user, gift))
    form = EndForm(request.POST or None)
    is_given = gift.handed_on is not None

    def act(told: dict[str, Any]) -> None:
        end = services.take_back if is_given else services.cancel_gift
        end(gift, reason=told["reason"], by=request.user)

    title = _("It came back") if is_given else _("Cancel the gift")
    return answer_form(request, form, title=f"{title} · {gift}", back=gift.get_absolute_url(), act=act)


@require_GET
def print_gift(request: AuthedRequest, pk: int) -> HttpResponse:
    """The request as a form to be signed."""
    gift = gift_or_404(request, pk)
    sheet = gift_sheet(gift, by=request.user, language=language_asked(request))
    return pdf_response(sheet, by=request.user, filename=f"{gift.number}.pdf")
