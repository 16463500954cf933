"""The dashboards: a month in figures, units as they stand, value. For me, a team, the department. Every figure opens its rows."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.qualification.drawing import draw_curve
from kam.core.clock import business_date
from kam.core.errors import BusinessError
from kam.core.errors_views import refused
from kam.core.once import reading
from kam.lists.figures import send_figures
from kam.users.http import AuthedRequest, require
from kam.users.scopes import Reach, scope_of
from kpi.dashboards import selectors, selectors_units, selectors_value
from kpi.dashboards.documents import book_of
from kpi.dashboards.rules import HEIGHT, WIDTH
from kpi.dashboards.selectors_roles import coverage_of
from kpi.measures.holders import Choice, choose
from kpi.measures.permissions import can_see_measures
from kpi.measures.terms import Kind
from kpi.rollup.services import freshen


def _choice(request: AuthedRequest) -> Choice:
    require(can_see_measures(request.user))
    return choose(request.user, of=request.GET.get("of", ""), month=request.GET.get("month", ""))


def _frame(request: AuthedRequest, choice: Choice, here: str) -> dict[str, Any]:
    return {
        "choice": choice,
        "here": here,
        "opens": scope_of(request.user).reach is not Reach.NOTHING,
        "asked_at": timezone.now(),
    }


def month_figures(choice: Choice, *, hides_ranking: bool = False) -> dict[str, Any]:
    """Return what the dashboard of a month says."""
    today = business_date()
    of_department = choice.holder.kind is Kind.DEPARTMENT
    freshen(selectors.months_asked(choice.month))
    with reading():
        return _read_month(choice, today, of_department=of_department, hides_ranking=hides_ranking)


def _read_month(choice: Choice, today: date, *, of_department: bool, hides_ranking: bool) -> dict[str, Any]:
    sums = selectors.asked_sums(choice, of_department=of_department)
    tiles = selectors.tiles_of(choice, sums, today, of_department=of_department)
    return {
        "tiles": tiles,
        "pace": selectors.pace_of(tiles[0], choice, today),
        "trends": selectors.trends_of(choice, sums),
        "weeks": selectors.heat_of(choice),
        "ranking": [] if hides_ranking else selectors.ranking_of(choice),
    }


@require_GET
def show(request: AuthedRequest) -> HttpResponse:
    """The month in figures, its pace, twelve months as lines with their table, visits by day, ranking."""
    choice = _choice(request)
    hides_ranking = request.GET.get("ranking") == "no"
    context = _frame(request, choice, "month") | month_figures(choice, hides_ranking=hides_ranking)
    context |= {
        "ranking": context["ranking"][: selectors.MOST_RANKED],
        "ranked": len(context["ranking"]),
        "hides_ranking": hides_ranking,
        "has_ranking": choice.holder.kind is not Kind.PERSON,
        "width": WIDTH,
        "height": HEIGHT,
    }
    return render(request, "kpi/dashboards/month.html", context)


def unit_figures(request: AuthedRequest, choice: Choice) -> dict[str, Any]:
    """Return what the dashboard of units says."""
    today = business_date()
    whose = selectors_units.whose_units(request.user, choice.holder)
    return {
        "pyramid": selectors_units.pyramid(whose, today),
        "funnel": selectors_units.funnel_of(whose),
        "seats": selectors_units.seats_of(whose, today),
        "flags": selectors_units.flags_of(whose),
        "moves": selectors_units.moves_of(choice, opens=whose.opens),
        "coverage": coverage_of(choice, _("All roles")),
    }


@require_GET
def show_units(request: AuthedRequest) -> HttpResponse:
    """Units as they stand today: pyramid, phases, role coverage, red flags; and who came and went in the month."""
    choice = _choice(request)
    context = _frame(request, choice, "units") | unit_figures(request, choice)
    context |= {"width": WIDTH, "height": HEIGHT}
    return render(request, "kpi/dashboards/units.html", context)


def value_figures(request: AuthedRequest, choice: Choice) -> dict[str, Any]:
    """Return what the dashboard of value says."""
    whose = selectors_units.whose_units(request.user, choice.holder)
    period = selectors_value.twelve_months(choice)
    sales = selectors_value.sales_by_unit(choice)
    spread = selectors_value.spread_of(sales, whose)
    is_department = choice.holder.kind is Kind.DEPARTMENT
    return {
        "period": period,
        "spread": spread,
        "curve": draw_curve(spread.curve),
        "returns": selectors_value.returns_of(sales, whose, period),
        "budgets": selectors_value.budgets_of(request.user, choice.month) if is_department else [],
        "grid": selectors_value.orders_of(choice, business_date()),
    }


@require_GET
def show_value(request: AuthedRequest) -> HttpResponse:
    """80/20 of the sales, return per unit, use of budgets, months without an order."""
    choice = _choice(request)
    context = _frame(request, choice, "value") | value_figures(request, choice)
    return render(request, "kpi/dashboards/value.html", context)


@require_GET
def download(request: AuthedRequest) -> HttpResponseBase:
    """All three dashboards as one workbook, a sheet for each table."""
    choice = _choice(request)
    figures = month_figures(choice) | unit_figures(request, choice) | value_figures(request, choice)
    sheets = book_of(choice, figures)
    try:
        return send_figures(
            sheets,
            key="kpi.dashboard",
            query=choice.query.lstrip("?"),
            file_format="xlsx",
            by=request.user,
        )
    except BusinessError as error:
        return refused(request, str(error))
