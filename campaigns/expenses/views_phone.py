"""Pages of phone limits: the list with one's own month, asking, one limit with the months of the person."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from campaigns.expenses import permissions, phone
from campaigns.expenses.forms import LimitForm
from campaigns.expenses.models import PhoneLimit
from campaigns.expenses.selectors import last_months, phone_month
from campaigns.expenses.tables import PHONE_LIMITS
from campaigns.expenses.terms import LIMIT_TONES, LimitState
from kam.approvals.selectors import request_for
from kam.core.answers import answer_form
from kam.core.clock import business_date
from kam.lists.http import list_response
from kam.users.http import AuthedRequest, require

_LIST = "/expenses/phone/"
_FORM = ["GET", "POST"]


@require_GET
def list_limits(request: AuthedRequest) -> HttpResponseBase:
    """Limits that one sees; above them the own month."""
    require(permissions.can_claim(request.user))
    context = {"month": phone_month(request.user.pk, business_date())}
    return list_response(request, PHONE_LIMITS, page="campaigns/expenses/limits.html", context=context)


def limit_or_404(request: AuthedRequest, pk: int) -> PhoneLimit:
    rows = PhoneLimit.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("user", "asked_by"), pk=pk)


@require_http_methods(_FORM)
def ask_limit(request: AuthedRequest) -> HttpResponse:
    """Ask for a limit, for oneself or for somebody whom one leads."""
    require(permissions.can_claim(request.user))
    form = LimitForm(request.POST or None, user=request.user)

    def act(told: dict[str, Any]) -> str:
        return phone.ask_limit(told["user"], form.asked(), by=request.user).get_absolute_url()

    return answer_form(
        request,
        form,
        title=_("Ask for a phone limit"),
        back=_LIST,
        act=act,
        submit=_("Hand in"),
        done=_("Handed in for approval."),
    )


@require_GET
def show_limit(request: AuthedRequest, pk: int) -> HttpResponse:
    """One limit, and what the person's last months came to."""
    limit = limit_or_404(request, pk)
    context = {
        "limit": limit,
        "tone": LIMIT_TONES[LimitState(limit.state)],
        "months": last_months(limit.user_id, business_date()),
        "decision": request_for(phone.SUBJECT, limit, reader=request.user),
        "can_edit": permissions.can_edit_limit(request.user, limit),
    }
    return render(request, "campaigns/expenses/limit.html", context)


@require_http_methods(_FORM)
def edit_limit(request: AuthedRequest, pk: int) -> HttpResponse:
    """Write a returned request anew."""
    limit = limit_or_404(request, pk)
    require(permissions.can_edit_limit(request.user, limit))
    names = ("user", "amount", "starts_on", "only", "reason", "version")
    form = LimitForm(
        request.POST or None, user=request.user, initial={name: getattr(limit, name) for name in names}
    )
    del form.fields["user"]

    def act(told: dict[str, Any]) -> None:
        phone.ask_again(limit, form.asked(), by=request.user, version=told["version"] or 0)

    back = limit.get_absolute_url()
    return answer_form(request, form, title=str(limit), back=back, act=act, submit=_("Hand in again"))
