"""Pages of the engine: the inbox, one request, the way in from a mail. Each act is one service call."""

from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from kam.approvals import letters, services
from kam.approvals.cards import Card, cards_for
from kam.approvals.forms import BulkForm, DecisionForm, DelegationForm
from kam.approvals.inbox import Inbox, inbox_of
from kam.approvals.models import Request
from kam.approvals.permissions import can_attempt_decision, can_withdraw_request
from kam.approvals.selectors import people_to_delegate_to, with_rounds
from kam.core.asked import number_in
from kam.core.errors import BusinessError
from kam.core.htmx import is_htmx, render_page_or_fragment, trigger
from kam.core.sentences import labelled
from kam.core.toasts import toast, toast_fragment
from kam.settings_rows.selectors import int_setting
from kam.users.http import AuthedRequest, require

INBOX = ("approvals/inbox.html", "approvals/_inbox.html")
DETAIL = ("approvals/detail.html", "approvals/_detail.html")


@require_GET
def inbox(request: AuthedRequest) -> HttpResponse:
    """Show what waits for me, with the first or the chosen card open; also what I decided, returned and asked for."""
    return render_page_or_fragment(request, *INBOX, {"inbox": _inbox(request)})


@require_GET
def detail(request: AuthedRequest, pk: int) -> HttpResponse:
    """Show one request with every round, to those who may see it; for everybody else it does not exist."""
    row = get_object_or_404(Request.objects.visible_to(request.user), pk=pk)
    return render_page_or_fragment(request, *DETAIL, _detail(request, row))


@require_POST
def approve(request: AuthedRequest, pk: int) -> HttpResponse:
    return _decide(request, pk, services.approve, _("Approved."))


@require_POST
def return_for_changes(request: AuthedRequest, pk: int) -> HttpResponse:
    return _decide(request, pk, services.return_for_changes, _("Returned for changes."))


@require_POST
def reject(request: AuthedRequest, pk: int) -> HttpResponse:
    return _decide(request, pk, services.reject, _("Rejected."))


@require_POST
def withdraw(request: AuthedRequest, pk: int) -> HttpResponse:
    """Take an own request back."""
    row = get_object_or_404(Request.objects.visible_to(request.user), pk=pk)
    require(request.user.pk in {row.requester_id, row.submitted_by_id})
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _refused(request, row, _first_error(form), status=422)
    try:
        services.withdraw(
            row, by=request.user, version=form.cleaned_data["version"], reason=form.cleaned_data["reason"]
        )
    except BusinessError as error:
        return _refused(request, row, error, status=error.status)
    toast(request, _("Withdrawn."))
    return redirect("approvals:detail", pk=pk)


@require_POST
def delegate(request: AuthedRequest, pk: int) -> HttpResponse:
    """Pass a waiting step to an equal."""
    row = get_object_or_404(Request.objects.visible_to(request.user), pk=pk)
    require(can_attempt_decision(request.user, row))
    form = DelegationForm(request.POST, people=people_to_delegate_to(row, request.user))
    if not form.is_valid():
        return _refused(request, row, _first_error(form), status=422)
    given = form.cleaned_data
    try:
        services.delegate(
            row, to=given["to"], by=request.user, version=given["version"], reason=given["reason"]
        )
    except BusinessError as error:
        return _refused(request, row, error, status=error.status)
    toast(request, _("Passed to %(name)s.") % {"name": given["to"].name})
    return redirect("approvals:inbox")


@require_POST
def bulk_approve(request: AuthedRequest) -> HttpResponse:
    """Approve the plans that were picked, each for itself; say what became of each."""
    form = BulkForm(request.POST)
    if not form.is_valid():
        toast(request, _first_error(form), level=messages.ERROR)
        return redirect("approvals:inbox")
    results = services.bulk_approve(form.cleaned_data["pick"], by=request.user)
    done = sum(result.ok for result in results)
    if done:
        toast(request, ngettext("%(count)s approved.", "%(count)s approved.", done) % {"count": done})
    labels = dict(Request.objects.visible_to(request.user).values_list("pk", "label"))
    for result in results:
        if not result.ok:
            name = labels.get(result.request_id, result.request_id)
            toast(request, labelled(name, result.message), level=messages.ERROR)
    return redirect("approvals:inbox")


@require_GET
def open_link(request: AuthedRequest, token: str) -> HttpResponse:
    """Lead from a mail to its decision page: once, and only the person it was sent to."""
    link = letters.link_of(token, request.user, max_age_days=int_setting("approval_link_days"))
    if link is None:
        raise Http404
    if not letters.use_link(link):
        return render(request, "approvals/link_used.html", {"pk": link.request_id}, status=410)
    return redirect("approvals:detail", pk=link.request_id)


def _decide(request: AuthedRequest, pk: int, act: Callable[..., Request], done: str) -> HttpResponse:
    row = get_object_or_404(Request.objects.visible_to(request.user), pk=pk)
    require(can_attempt_decision(request.user, row))
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _refused(request, row, _first_error(form), status=422)
    try:
        act(row, by=request.user, version=form.cleaned_data["version"], reason=form.cleaned_data["reason"])
    except BusinessError as error:
        return _refused(request, row, error, status=error.status)
    if not is_htmx(request):
        toast(request, done)
        return redirect(_next_address(request))
    response = render(request, INBOX[1], {"inbox": _inbox(request, opened=_number(request.POST.get("next")))})
    return trigger(toast_fragment(response, done), "kam:counts")


def _refused(request: AuthedRequest, row: Request, error: Any, *, status: int) -> HttpResponse:
    """Draw the page the act came from again, with the reason, what stands there now, and the words that were typed."""
    told = {"refusal": str(error), "words": request.POST.get("reason", "")}
    if request.POST.get("from") == "inbox":
        return render_page_or_fragment(
            request, *INBOX, {"inbox": _inbox(request, opened=row.pk)} | told, status=status
        )
    return render_page_or_fragment(request, *DETAIL, _detail(request, row) | told, status=status)


def _inbox(request: AuthedRequest, *, opened: int | None = None) -> Inbox:
    chosen = request.POST if request.method == "POST" else request.GET
    return inbox_of(
        request.user,
        view=chosen.get("view", ""),
        group=chosen.get("group", ""),
        opened=opened if opened is not None else _number(chosen.get("open")),
        before=_number(chosen.get("before")),
    )


def _detail(request: AuthedRequest, row: Request) -> dict[str, Any]:
    card: Card = cards_for(request.user, with_rounds([row.pk]))[0]
    people: Sequence[Any] = list(people_to_delegate_to(row, request.user)) if card.can_decide else []
    return {
        "card": card,
        "origin": "detail",
        "can_withdraw": can_withdraw_request(request.user, card.request),
        "people": people,
        "company": settings.LETTERHEAD,
    }


def _next_address(request: AuthedRequest) -> str:
    if request.POST.get("from") != "inbox":
        return reverse("approvals:inbox")
    view, group = request.POST.get("view", ""), request.POST.get("group", "")
    query = "&".join(
        f"{key}={value}" for key, value in (("view", view), ("group", group)) if value.isidentifier()
    )
    return reverse("approvals:inbox") + (f"?{query}" if query else "")


def _first_error(form: Any) -> str:
    return next(str(errors[0]) for errors in form.errors.values())


def _number(text: str | None) -> int | None:
    return number_in(text)
