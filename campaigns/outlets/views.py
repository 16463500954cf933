"""Pages of outlets: the list, the quarter, one outlet, its forms."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.units.views import unit_or_404
from campaigns.outlets import permissions, services
from campaigns.outlets.documents import MONTHS_SHOWN, outlet_sheet, quarter_sheet
from campaigns.outlets.forms import CloseForm, OutletForm, SalesForm, SellerForm, first_words_of
from campaigns.outlets.models import Outlet, OutletSeller
from campaigns.outlets.registry import parts_of
from campaigns.outlets.rules import name_of, quarter_named, quarter_of
from campaigns.outlets.selectors import numbers_of, quarter_for, sellers_of
from campaigns.outlets.tables import OUTLETS, state_badge
from kam.core.answers import answer_form
from kam.core.clock import business_date
from kam.core.toasts import toast
from kam.lists.http import list_response
from kam.pdf.services import pdf_response
from kam.users.http import AuthedRequest, language_asked, require


@require_GET
def list_outlets(request: AuthedRequest) -> HttpResponseBase:
    """Outlets of the units that one sees, below the numbers that the year asks for."""
    require(permissions.can_see_outlets(request.user))
    context = {"numbers": numbers_of(request.user, business_date())}
    return list_response(request, OUTLETS, page="campaigns/outlets/list.html", context=context)


def _span_asked(request: AuthedRequest) -> tuple[date, date]:
    """Return the days of the quarter that was asked for, else of the present one; none that is still to come."""
    today = business_date()
    asked = request.GET.get("quarter", "")
    span = quarter_named(asked) if asked else quarter_of(today)
    if span is None or span[0] > today:
        raise Http404
    return span


@require_GET
def show_quarter(request: AuthedRequest) -> HttpResponse:
    """The ranking of a quarter: the last one closes, a new one opens."""
    require(permissions.can_see_outlets(request.user))
    span = _span_asked(request)
    context = {
        "quarter": quarter_for(request.user, *span),
        "name": name_of(span[0]),
        "first": span[0],
        "last": span[1],
        "before": name_of(quarter_of(span[0] - date.resolution)[0]),
        "after": name_of(span[1] + date.resolution) if span[1] < business_date() else "",
    }
    return render(request, "campaigns/outlets/quarter.html", context)


@require_GET
def print_quarter(request: AuthedRequest) -> HttpResponse:
    """The ranking on paper, over the outlets that one sees."""
    require(permissions.can_see_outlets(request.user))
    span = _span_asked(request)
    sheet = quarter_sheet(quarter_for(request.user, *span), *span, language=language_asked(request))
    return pdf_response(sheet, by=request.user, filename=f"{sheet.number}.pdf")


@require_GET
def print_outlet(request: AuthedRequest, pk: int) -> HttpResponse:
    """The sheet of one outlet."""
    outlet = outlet_or_404(request, pk)
    sheet = outlet_sheet(outlet, language=language_asked(request))
    return pdf_response(sheet, by=request.user, filename=f"{outlet.number}.pdf")


def outlet_or_404(request: AuthedRequest, pk: int) -> Outlet:
    """Return an outlet that the person may see."""
    rows = Outlet.objects.visible_to(request.user).select_related("unit__owner", "unit__team", "by")
    return get_object_or_404(rows, pk=pk)


@require_GET
def show_outlet(request: AuthedRequest, pk: int) -> HttpResponse:
    """One outlet: what it is, what it sold, who sells there, and what rooms above add."""
    outlet = outlet_or_404(request, pk)
    tone, word = state_badge(outlet)
    context = {
        "outlet": outlet,
        "tone": tone,
        "word": word,
        "sales": outlet.sales.select_related("by")[:MONTHS_SHOWN],
        "sellers": sellers_of(outlet, business_date()),
        "parts": parts_of(outlet, request.user),
        "can_write": permissions.can_write_outlet(request.user, outlet),
        "can_tell": permissions.can_tell_sales(request.user, outlet),
        "can_close": permissions.can_close_outlet(request.user, outlet),
    }
    return render(request, "campaigns/outlets/outlet.html", context)


@require_http_methods(["GET", "POST"])
def new_outlet(request: AuthedRequest, unit_pk: int) -> HttpResponse:
    """Enter an outlet of the unit."""
    unit = unit_or_404(request, unit_pk)
    require(permissions.can_add_outlet(request.user, unit))
    form = OutletForm(request.POST or None)

    def act(_told: dict[str, Any]) -> str:
        return services.open_outlet(unit, form.described(), by=request.user).get_absolute_url()

    title = _("New outlet of %(unit)s") % {"unit": unit.name}
    return answer_form(request, form, title=title, back=unit.get_absolute_url(), act=act)


@require_http_methods(["GET", "POST"])
def edit_outlet(request: AuthedRequest, pk: int) -> HttpResponse:
    """Describe the outlet anew."""
    outlet = outlet_or_404(request, pk)
    require(permissions.can_write_outlet(request.user, outlet))
    form = OutletForm(request.POST or None, initial=first_words_of(outlet))

    def act(told: dict[str, Any]) -> None:
        services.edit_outlet(outlet, form.described(), by=request.user, version=told["version"] or 0)

    def fresh() -> OutletForm:
        return OutletForm(initial=first_words_of(outlet_or_404(request, pk)))

    back = outlet.get_absolute_url()
    return answer_form(request, form, title=str(outlet), back=back, act=act, fresh=fresh)


@require_http_methods(["GET", "POST"])
def close_outlet(request: AuthedRequest, pk: int) -> HttpResponse:
    """Close the outlet for good."""
    outlet = outlet_or_404(request, pk)
    require(permissions.can_close_outlet(request.user, outlet))
    form = CloseForm(request.POST or None)

    def act(told: dict[str, Any]) -> None:
        services.close_outlet(outlet, on=told["on"], reason=told["reason"], by=request.user)

    title = _("Close %(outlet)s") % {"outlet": outlet}
    return answer_form(
        request, form, title=title, back=outlet.get_absolute_url(), act=act, submit=_("Close the outlet")
    )


@require_http_methods(["GET", "POST"])
def tell_sales(request: AuthedRequest, pk: int) -> HttpResponse:
    """Write what the outlet sold in a month."""
    outlet = outlet_or_404(request, pk)
    require(permissions.can_tell_sales(request.user, outlet))
    month = business_date().replace(day=1) - date.resolution
    form = SalesForm(request.POST or None, initial={"month": month})

    def act(told: dict[str, Any]) -> None:
        services.tell_sales(outlet, told["month"], told["amount"], by=request.user)

    title = _("What %(outlet)s sold") % {"outlet": outlet}
    return answer_form(request, form, title=title, back=outlet.get_absolute_url(), act=act)


@require_http_methods(["GET", "POST"])
def name_seller(request: AuthedRequest, pk: int) -> HttpResponse:
    """Name somebody who sells in the outlet."""
    outlet = outlet_or_404(request, pk)
    require(permissions.can_write_outlet(request.user, outlet))
    form = SellerForm(request.POST or None, unit=outlet.unit)

    def act(told: dict[str, Any]) -> None:
        services.name_seller(outlet, told["person"], since=told["since"], by=request.user)

    title = _("Who sells in %(outlet)s") % {"outlet": outlet}
    return answer_form(request, form, title=title, back=outlet.get_absolute_url(), act=act)


@require_POST
def end_seller(request: AuthedRequest, pk: int, seller_pk: int) -> HttpResponse:
    """Somebody sells there no more."""
    outlet = outlet_or_404(request, pk)
    require(permissions.can_write_outlet(request.user, outlet))
    seller = get_object_or_404(OutletSeller.objects.filter(outlet=outlet), pk=seller_pk)
    services.end_seller(seller, by=request.user)
    toast(request, _("Saved."))
    return redirect(outlet)
