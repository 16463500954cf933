"""The dashboard of a month: for me, a team, the department. Every figure opens its facts."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from kam.core.clock import business_date
from kam.users.http import AuthedRequest, require
from kam.users.scopes import Reach, scope_of
from kpi.dashboards import selectors
from kpi.dashboards.rules import HEIGHT, WIDTH
from kpi.measures.holders import choose
from kpi.measures.permissions import can_see_measures
from kpi.measures.terms import Kind


@require_GET
def show(request: AuthedRequest) -> HttpResponse:
    """The month in figures, twelve months as lines with their tables, phases, visits by day, units won and lost."""
    require(can_see_measures(request.user))
    choice = choose(request.user, of=request.GET.get("of", ""), month=request.GET.get("month", ""))
    is_department = choice.holder.kind is Kind.DEPARTMENT
    developed, lost = selectors.moved_units(choice)
    context = {
        "choice": choice,
        "tiles": selectors.tiles_of(choice, business_date(), of_department=is_department),
        "trends": selectors.trends_of(choice),
        "funnel": selectors.funnel_of(choice.holder),
        "weeks": selectors.heat_of(choice),
        "ranking": selectors.ranking_of(choice) if request.GET.get("ranking") != "no" else [],
        "hides_ranking": request.GET.get("ranking") == "no",
        "has_ranking": choice.holder.kind is not Kind.PERSON,
        "developed": developed,
        "lost": lost,
        "opens": scope_of(request.user).reach is not Reach.NOTHING,
        "width": WIDTH,
        "height": HEIGHT,
        "asked_at": timezone.now(),
    }
    return render(request, "kpi/dashboards/month.html", context)
