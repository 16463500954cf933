"""Pages of competition: the product chart of a unit, saying who supplies a line."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.competition.documents import chart_sheet, drawn_chart
from accounts.competition.forms import PositionForm
from accounts.competition.models import ProductLine, ProductPosition
from accounts.competition.selectors import chart_of, competitors_seen, rival_file
from accounts.competition.services import learn_position
from accounts.competition.tables import POSITIONS
from accounts.competition.terms import TEXTS, Supply
from accounts.units.permissions import can_edit_unit
from accounts.units.views import unit_or_404
from kam.core.answers import answer_form
from kam.core.asked import day_in
from kam.core.clock import business_date
from kam.lists.http import list_response
from kam.pdf.services import pdf_response
from kam.users.http import AuthedRequest, language_asked, require
from kam.users.scopes import Reach, scope_of


@require_GET
def list_positions(request: AuthedRequest) -> HttpResponseBase:
    """Every competitor with the units it supplies, as far as the person's own scope reaches."""
    require(scope_of(request.user).reach is not Reach.NOTHING)
    return list_response(request, POSITIONS)


@require_GET
def show_competitor(request: AuthedRequest, pk: int) -> HttpResponse:
    """One competitor: where it sits, with what, and where somebody won or lost, as far as one's own units know."""
    require(scope_of(request.user).reach is not Reach.NOTHING)
    competitor = get_object_or_404(competitors_seen(request.user), pk=pk)
    context = {"competitor": competitor, "file": rival_file(competitor, request.user)}
    return render(request, "accounts/competition/competitor.html", context)


@require_GET
def show_chart(request: AuthedRequest, unit_pk: int) -> HttpResponse:
    """The product chart as known on a day."""
    unit = unit_or_404(request, unit_pk)
    day = _day(request)
    chart = chart_of(unit, day)
    context = {
        "unit": unit,
        "chart": chart,
        "drawn": drawn_chart(chart) if chart.rows else None,
        "can_edit": day == business_date() and can_edit_unit(request.user, unit),
    }
    return render(request, "accounts/competition/chart.html", context)


def _day(request: AuthedRequest) -> date:
    return min(day_in(request.GET.get("on")) or business_date(), business_date())


@require_GET
def print_chart(request: AuthedRequest, unit_pk: int) -> HttpResponse:
    """The product chart of a day as a PDF."""
    unit, day = unit_or_404(request, unit_pk), _day(request)
    sheet = chart_sheet(unit, chart_of(unit, day), language=language_asked(request))
    return pdf_response(sheet, by=request.user, filename=f"{unit.file_number or unit.pk}-products-{day}.pdf")


@require_http_methods(["GET", "POST"])
def learn(request: AuthedRequest, unit_pk: int, code: str) -> HttpResponse:
    """Say who supplies one line; the row seen goes along, so that nobody overwrites what they did not see."""
    unit = unit_or_404(request, unit_pk)
    require(can_edit_unit(request.user, unit))
    line = get_object_or_404(ProductLine.objects.in_force(), code=code)
    latest = (
        ProductPosition.objects.filter(unit=unit, line=line).current().select_related("competitor").first()
    )
    form = PositionForm(request.POST or None, initial=_initial(latest))

    def act(told: dict[str, Any]) -> None:
        learn_position(
            unit,
            line,
            form.position(),
            by=request.user,
            seen=told["seen"],
            learned_on=told["learned_on"],
            texts=form.texts(),
        )

    title = _("%(unit)s: %(line)s") % {"unit": unit.name, "line": line}
    return answer_form(request, form, title=title, back=reverse("unit-products", args=[unit.pk]), act=act)


def _initial(latest: ProductPosition | None) -> dict[str, Any]:
    if latest is None:
        return {"supply": Supply.UNKNOWN.value, "learned_on": business_date()}
    names = ("supply", "share_percent", "contract_ends_on", "value_amount", *TEXTS)
    return {
        **{name: getattr(latest, name) for name in names},
        "competitor": latest.competitor.name if latest.competitor else "",
        "seen": latest.pk,
        "learned_on": business_date(),
    }
