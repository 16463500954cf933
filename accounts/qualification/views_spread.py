"""Pages that look at all units of a person, team or department: pyramid, 80/20, visits against the norm."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.qualification.drawing import draw_curve
from accounts.qualification.forms_spread import WhoseForm
from accounts.qualification.models import TierProposal
from accounts.qualification.selectors_spread import norms_of, pyramid_of, spread_of
from kam.core.clock import business_date
from kam.users.http import AuthedRequest, require
from kam.users.scopes import Reach, scope_of

#: So many units are named below a picture; the list of units has them all.
MOST_NAMED = 100


def _form(request: AuthedRequest) -> WhoseForm:
    require(scope_of(request.user).reach is not Reach.NOTHING)
    return WhoseForm(request.GET or {}, user=request.user)


def _page(request: AuthedRequest, name: str, form: WhoseForm, **context: Any) -> HttpResponse:
    sees_others = scope_of(request.user).reach is not Reach.OWN
    shown = {"form": form, "sees_others": sees_others, "asked": form.asked(), **context}
    return render(request, f"accounts/qualification/{name}.html", shown)


@require_GET
def show_pyramid(request: AuthedRequest) -> HttpResponse:
    """How many units each tier has and what they are worth; each figure opens its rows."""
    form = _form(request)
    waiting = TierProposal.objects.open().filter(unit__in=form.units()).count()
    pyramid = pyramid_of(form.units(), business_date(), form.asked())
    return _page(request, "pyramid", form, pyramid=pyramid, waiting=waiting)


@require_GET
def show_concentration(request: AuthedRequest) -> HttpResponse:
    """The 80/20 curve with its table."""
    form = _form(request)
    spread = spread_of(form.units(), business_date(), most=MOST_NAMED)
    return _page(request, "concentration", form, spread=spread, curve=draw_curve(spread.curve))


@require_GET
def show_norm(request: AuthedRequest) -> HttpResponse:
    """Visits of the last four weeks against what the tiers ask for."""
    form = _form(request)
    norms = norms_of(form.units(), business_date(), form.asked(), most=MOST_NAMED)
    return _page(request, "norm", form, norms=norms, most=MOST_NAMED)
