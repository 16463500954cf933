"""The record of a unit: its tabs, its timeline, and editing in place."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.units import registry, selectors, services
from accounts.units.forms import NoteForm, UnitForm, ValueForm
from accounts.units.models import KeyAccount
from accounts.units.permissions import (
    can_add_unit,
    can_change_owner,
    can_change_tier,
    can_edit_unit,
)
from accounts.units.registry import Panel
from accounts.units.tables import UNITS
from accounts.units.terms import FIELD_SPECS, Field
from kam.core.answers import answer_form, renew
from kam.core.asked import FIRST_DAY, LAST_DAY
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.core.forms import add_business_error
from kam.core.htmx import is_htmx, render_page_or_fragment
from kam.lists.http import list_response
from kam.notes.services import add_note
from kam.notes.terms import SourceKey
from kam.users.http import AuthedRequest, require
from kam.users.scopes import Reach, scope_of

RECORD = "accounts/units/record.html"


def unit_or_404(request: AuthedRequest, pk: int) -> KeyAccount:
    """Return a unit whose record this person may open."""
    unit = selectors.unit_seen_by(request.user, pk)
    if unit is None:
        raise Http404
    return unit


@require_GET
def list_units(request: AuthedRequest) -> HttpResponseBase:
    """Units of the person's own scope; whoever has none by position may not open the room at all."""
    require(scope_of(request.user).reach is not Reach.NOTHING)
    context = {
        "can_add": can_add_unit(request.user),
        "buttons": registry.list_actions(request.user),
    }
    return list_response(request, UNITS, page="accounts/units/list.html", context=context)


@require_GET
def show_unit(request: AuthedRequest, pk: int) -> HttpResponse:
    return _tab(request, unit_or_404(request, pk), "overview")


@require_GET
def show_tab(request: AuthedRequest, pk: int, key: str) -> HttpResponse:
    return _tab(request, unit_or_404(request, pk), key)


def _tab(request: AuthedRequest, unit: KeyAccount, key: str) -> HttpResponse:
    panel = registry.panel_of(key)
    if panel is None or panel.place != "tab":
        raise Http404
    context = record_context(request, unit, panel)
    return render_page_or_fragment(request, RECORD, "accounts/units/_tab.html", context)


def record_context(request: AuthedRequest, unit: KeyAccount, panel: Panel) -> dict[str, Any]:
    """Return what head, tabs and the open tab need; htmx asks for the tab alone and gets no head."""
    user = request.user
    if not is_htmx(request):
        registry.read_record(unit, user, panel.key)
    context: dict[str, Any] = {
        "unit": unit,
        "panel": panel,
        "can_edit": can_edit_unit(user, unit),
        **panel.context(unit, user),
    }
    if is_htmx(request):
        return context
    return context | {
        "tabs": registry.tabs_of(unit, user),
        "facts_head": registry.head_facts(unit, user),
        "actions": registry.actions(unit, user),
        "sides": [(p, p.context(unit, user)) for p in registry.panels("side")],
        "can_change_owner": can_change_owner(user, unit),
        "can_change_tier": can_change_tier(user, unit),
        "today": business_date(),
    }


@require_GET
def show_timeline(request: AuthedRequest, pk: int) -> HttpResponse:
    unit = unit_or_404(request, pk)
    before = _moment(request.GET.get("before", "")) or timezone.now()
    kind = request.GET.get("kind", "")
    entries = selectors.timeline_of(unit, request.user, before=before, kind=kind)
    context = {
        "unit": unit,
        "entries": entries,
        "kind": kind,
        "kinds": [(line.kind, line.label) for line in registry.timelines()],
        "is_first": not request.GET.get("before"),
        "earlier": entries[-1].at if len(entries) == selectors.TIMELINE_PAGE else None,
        "note_form": NoteForm(),
        "can_edit": can_edit_unit(request.user, unit),
    }
    return render_page_or_fragment(
        request, "accounts/units/timeline.html", "accounts/units/_timeline.html", context
    )


def _moment(text: str) -> datetime | None:
    try:
        moment = parse_datetime(text.replace(" ", "+"))
    except ValueError:
        return None
    if moment is None or timezone.is_naive(moment) or not FIRST_DAY <= moment.date() <= LAST_DAY:
        return None
    return moment


@require_POST
def write_note(request: AuthedRequest, pk: int) -> HttpResponse:
    unit = unit_or_404(request, pk)
    require(can_edit_unit(request.user, unit))
    form, subject = NoteForm(request.POST), SourceKey.of("accounts.unit", unit.pk, unit.name)

    def act(told: dict[str, Any]) -> None:
        add_note(told["text"], subject=subject, by=request.user)

    if is_htmx(request) and form.is_valid():  # a wait is told beside what was typed
        act(form.cleaned_data)
        request.method = "GET"
        return show_timeline(request, pk)
    return answer_form(request, form, title=_("Note"), back=unit.get_absolute_url(), act=act)


@require_POST
def tick_next_step(request: AuthedRequest, pk: int) -> HttpResponse:
    unit = unit_or_404(request, pk)
    require(can_edit_unit(request.user, unit))
    services.finish_next_step(unit, by=request.user)
    return redirect("unit-value", pk=unit.pk, name="next_step")


@require_http_methods(["GET", "POST"])
def edit_value(request: AuthedRequest, pk: int, name: str) -> HttpResponse:
    """Edit one fact or identity field in place: GET shows its input, `?show` the value, POST saves."""
    unit = unit_or_404(request, pk)
    if name in FIELD_SPECS:
        return _edit_fact(request, unit, Field(name))
    if name not in services.EDITABLE:
        raise Http404
    return _edit_identity(request, unit, name)


def _edit_fact(request: AuthedRequest, unit: KeyAccount, field: Field) -> HttpResponse:
    context: dict[str, Any] = {"unit": unit, "can_edit": can_edit_unit(request.user, unit)}
    if request.method == "GET" and "show" in request.GET:
        return _fact_line(request, unit, field, context)
    require(context["can_edit"])
    form, status = ValueForm(request.POST or None, field=field), 200
    if request.method == "POST":
        status = _save_fact(request, unit, field, form)
        if status == 200:
            return _fact_line(request, unit, field, context) if is_htmx(request) else redirect(unit)
    history = selectors.history_of(unit, field)
    fact = context["fact"] = selectors.fact_in(field, history)
    form.initial = {
        "seen": fact.seen,
        "value": selectors.input_text(field, history[0].value) if history else "",
        "learned_on": business_date(),
    }
    if status == ConflictError.status:
        renew(form, ValueForm(field=field, initial=form.initial))
    context |= {
        "form": form,
        "history": [(row, selectors.value_text(field, row.value)) for row in history],
    }
    return render_page_or_fragment(
        request, "accounts/units/edit_fact.html", "accounts/units/_fact_form.html", context, status=status
    )


def _fact_line(
    request: AuthedRequest, unit: KeyAccount, field: Field, context: dict[str, Any]
) -> HttpResponse:
    return render(request, "accounts/units/_fact.html", context | {"fact": selectors.fact_of(unit, field)})


def _save_fact(request: AuthedRequest, unit: KeyAccount, field: Field, form: ValueForm) -> int:
    if not form.is_valid():
        return 422
    told = form.cleaned_data
    try:
        services.observe(
            unit,
            {field: told["value"]},
            learned_on=told["learned_on"],
            by=request.user,
            seen={field: told["seen"]},
        )
    except BusinessError as error:
        form.add_error("value", str(error))
        return error.status
    return 200


def _edit_identity(request: AuthedRequest, unit: KeyAccount, name: str) -> HttpResponse:
    context: dict[str, Any] = {
        "unit": unit,
        "row": selectors.identity_row(unit, name),
        "can_edit": can_edit_unit(request.user, unit),
    }
    if request.method == "GET" and "show" in request.GET:
        return render(request, "accounts/units/_identity.html", context)
    require(context["can_edit"])
    form = UnitForm(request.POST or None, instance=unit, user=request.user, only=name)
    context["form"] = form
    status = 200
    if request.method == "POST":
        status = _save_identity(request, unit, form)
        unit = unit_or_404(request, unit.pk)
        if status == ConflictError.status:
            renew(form, UnitForm(instance=unit, user=request.user, only=name))
            context["row"] = selectors.identity_row(unit, name)
        if status == 200:
            context |= {"unit": unit, "row": selectors.identity_row(unit, name)}
            return _saved(request, unit, "accounts/units/_identity.html", context)
    return render_page_or_fragment(
        request,
        "accounts/units/edit_identity.html",
        "accounts/units/_identity_form.html",
        context,
        status=status,
    )


def _save_identity(request: AuthedRequest, unit: KeyAccount, form: UnitForm) -> int:
    if not form.is_valid():
        return 422
    try:
        services.edit_unit(
            unit, form.values(), by=request.user, version=form.cleaned_data.get("version") or 0
        )
    except BusinessError as error:
        add_business_error(form, error)
        return error.status
    return 200


def _saved(request: AuthedRequest, unit: KeyAccount, fragment: str, context: dict[str, Any]) -> HttpResponse:
    if is_htmx(request):
        return render(request, fragment, context)
    return redirect(unit)
