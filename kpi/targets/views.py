"""Pages of targets: list, set, one target with its months, ask for a change."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kam.core.answers import answer_form
from kam.core.clock import business_date
from kam.core.errors import BusinessError
from kam.lists.http import list_response
from kam.users.http import AuthedRequest, require
from kpi.measures.holders import team_ids_on
from kpi.measures.registry import measure
from kpi.measures.rules import DEPARTMENT, Holder, year_of
from kpi.measures.terms import Kind, Over, Unit
from kpi.targets import services
from kpi.targets.forms import ChangeForm, TargetForm
from kpi.targets.models import Target
from kpi.targets.permissions import can_ask_change, can_see_targets, can_set_target_of, can_set_targets
from kpi.targets.progress import below, months_of_target, reached_by_day, this_part, weeks_and_days
from kpi.targets.tables import TARGETS

_FORM_METHODS = ["GET", "POST"]


def target_or_404(request: AuthedRequest, pk: int) -> Target:
    """Return a target that this person may read."""
    rows = Target.objects.visible_to(request.user).select_related("person", "team", "unit", "set_by")
    return get_object_or_404(rows, pk=pk)


@require_GET
def list_targets(request: AuthedRequest) -> HttpResponseBase:
    """Targets of the own scope."""
    require(can_see_targets(request.user))
    extra = {"can_set": can_set_targets(request.user)}
    return list_response(request, TARGETS, page="kpi/targets/list.html", context=extra)


@require_http_methods(_FORM_METHODS)
def new(request: AuthedRequest) -> HttpResponse:
    """Set a target of a year; its months are split evenly."""
    require(can_set_targets(request.user))
    form = TargetForm(request.POST or None, user=request.user, initial={"year": business_date().year})

    def act(told: dict[str, Any]) -> str:
        _require_holder(request, told)
        factors = (told["recent"], told["peers"], told["demand"], told["policy"])
        made = services.set_target(
            services.NewTarget(
                told["year"], told["measure"], told["amount"], told["person"], told["team"], told["unit"],
                told["area"], told["product"], factors,
            ),
            by=request.user,
        )  # fmt: skip
        return made.get_absolute_url()

    return answer_form(request, form, title=_("Set a target"), back=TARGETS.url, act=act)


def _require_holder(request: AuthedRequest, told: dict[str, Any]) -> None:
    person, team = told["person"], told["team"]
    holder, teams = DEPARTMENT, tuple[int, ...]()
    if person is not None:
        holder, teams = Holder(Kind.PERSON, (person.pk,)), team_ids_on(person.pk, year_of(business_date()))
    elif team is not None:
        holder = Holder(Kind.TEAM, (team.pk,))
    if not can_set_target_of(request.user, holder, teams):
        field = "person" if person is not None or team is None else "team"
        raise BusinessError(
            _("You set the targets of your teams and their people."), code="not_yours", field=field
        )


@require_GET
def show(request: AuthedRequest, pk: int) -> HttpResponse:
    """A target: months, weeks and days against what was reached; the targets below; changes asked for."""
    target = target_or_404(request, pk)
    told, today = measure(target.measure), business_date()
    is_plain = not (target.unit_id or target.area or target.product)
    is_flow = told.over is Over.FLOW
    days = reached_by_day(target) if is_flow and is_plain else {}
    months = months_of_target(target, days, today if is_plain else date.min)
    now = this_part(months, today)
    weeks, each = weeks_and_days(target, now, days) if now and is_flow and is_plain else ([], [])
    context = {
        "target": target,
        "is_money": told.unit is Unit.MONEY,
        "is_plain": is_plain,
        "months": months,
        "now": now,
        "weeks": weeks,
        "days": each,
        "below": below(target),
        "changes": target.changes.select_related("asked_by"),
        "can_ask": can_ask_change(request.user, target),
    }
    return render(request, "kpi/targets/target.html", context)


@require_http_methods(_FORM_METHODS)
def change(request: AuthedRequest, pk: int) -> HttpResponse:
    """Ask to change a month; the original counts until the manager approves."""
    target = target_or_404(request, pk)
    require(can_ask_change(request.user, target))
    form = ChangeForm(request.POST or None, target=target)

    def act(told: dict[str, Any]) -> None:
        month = date.fromisoformat(told["month"])
        services.ask_change(
            target, month=month, amount=told["amount"], reason=told["reason"], by=request.user
        )

    return answer_form(
        request,
        form,
        title=_("Change: %(name)s") % {"name": target},
        back=target.get_absolute_url(),
        act=act,
        submit=_("Ask for approval"),
    )
