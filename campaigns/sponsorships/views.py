"""Pages of sponsorships: the list, asking, one sponsorship, its report, the paper."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.units.models import KeyAccount
from accounts.units.views import unit_or_404
from campaigns.sponsorships import permissions, services
from campaigns.sponsorships.documents import request_sheet
from campaigns.sponsorships.forms import CancelForm, ReportForm, SponsorshipForm, first_words_of
from campaigns.sponsorships.models import Sponsorship
from campaigns.sponsorships.selectors import year_of
from campaigns.sponsorships.tables import SPONSORSHIPS
from campaigns.sponsorships.terms import STATE_TONES, SponsorshipKind, SponsorshipState
from kam.approvals.selectors import request_for
from kam.core.answers import answer_form
from kam.core.asked import number_in
from kam.core.clock import business_date
from kam.lists.http import list_response
from kam.pdf.services import pdf_response
from kam.users.http import AuthedRequest, language_asked, require


@require_GET
def list_sponsorships(request: AuthedRequest) -> HttpResponseBase:
    """Sponsorships that one sees, below the number of events that the year asks for."""
    require(permissions.can_see_sponsorships(request.user))
    context = {
        "year": year_of(request.user, business_date()),
        "can_ask": permissions.can_ask_without_unit(request.user),
    }
    return list_response(request, SPONSORSHIPS, page="campaigns/sponsorships/list.html", context=context)


def sponsorship_or_404(request: AuthedRequest, pk: int) -> Sponsorship:
    """Return a sponsorship that the person may see."""
    rows = Sponsorship.objects.visible_to(request.user)
    kept = rows.select_related("unit", "outlet", "line__budget", "asked_by", "reported_by")
    return get_object_or_404(kept, pk=pk)


@require_http_methods(["GET", "POST"])
def ask_without_unit(request: AuthedRequest) -> HttpResponse:
    """Ask for the sponsorship of an event that belongs to no unit."""
    require(permissions.can_ask_without_unit(request.user))
    return _ask(request, None, _("Sponsorship of an event"), SPONSORSHIPS.url)


@require_http_methods(["GET", "POST"])
def ask_of_unit(request: AuthedRequest, unit_pk: int) -> HttpResponse:
    """Ask for something with the unit: an event, a promotion in its outlets, an incentive for its sellers."""
    unit = unit_or_404(request, unit_pk)
    require(permissions.can_ask_sponsorship(request.user, unit))
    return _ask(request, unit, _("Sponsorship with %(unit)s") % {"unit": unit.name}, unit.get_absolute_url())


def _ask(request: AuthedRequest, unit: KeyAccount | None, title: str, back: str) -> HttpResponse:
    asked = request.GET.get("kind", "")
    initial = {
        "kind": asked if asked in set(SponsorshipKind) else SponsorshipKind.SPORTS,
        "outlet": number_in(request.GET.get("outlet")),
        "people": [number_in(request.GET.get("person"))],
    }
    form = SponsorshipForm(request.POST or None, unit=unit, user=request.user, initial=initial)

    def act(_told: dict[str, Any]) -> str:
        return services.ask_sponsorship(form.asked(), by=request.user).get_absolute_url()

    return answer_form(
        request,
        form,
        title=title,
        back=back,
        act=act,
        submit=_("Hand in"),
        done=_("Handed in for approval."),
    )


@require_http_methods(["GET", "POST"])
def edit_sponsorship(request: AuthedRequest, pk: int) -> HttpResponse:
    """Write a returned request anew and hand it in again."""
    row = sponsorship_or_404(request, pk)
    require(permissions.can_edit_sponsorship(request.user, row))
    form = SponsorshipForm(
        request.POST or None, unit=row.unit, user=request.user, initial=first_words_of(row)
    )

    def act(told: dict[str, Any]) -> None:
        services.ask_again(row, form.asked(), by=request.user, version=told["version"] or 0)

    return answer_form(
        request,
        form,
        title=str(row),
        back=row.get_absolute_url(),
        act=act,
        submit=_("Hand in again"),
        done=_("Handed in for approval."),
    )


@require_GET
def show_sponsorship(request: AuthedRequest, pk: int) -> HttpResponse:
    """One sponsorship: what was asked, who receives of it, what came of it."""
    row = sponsorship_or_404(request, pk)
    context = {
        "sponsorship": row,
        "tone": STATE_TONES[SponsorshipState(row.state)],
        "recipients": row.recipients.select_related("person", "benefit").prefetch_related("benefit__moves"),
        "decision": request_for(services.SUBJECT, row, reader=request.user),
        "can_edit": permissions.can_edit_sponsorship(request.user, row),
        "can_end": permissions.can_end_sponsorship(request.user, row),
    }
    return render(request, "campaigns/sponsorships/sponsorship.html", context)


@require_http_methods(["GET", "POST"])
def report_sponsorship(request: AuthedRequest, pk: int) -> HttpResponse:
    """The report that closes it."""
    row = sponsorship_or_404(request, pk)
    require(permissions.can_end_sponsorship(request.user, row))
    received = list(row.recipients.values_list("person", flat=True))
    form = ReportForm(
        request.POST or None,
        sponsorship=row,
        initial={"received": received, "amount": row.estimate_amount},
    )

    def act(_told: dict[str, Any]) -> None:
        services.report_sponsorship(row, form.report(), by=request.user)

    title = _("Report of the sponsorship %(number)s") % {"number": row.number}
    back = row.get_absolute_url()
    return answer_form(request, form, title=title, back=back, act=act, submit=_("Close with this report"))


@require_http_methods(["GET", "POST"])
def cancel_sponsorship(request: AuthedRequest, pk: int) -> HttpResponse:
    """It does not take place."""
    row = sponsorship_or_404(request, pk)
    require(permissions.can_end_sponsorship(request.user, row))
    form = CancelForm(request.POST or None)

    def act(told: dict[str, Any]) -> None:
        services.cancel_sponsorship(row, reason=told["reason"], by=request.user)

    title = _("Cancel the sponsorship %(number)s") % {"number": row.number}
    return answer_form(request, form, title=title, back=row.get_absolute_url(), act=act)


@require_GET
def print_request(request: AuthedRequest, pk: int) -> HttpResponse:
    """The request as a form to be signed."""
    row = sponsorship_or_404(request, pk)
    sheet = request_sheet(row, language=language_asked(request))
    return pdf_response(sheet, by=request.user, filename=f"{row.number}.pdf")
