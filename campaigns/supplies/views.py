"""Pages of accounts of supplies: the list, asking, one account, handing out, taking back, using, closing, the year on paper."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from campaigns.supplies import permissions, services
from campaigns.supplies.documents import statement_sheet
from campaigns.supplies.forms import AccountForm, DrawForm, HeldForm
from campaigns.supplies.models import SupplyAccount
from campaigns.supplies.selectors import holdings, years_of
from campaigns.supplies.tables import ACCOUNTS
from campaigns.supplies.terms import EntryKind
from kam.approvals.selectors import request_for
from kam.core.answers import answer_form, refused
from kam.core.asked import FIRST_DAY, LAST_DAY, number_in
from kam.core.clock import business_date
from kam.core.errors import BusinessError
from kam.core.toasts import toast
from kam.lists.http import list_response
from kam.pdf.services import pdf_response
from kam.users.http import AuthedRequest, language_asked, require
from kam.users.models import User
from kam.users.scopes import team_of

_FORM = ["GET", "POST"]
_LIST = "/supplies/"


@require_GET
def list_accounts(request: AuthedRequest) -> HttpResponseBase:
    """Own account, the team's, all of them for the clerk."""
    require(permissions.can_see_supplies(request.user))
    context = {"can_ask": permissions.can_ask_account(request.user)}
    return list_response(request, ACCOUNTS, page="campaigns/supplies/list.html", context=context)


def account_or_404(request: AuthedRequest, pk: int) -> SupplyAccount:
    require(permissions.can_see_supplies(request.user))
    rows = SupplyAccount.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("user", "team", "asked_by"), pk=pk)


@require_http_methods(_FORM)
def ask_account(request: AuthedRequest) -> HttpResponse:
    """Ask for an account, for oneself or for the team."""
    require(permissions.can_ask_account(request.user))
    form = AccountForm(request.POST or None, user=request.user)

    def act(told: dict[str, Any]) -> str:
        team = team_of(request.user) if told["team"] else None
        return services.ask_account(told["reason"], by=request.user, team=team).get_absolute_url()

    return answer_form(
        request,
        form,
        title=_("Ask for an account of supplies"),
        back=_LIST,
        act=act,
        submit=_("Hand in"),
        done=_("Handed in for approval."),
    )


@require_GET
def show_account(request: AuthedRequest, pk: int) -> HttpResponse:
    """One account: what is held, every entry, the years."""
    account, user = account_or_404(request, pk), request.user
    context = {
        "account": account,
        "held": holdings([account]).get(account.pk, []),
        "entries": account.entries.select_related("material", "by")[:200],
        "years": years_of(account),
        "decision": request_for(services.SUBJECT, account, reader=user),
        "can_edit": permissions.can_edit_account(user, account),
        "can_hand_out": permissions.can_hand_out(user, account),
        "can_use": permissions.can_use(user, account),
    }
    return render(request, "campaigns/supplies/account.html", context)


@require_http_methods(_FORM)
def edit_account(request: AuthedRequest, pk: int) -> HttpResponse:
    """Write a returned request anew."""
    account = account_or_404(request, pk)
    require(permissions.can_edit_account(request.user, account))
    initial = {"reason": account.reason, "version": account.version}
    form = AccountForm(request.POST or None, user=request.user, initial=initial)
    del form.fields["team"]

    def act(told: dict[str, Any]) -> None:
        services.ask_again(account, told["reason"], by=request.user, version=told["version"] or 0)

    back = account.get_absolute_url()
    return answer_form(request, form, title=str(account), back=back, act=act, submit=_("Hand in again"))


def _entry(
    request: AuthedRequest, pk: int, kind: EntryKind, may: Callable[[User, SupplyAccount], bool], title: str
) -> HttpResponse:
    """Answer the form of an entry."""
    account = account_or_404(request, pk)
    require(may(request.user, account))
    shape = DrawForm if kind is EntryKind.DRAWN else HeldForm
    form = shape(request.POST or None, account=account, user=request.user)

    def act(_told: dict[str, Any]) -> None:
        services.enter(account, kind, form.wanted(), by=request.user)

    title = title % {"name": account.holder}
    return answer_form(request, form, title=title, back=account.get_absolute_url(), act=act)


@require_http_methods(_FORM)
def hand_out(request: AuthedRequest, pk: int) -> HttpResponse:
    """The clerk hands out."""
    return _entry(request, pk, EntryKind.DRAWN, permissions.can_hand_out, _("Hand out to %(name)s"))


@require_http_methods(_FORM)
def take_back(request: AuthedRequest, pk: int) -> HttpResponse:
    """The clerk takes back: it is in stock again."""
    return _entry(request, pk, EntryKind.RETURNED, permissions.can_hand_out, _("Take back from %(name)s"))


@require_http_methods(_FORM)
def use_up(request: AuthedRequest, pk: int) -> HttpResponse:
    """Say what was used."""
    return _entry(request, pk, EntryKind.USED, permissions.can_use, _("Used by %(name)s"))


@require_POST
def close_account(request: AuthedRequest, pk: int) -> HttpResponse:
    """Nothing is held on it any more."""
    account = account_or_404(request, pk)
    require(permissions.can_hand_out(request.user, account))
    try:
        services.close_account(account, by=request.user)
    except BusinessError as error:
        return refused(request, error, back=account.get_absolute_url())
    toast(request, _("Account closed."))
    return redirect(account)


@require_GET
def print_statement(request: AuthedRequest, pk: int) -> HttpResponse:
    """A year on paper; this one unless `?year=` names another."""
    account = account_or_404(request, pk)
    year = number_in(request.GET.get("year")) or 0
    if not FIRST_DAY.year <= year <= LAST_DAY.year:
        year = business_date().year
    sheet = statement_sheet(account, year, language=language_asked(request))
    return pdf_response(sheet, by=request.user, filename=f"{account.number}-{year}.pdf")
