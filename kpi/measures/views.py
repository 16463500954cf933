"""The catalogue of measures with the figures of a month, and the facts behind each figure."""

from itertools import groupby
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kam.core.asked import day_in, number_in
from kam.core.clock import business_date
from kam.core.periods import Period, month_of
from kam.users.http import AuthedRequest, require
from kam.users.scopes import Reach, scope_of
from kpi.measures.holders import Choice, choose, name_of_holder, seen_holder_or_404
from kpi.measures.labels import GROUP_LABELS, OVER_LABELS, UNIT_LABELS
from kpi.measures.permissions import can_see_measures
from kpi.measures.registry import Measure, all_measures, measure
from kpi.measures.rules import month_named, sum_of
from kpi.measures.selectors import MOST_ROWS, facts_behind, figures, without_names
from kpi.measures.terms import Over, Unit


@require_GET
def list_measures(request: AuthedRequest) -> HttpResponse:
    """Every measure: what it counts and what it comes to in the chosen month; each figure opens its facts."""
    require(can_see_measures(request.user))
    choice = choose(request.user, of=request.GET.get("of", ""), month=request.GET.get("month", ""))
    groups = [
        (GROUP_LABELS[group], [_row(told, choice) for told in found])
        for group, found in groupby(all_measures().values(), key=lambda told: told.group)
    ]
    return render(request, "kpi/measures/list.html", {"choice": choice, "groups": groups})


def _row(told: Measure, choice: Choice) -> dict[str, Any]:
    return {
        "measure": told,
        "over": OVER_LABELS[told.over],
        "unit": UNIT_LABELS[told.unit],
        "is_money": told.unit is Unit.MONEY,
        "amount": figures(told.key, choice.month).of(choice.holder),
    }


def period_asked(request: AuthedRequest) -> Period:
    """Return the period that an address names: `month=2026-10`, or `from` and `until`; else this month."""
    month = month_named(request.GET.get("month", ""))
    first, last = day_in(request.GET.get("from")), day_in(request.GET.get("until"))
    if month is not None or first is None or last is None:
        return month or month_of(business_date())
    if last < first:
        raise Http404
    return Period(first, last)


@require_GET
def show_facts(request: AuthedRequest, key: str, of: str) -> HttpResponse:
    """The facts behind one figure; they add up to it."""
    require(can_see_measures(request.user))
    period = period_asked(request)
    holder = seen_holder_or_404(request.user, of, period)
    try:
        told = measure(key)
    except KeyError as error:
        raise Http404 from error
    unit = number_in(request.GET.get("unit", ""))
    rows, all_figures = facts_behind(key, holder, period, unit=unit), figures(key, period)
    opens = scope_of(request.user).reach is not Reach.NOTHING
    context = {
        "measure": told,
        "over": OVER_LABELS[told.over],
        "is_money": told.unit is Unit.MONEY,
        "is_flow": told.over is Over.FLOW,
        "holder": holder,
        "name": name_of_holder(holder),
        "period": period,
        "facts": rows if opens else without_names(rows),
        "total": all_figures.of(holder) if unit is None else sum_of(row.amount for row in rows),
        "count": all_figures.count_of(holder) if unit is None else len(rows),
        "most": MOST_ROWS,
        "opens": opens,
    }
    return render(request, "kpi/measures/facts.html", context)
