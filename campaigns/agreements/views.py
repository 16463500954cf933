"""Pages of long-term agreements: the list, one agreement, recording one, renewing it, ending it."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.units.views import unit_or_404
from campaigns.agreements import permissions, services
from campaigns.agreements.forms import AgreementForm, EndForm
from campaigns.agreements.labels import STATE_LABELS
from campaigns.agreements.models import Agreement
from campaigns.agreements.rules import days_left
from campaigns.agreements.selectors import standing_of
from campaigns.agreements.tables import AGREEMENTS
from campaigns.agreements.terms import STATE_TONES
from kam.core.answers import answer_form
from kam.core.clock import business_date
from kam.lists.http import list_response
from kam.users.http import AuthedRequest, require


@require_GET
def list_agreements(request: AuthedRequest) -> HttpResponseBase:
    """Agreements with the units that one sees."""
    require(permissions.can_see_agreements(request.user))
    return list_response(request, AGREEMENTS)


def agreement_or_404(request: AuthedRequest, pk: int) -> Agreement:
    """Return an agreement that the person may see."""
    rows = Agreement.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("unit", "by", "file", "renews", "renewal"), pk=pk)


@require_GET
def show_agreement(request: AuthedRequest, pk: int) -> HttpResponse:
    """One agreement: its days, its terms, what it renews and what renews it."""
    row = agreement_or_404(request, pk)
    today = business_date()
    state = standing_of(row, today)
    context = {
        "agreement": row,
        "state": STATE_LABELS[state],
        "tone": STATE_TONES[state],
        "days": days_left(row.ends_on, today),
        "renewal": getattr(row, "renewal", None),
        "can_renew": permissions.can_renew_agreement(request.user, row),
        "can_end": permissions.can_end_agreement(request.user, row, today),
    }
    return render(request, "campaigns/agreements/agreement.html", context)


@require_http_methods(["GET", "POST"])
def new_agreement(request: AuthedRequest, unit_pk: int) -> HttpResponse:
    """Record a signed agreement with the unit."""
    unit = unit_or_404(request, unit_pk)
    require(permissions.can_record_agreement(request.user, unit))
    form = AgreementForm(request.POST or None, request.FILES or None)

    def act(told: dict[str, Any]) -> str:
        made = services.record_agreement(unit, form.paper(), by=request.user, upload=told["upload"])
        return made.get_absolute_url()

    title = _("Agreement with %(unit)s") % {"unit": unit.name}
    return answer_form(request, form, title=title, back=unit.get_absolute_url(), act=act)


@require_http_methods(["GET", "POST"])
def renew(request: AuthedRequest, pk: int) -> HttpResponse:
    """Record the agreement that follows this one."""
    row = agreement_or_404(request, pk)
    require(permissions.can_renew_agreement(request.user, row))
    initial = {"title": row.title, "terms": row.terms, "amount": row.amount}
    form = AgreementForm(request.POST or None, request.FILES or None, initial=initial)

    def act(told: dict[str, Any]) -> str:
        made = services.record_agreement(
            row.unit, form.paper(), by=request.user, renews=row, upload=told["upload"]
        )
        return made.get_absolute_url()

    title = _("Renew %(agreement)s") % {"agreement": row.title}
    return answer_form(request, form, title=title, back=row.get_absolute_url(), act=act)


@require_http_methods(["GET", "POST"])
def end(request: AuthedRequest, pk: int) -> HttpResponse:
    """End it early."""
    row = agreement_or_404(request, pk)
    require(permissions.can_end_agreement(request.user, row, business_date()))
    form = EndForm(request.POST or None, initial={"version": row.version})

    def act(told: dict[str, Any]) -> None:
        services.end_agreement(row, by=request.user, **told)

    title = _("End %(agreement)s early") % {"agreement": row.title}
    return answer_form(request, form, title=title, back=row.get_absolute_url(), act=act)
