"""Needs: record one, move one on."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.needs import services
from accounts.needs.forms import MoveNeedForm, NeedForm
from accounts.needs.models import Need
from accounts.needs.terms import NeedKind, NeedState
from accounts.units.permissions import can_edit_unit
from accounts.units.views import unit_or_404
from kam.core.answers import answer_form
from kam.users.http import AuthedRequest, require


@require_http_methods(["GET", "POST"])
def add_need(request: AuthedRequest, unit_pk: int) -> HttpResponse:
    unit = unit_or_404(request, unit_pk)
    require(can_edit_unit(request.user, unit))
    form = NeedForm(request.POST or None, unit=unit)

    def act(told: dict[str, Any]) -> None:
        services.add_need(
            unit,
            told["text"],
            kind=NeedKind(told["kind"]),
            person=told["person"],
            value_amount=told["value_amount"],
            cost_amount=told["cost_amount"],
            by=request.user,
        )

    title = _("Need of %(name)s") % {"name": unit.name}
    return answer_form(request, form, title=title, back=reverse("unit-tab", args=[unit.pk, "needs"]), act=act)


@require_http_methods(["GET", "POST"])
def move_need(request: AuthedRequest, pk: int) -> HttpResponse:
    rows = Need.objects.visible_to(request.user).select_related("unit")
    need = get_object_or_404(rows, pk=pk)
    require(can_edit_unit(request.user, need.unit))

    def form_of(need: Need, data: Any = None) -> MoveNeedForm:
        return MoveNeedForm(data, need=need, initial={"version": need.version, "to": need.state})

    form = form_of(need, request.POST or None)

    def act(told: dict[str, Any]) -> None:
        services.move_need(
            need, NeedState(told["to"]), text=told["text"], version=told["version"] or 0, by=request.user
        )

    back = reverse("unit-tab", args=[need.unit_id, "needs"])
    return answer_form(
        request,
        form,
        title=_("Move the need on"),
        back=back,
        act=act,
        fresh=lambda: form_of(get_object_or_404(rows.all(), pk=pk)),
    )
