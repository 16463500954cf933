"""Pages of an evaluation: rounds, one round ranked, deciding about the focus, units side by side."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.evaluation import services
from accounts.evaluation.documents import comparison_sheet
from accounts.evaluation.forms import ManyForm, ReasonForm, RoundForm
from accounts.evaluation.models import EvaluationRound, ScoreSheet
from accounts.evaluation.permissions import can_close_round, can_decide_focus, can_open_rounds
from accounts.evaluation.selectors import (
    comparison_of,
    criteria_on,
    round_shown,
    rounds_seen,
    sheets_seen,
    sheets_to_score,
)
from accounts.evaluation.tables import SHEETS
from accounts.units.models import KeyAccount
from accounts.units.views import unit_or_404
from kam.core.answers import answer_form, refused
from kam.core.asked import number_in
from kam.core.clock import business_date
from kam.core.errors import BusinessError
from kam.core.errors_views import refused as refused_rows
from kam.core.toasts import toast
from kam.lists.http import list_response
from kam.pdf.services import pdf_response
from kam.users.http import AuthedRequest, language_asked, require
from kam.users.scopes import Reach, scope_of

FEWEST, MOST = 2, 4


def round_or_404(request: AuthedRequest, pk: int) -> EvaluationRound:
    rows = EvaluationRound.objects.visible_to(request.user).select_related(
        "criteria", "opened_by", "closed_by"
    )
    return get_object_or_404(rows, pk=pk)


@require_GET
def list_rounds(request: AuthedRequest) -> HttpResponse:
    """The rounds with their progress, and what the person has to score."""
    require(scope_of(request.user).reach is not Reach.NOTHING)
    today = business_date()
    context = {
        "rounds": rounds_seen(request.user),
        "due": sheets_to_score(request.user, today),
        "can_open": can_open_rounds(request.user),
        "criteria": criteria_on(today),
        "today": today,
    }
    return render(request, "accounts/evaluation/rounds.html", context)


@require_GET
def list_sheets(request: AuthedRequest) -> HttpResponseBase:
    require(scope_of(request.user).reach is not Reach.NOTHING)
    return list_response(request, SHEETS)


@require_http_methods(["GET", "POST"])
def open_round(request: AuthedRequest) -> HttpResponse:
    require(can_open_rounds(request.user))
    initial = {"tiers": ["A", "B"], "last": business_date()}
    form = RoundForm(request.POST or None, user=request.user, initial=initial)

    def act(told: dict[str, Any]) -> str:
        del told
        made = services.open_round(
            form.plan(), list(form.units()[: services.MOST_UNITS + 1]), by=request.user
        )
        return made.get_absolute_url()

    return answer_form(
        request,
        form,
        title=_("New round of evaluation"),
        back=reverse("evaluations"),
        act=act,
        submit=_("Open the round"),
        done=_("Round opened; everybody who scores was told."),
    )


@require_GET
def show_round(request: AuthedRequest, pk: int) -> HttpResponse:
    """The units of a round, best first, with points, value against cost and what was decided."""
    shown = round_or_404(request, pk)
    page = round_shown(shown, request.user, business_date())
    context = {
        "page": page,
        "round": shown,
        "today": business_date(),
        "can_close": shown.is_running and can_close_round(request.user, shown),
        "can_decide": shown.is_running and can_open_rounds(request.user),
    }
    return render(request, "accounts/evaluation/round.html", context)


@require_POST
def close_round(request: AuthedRequest, pk: int) -> HttpResponse:
    shown = round_or_404(request, pk)
    require(can_close_round(request.user, shown))
    try:
        services.close_round(shown, by=request.user, version=number_in(request.POST.get("version")) or 0)
    except BusinessError as error:
        return refused(request, error, back=shown.get_absolute_url())
    toast(request, _("Round closed."))
    return redirect(shown)


@require_POST
def decide_selected(request: AuthedRequest, pk: int) -> HttpResponse:
    """Decide about the ticked sheets as their points stand to the line, each in its own transaction."""
    shown = round_or_404(request, pk)
    require(can_open_rounds(request.user))
    ids = [number for text in request.POST.getlist("row") if (number := number_in(text)) is not None]
    found = sheets_seen(request.user).filter(round=shown, pk__in=ids[: services.MOST_UNITS])
    rows = [row for row in found if can_decide_focus(request.user, row.unit)]
    form = ManyForm(request.POST)
    if not rows or not form.is_valid():
        return refused_rows(request, _("None of the ticked sheets waits for your decision."))
    for row in rows:
        row.version = number_in(request.POST.get(f"version-{row.pk}")) or 0
    results = services.decide_by_line(rows, by=request.user, reason=form.cleaned_data["reason"])
    done = sum(not row.problem for row in results)
    toast(request, ngettext("%(n)s unit decided.", "%(n)s units decided.", done) % {"n": done})
    if done == len(results):
        return redirect(shown)
    context = {"results": results, "back": shown.get_absolute_url()}
    return render(request, "accounts/evaluation/decided.html", context, status=409)


@require_http_methods(["GET", "POST"])
def end_focus(request: AuthedRequest, unit_pk: int) -> HttpResponse:
    """Take a unit out of the focus between two rounds."""
    unit = unit_or_404(request, unit_pk)
    require(can_decide_focus(request.user, unit))

    def form_of(unit: KeyAccount, data: Any = None) -> ReasonForm:
        return ReasonForm(data, initial={"version": unit.version})

    form = form_of(unit, request.POST or None)

    def act(told: dict[str, Any]) -> None:
        services.end_focus(unit, by=request.user, reason=told["reason"], version=told["version"] or 0)

    return answer_form(
        request,
        form,
        title=_("Take %(name)s out of the focus") % {"name": unit.name},
        back=reverse("unit-tab", args=[unit.pk, "evaluation"]),
        act=act,
        fresh=lambda: form_of(unit_or_404(request, unit_pk)),
    )


def _chosen(request: AuthedRequest) -> list[KeyAccount]:
    """Return the units asked for, of those the person may see, in the order asked."""
    ids = [n for text in request.GET.getlist("unit")[: MOST * 4] if (n := number_in(text)) is not None]
    rows = KeyAccount.objects.visible_to(request.user).select_related("owner").in_bulk(ids)
    return [rows[pk] for pk in dict.fromkeys(ids) if pk in rows][:MOST]


@require_GET
def compare(request: AuthedRequest) -> HttpResponse:
    """Two to four units side by side; offered are those that were scored."""
    require(scope_of(request.user).reach is not Reach.NOTHING)
    units = _chosen(request)
    scored = ScoreSheet.objects.submitted().values("unit")
    offered = KeyAccount.objects.visible_to(request.user).filter(pk__in=scored).order_by("sort_key", "pk")
    enough = len(units) >= FEWEST
    context = {
        "chosen": [unit.pk for unit in units],
        "slots": [units[n].pk if n < len(units) else None for n in range(MOST)],
        "offered": offered.only("pk", "name", "tier", "sort_key")[: services.MOST_UNITS],
        "comparison": comparison_of(units, business_date()) if enough else None,
        "query": request.GET.urlencode(),
    }
    return render(request, "accounts/evaluation/compare.html", context)


@require_GET
def print_comparison(request: AuthedRequest) -> HttpResponse:
    require(scope_of(request.user).reach is not Reach.NOTHING)
    units = _chosen(request)
    if len(units) < FEWEST:
        return refused_rows(request, _("Choose two to four units."))
    sheet = comparison_sheet(units, language=language_asked(request))
    return pdf_response(sheet, by=request.user, filename=f"{business_date()}.pdf")
