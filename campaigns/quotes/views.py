"""Pages of quotes: the list, one quote with every step, pricing anew, the deal, special terms, papers, certificates."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.persons.permissions import can_edit_person
from accounts.persons.views import person_or_404
from accounts.units.views import unit_or_404
from campaigns.campaigns.models import Campaign
from campaigns.discounts.prices import shown_price
from campaigns.discounts.services import check_certificate
from campaigns.quotes.documents import comparison_sheet, quote_sheet
from campaigns.quotes.forms import AgreeForm, CertificateForm, QuoteForm, SpecialForm, VersionForm
from campaigns.quotes.models import Quote
from campaigns.quotes.permissions import can_change_quote, can_make_quote, can_see_quotes
from campaigns.quotes.rules import usual_last_day
from campaigns.quotes.selectors import checks_of, credits_when_reached
from campaigns.quotes.services import agree_quote, make_quote, price_anew, withdraw_quote
from campaigns.quotes.specials import ask_special
from campaigns.quotes.tables import QUOTES, state_of
from kam.core.answers import answer_form, refused
from kam.core.clock import business_date
from kam.core.errors import BusinessError
from kam.core.toasts import toast
from kam.lists.http import list_response
from kam.pdf.services import pdf_response
from kam.users.http import AuthedRequest, require

MOST_ON_A_SHEET = 500


@require_GET
def list_quotes(request: AuthedRequest) -> HttpResponseBase:
    """Quotes to the units that one sees."""
    require(can_see_quotes(request.user))
    campaigns = Campaign.objects.visible_to(request.user).running()
    return list_response(request, QUOTES, page="campaigns/quotes/list.html", context={"campaigns": campaigns})


def quote_or_404(request: AuthedRequest, pk: int) -> Quote:
    """Return a quote that the person may see."""
    rows = Quote.objects.visible_to(request.user)
    return get_object_or_404(
        rows.select_related("unit", "campaign", "customer", "product", "made_by", "deal"), pk=pk
    )


@require_GET
def show_quote(request: AuthedRequest, pk: int) -> HttpResponse:
    """One quote: both prices, every step with its rule and version, why the offer applies, what the deciding set would credit."""
    quote = quote_or_404(request, pk)
    price = shown_price(quote.priced)
    context = {
        "quote": quote,
        "price": price,
        "state": state_of(quote),
        "checks": checks_of(quote, price),
        "credits": credits_when_reached(quote, price),
        "specials": quote.specials.select_related("asked_by"),
        "can_change": can_change_quote(request.user, quote),
        "can_certify": can_edit_person(request.user, quote.customer),
    }
    return render(request, "campaigns/quotes/quote.html", context)


@require_http_methods(["GET", "POST"])
def new_quote(request: AuthedRequest, unit_pk: int) -> HttpResponse:
    """Name a price to one person of the unit."""
    unit = unit_or_404(request, unit_pk)
    require(can_make_quote(request.user, unit))
    form = QuoteForm(
        request.POST or None, unit=unit, initial={"valid_until": usual_last_day(business_date(), None)}
    )

    def act(told: dict[str, Any]) -> str:
        quote = make_quote(unit, form.terms(), valid_until=told["valid_until"], by=request.user)
        return quote.get_absolute_url()

    title = _("New quote for %(unit)s") % {"unit": unit.name}
    return answer_form(request, form, title=title, back=unit.get_absolute_url(), act=act)


@require_POST
def price_again(request: AuthedRequest, pk: int) -> HttpResponse:
    """Price by today's rules and count."""
    return _press(request, pk, price_anew, _("Priced anew."))


@require_POST
def withdraw(request: AuthedRequest, pk: int) -> HttpResponse:
    """Take the quote back."""
    return _press(request, pk, withdraw_quote, _("Withdrawn."))


def _press(request: AuthedRequest, pk: int, act: Any, done: str) -> HttpResponse:
    """Answer a button on an open quote that needs no words."""
    quote = quote_or_404(request, pk)
    require(can_change_quote(request.user, quote))
    form = VersionForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    try:
        act(quote, by=request.user, version=version)
    except BusinessError as error:
        return refused(request, error, back=quote.get_absolute_url())
    toast(request, done)
    return redirect(quote.get_absolute_url())


@require_http_methods(["GET", "POST"])
def agree(request: AuthedRequest, pk: int) -> HttpResponse:
    """The customer agrees: the quote becomes a deal."""
    quote = quote_or_404(request, pk)
    require(can_change_quote(request.user, quote))
    form = AgreeForm(request.POST or None, initial={"version": quote.version})

    def act(told: dict[str, Any]) -> str:
        return agree_quote(quote, by=request.user, **told).get_absolute_url()

    title = _("%(quote)s becomes a deal") % {"quote": quote.number}
    return answer_form(
        request, form, title=title, back=quote.get_absolute_url(), act=act, submit=_("Make the deal")
    )


@require_http_methods(["GET", "POST"])
def special(request: AuthedRequest, pk: int) -> HttpResponse:
    """Propose special terms."""
    quote = quote_or_404(request, pk)
    require(can_change_quote(request.user, quote))
    form = SpecialForm(request.POST or None)

    def act(_told: dict[str, Any]) -> None:
        ask_special(quote, by=request.user, **form.values())

    title = _("Special terms for %(quote)s") % {"quote": quote.number}
    return answer_form(
        request, form, title=title, back=quote.get_absolute_url(), act=act, submit=_("Hand in")
    )


@require_http_methods(["GET", "POST"])
def certify(request: AuthedRequest, pk: int) -> HttpResponse:
    """Record a certificate that was seen."""
    person = person_or_404(request, pk)
    require(can_edit_person(request.user, person))
    form = CertificateForm(request.POST or None)

    def act(told: dict[str, Any]) -> None:
        check_certificate(person, by=request.user, **told)

    title = _("Certificate of %(person)s") % {"person": person.name}
    return answer_form(request, form, title=title, back=f"/persons/{person.pk}/", act=act)


@require_GET
def print_quote(request: AuthedRequest, pk: int) -> HttpResponse:
    quote = quote_or_404(request, pk)
    return pdf_response(quote_sheet(quote, by=request.user), by=request.user, filename=f"{quote.number}.pdf")


@require_GET
def print_comparison(request: AuthedRequest, campaign_pk: int) -> HttpResponse:
    """The open quotes of a campaign that one sees, side by side."""
    require(can_see_quotes(request.user))
    campaign = get_object_or_404(Campaign.objects.visible_to(request.user), pk=campaign_pk)
    rows = Quote.objects.visible_to(request.user).open_on(business_date()).filter(campaign=campaign)
    quotes = list(rows.select_related("unit", "customer").order_by("unit__sort_key", "pk")[:MOST_ON_A_SHEET])
    sheet = comparison_sheet(campaign, quotes, by=request.user)
    return pdf_response(sheet, by=request.user, filename=f"{campaign.code}-quotes.pdf")
