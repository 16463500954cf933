"""Pages of customers' suggestions and of support asked of other departments."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.knowledge import services
from accounts.knowledge.forms import (
    MoveSupportForm,
    RateForm,
    SaidForm,
    SettleForm,
    SuggestionForm,
    SupportForm,
)
from accounts.knowledge.labels import SUGGESTION_TONES, SUPPORT_TONES
from accounts.knowledge.models import Suggestion, SupportRequest
from accounts.knowledge.permissions import (
    can_ask_for_support,
    can_handle_suggestion,
    can_rate_support,
    can_record_suggestion,
    can_work_on_support,
)
from accounts.knowledge.rules import Promise, is_overdue
from accounts.knowledge.tables import SUGGESTIONS, SUPPORT
from accounts.knowledge.terms import (
    SUGGESTION_TRANSITIONS,
    SUPPORT_TRANSITIONS,
    Department,
    SuggestionState,
    SupportState,
)
from accounts.units.views import unit_or_404
from kam.core.answers import answer_form
from kam.core.clock import business_date
from kam.lists.http import list_response
from kam.users.http import AuthedRequest, require
from kam.users.scopes import Reach, scope_of

_FORM_METHODS = ["GET", "POST"]
_DAYS_TO_HELP = 7


@require_GET
def list_suggestions(request: AuthedRequest) -> HttpResponseBase:
    """Suggestions of the own units, and those one answers."""
    require(scope_of(request.user).reach is not Reach.NOTHING)
    return list_response(request, SUGGESTIONS)


@require_http_methods(_FORM_METHODS)
def record(request: AuthedRequest, unit_pk: int) -> HttpResponse:
    """Record what a customer suggests."""
    unit = unit_or_404(request, unit_pk)
    require(can_record_suggestion(request.user, unit))
    initial = {"received_on": business_date(), "owner": unit.owner}
    form = SuggestionForm(request.POST or None, unit=unit, initial=initial)

    def act(told: dict[str, Any]) -> str:
        made = services.record_suggestion(
            unit,
            told["text"],
            owner=told["owner"],
            person=told["person"],
            on=told["received_on"],
            by=request.user,
        )
        return made.get_absolute_url()

    title = _("Suggestion of %(name)s") % {"name": unit.name}
    back = reverse("unit-tab", args=[unit.pk, "suggestions"])
    return answer_form(request, form, title=title, back=back, act=act)


def _suggestion(request: AuthedRequest, pk: int) -> Suggestion:
    rows = Suggestion.objects.visible_to(request.user).select_related(
        "unit", "unit__owner", "unit__team", "person", "owner", "by"
    )
    return get_object_or_404(rows, pk=pk)


@require_GET
def show(request: AuthedRequest, pk: int) -> HttpResponse:
    """A suggestion: what was said, answered, passed on, and what came of it."""
    row = _suggestion(request, pk)
    handles = can_handle_suggestion(request.user, row)
    context = {
        "suggestion": row,
        "tone": SUGGESTION_TONES[SuggestionState(row.state)],
        "is_overdue": is_overdue(Promise(row.due_on, row.answered_on), business_date()),
        "can_answer": handles and row.answered_on is None,
        "can_settle": handles and bool(SUGGESTION_TRANSITIONS.get(SuggestionState(row.state))),
        "reads_unit": scope_of(request.user).covers(row.unit.owner_id, row.unit.team_id),
    }
    return render(request, "accounts/knowledge/suggestion.html", context)


@require_http_methods(_FORM_METHODS)
def answer(request: AuthedRequest, pk: int) -> HttpResponse:
    """Write down what the customer was answered."""
    row = _suggestion(request, pk)
    require(can_handle_suggestion(request.user, row))
    form = SaidForm(request.POST or None, initial={"version": row.version})

    def act(told: dict[str, Any]) -> None:
        services.answer_suggestion(row, told["text"], version=told["version"] or 0, by=request.user)

    return answer_form(request, form, title=_("Our answer"), back=row.get_absolute_url(), act=act)


@require_http_methods(_FORM_METHODS)
def settle(request: AuthedRequest, pk: int) -> HttpResponse:
    """Pass a suggestion on, or say what came of it."""
    row = _suggestion(request, pk)
    require(can_handle_suggestion(request.user, row))
    initial = {"version": row.version, "department": row.department}
    form = SettleForm(request.POST or None, suggestion=row, initial=initial)

    def act(told: dict[str, Any]) -> None:
        services.settle_suggestion(
            row,
            SuggestionState(told["to"]),
            text=told["text"],
            department=Department(told["department"]) if told["department"] else None,
            version=told["version"] or 0,
            by=request.user,
        )

    return answer_form(request, form, title=_("Pass on or settle"), back=row.get_absolute_url(), act=act)


@require_GET
def list_support(request: AuthedRequest) -> HttpResponseBase:
    """What one asked for and is asked for; leads and managers the team's."""
    context = {"can_ask": can_ask_for_support(request.user)}
    return list_response(request, SUPPORT, page="accounts/knowledge/support_list.html", context=context)


@require_http_methods(_FORM_METHODS)
def ask(request: AuthedRequest) -> HttpResponse:
    """Ask a colleague of another department for support."""
    require(can_ask_for_support(request.user))
    initial = {"due_on": business_date() + timedelta(days=_DAYS_TO_HELP)}
    form = SupportForm(request.POST or None, user=request.user, initial=initial)

    def act(told: dict[str, Any]) -> str:
        made = services.ask_for_support(
            told["text"],
            department=Department(told["department"]),
            helper=told["helper"],
            due_on=told["due_on"],
            unit=told["unit"],
            by=request.user,
        )
        return made.get_absolute_url()

    return answer_form(request, form, title=_("Ask for support"), back=reverse("support"), act=act)


def _request(request: AuthedRequest, pk: int) -> SupportRequest:
    rows = SupportRequest.objects.visible_to(request.user).select_related("asked_by", "helper", "unit")
    return get_object_or_404(rows, pk=pk)


@require_GET
def show_support(request: AuthedRequest, pk: int) -> HttpResponse:
    """A request: what is needed, by whom, until when, what came of it."""
    row = _request(request, pk)
    state, user, unit = SupportState(row.state), request.user, row.unit
    context = {
        "support": row,
        "tone": SUPPORT_TONES[state],
        "is_overdue": is_overdue(Promise(row.due_on, row.settled_on), business_date()),
        "can_move": bool(SUPPORT_TRANSITIONS.get(state)) and can_work_on_support(user, row),
        "can_rate": state is SupportState.DONE and can_rate_support(user, row),
        "reads_unit": unit is not None and scope_of(user).covers(unit.owner_id, unit.team_id),
    }
    return render(request, "accounts/knowledge/support.html", context)


@require_http_methods(_FORM_METHODS)
def move(request: AuthedRequest, pk: int) -> HttpResponse:
    """Accept, do, or refuse."""
    row = _request(request, pk)
    require(can_work_on_support(request.user, row))
    form = MoveSupportForm(request.POST or None, support=row, initial={"version": row.version})

    def act(told: dict[str, Any]) -> None:
        services.move_support(
            row, SupportState(told["to"]), text=told["text"], version=told["version"] or 0, by=request.user
        )

    return answer_form(request, form, title=_("Move the request on"), back=row.get_absolute_url(), act=act)


@require_http_methods(_FORM_METHODS)
def rate(request: AuthedRequest, pk: int) -> HttpResponse:
    """Rate the help."""
    row = _request(request, pk)
    require(can_rate_support(request.user, row))
    form = RateForm(request.POST or None, initial={"version": row.version, "rating": row.rating})

    def act(told: dict[str, Any]) -> None:
        services.rate_support(row, told["rating"], version=told["version"] or 0, by=request.user)

    return answer_form(request, form, title=_("Rate the help"), back=row.get_absolute_url(), act=act)
