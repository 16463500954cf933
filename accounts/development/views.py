"""The board of phases, moving a unit on it, the unit's own page of phases and steps, and its SWOT."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.development import services
from accounts.development.forms import MoveForm, SwotForm
from accounts.development.labels import CHECK_LABELS, PHASE_WORK
from accounts.development.permissions import can_move_phase, can_override_phase, can_see_phases
from accounts.development.pipelines import PIPELINES
from accounts.development.rules.phases import ENTRY
from accounts.development.rules.steps import STEP_CHECKS
from accounts.development.selectors.board import BoardAsked, board_of, more_cards
from accounts.development.selectors.facts import rivals_told, swot_on
from accounts.development.selectors.record import changes_of, shown_swot, standing_of, steps_shown
from accounts.development.services import ConditionsMissingError
from accounts.development.telling import Sentence, sentences
from accounts.units.labels import PHASE_LABELS, STEP_LABELS
from accounts.units.models import KeyAccount
from accounts.units.permissions import can_edit_unit
from accounts.units.terms import Phase
from accounts.units.views import unit_or_404
from kam.core.answers import answer_form
from kam.core.asked import day_in
from kam.core.clock import business_date
from kam.core.errors import BusinessError
from kam.core.htmx import is_htmx, render_page_or_fragment
from kam.core.toasts import toast, toast_fragment
from kam.users.http import AuthedRequest, require

PAGE, FRAGMENT = "accounts/development/board.html", "accounts/development/_board.html"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A move that was not made: why, what was missing, and what may be done about it."""

    unit: KeyAccount
    phase_label: Any
    to: Phase
    to_label: Any
    message: str
    seen: int
    conditions: list[Sentence]
    needs_reason: bool
    may_override: bool
    reason: str

    @property
    def missing(self) -> int:
        return sum(condition.is_missing for condition in self.conditions)


@require_GET
def show_board(request: AuthedRequest) -> HttpResponse:
    """All units of the own scope in seven columns; htmx asks for the next cards of one column."""
    require(can_see_phases(request.user))
    asked = BoardAsked.of(request.GET)
    if is_htmx(request) and asked.after is not None:
        context = {"column": more_cards(request.user, asked), "asked": asked}
        return render(request, "accounts/development/_cards.html", context)
    return render_page_or_fragment(request, PAGE, FRAGMENT, _board(request, asked))


def _board(request: AuthedRequest, asked: BoardAsked, refusal: Refusal | None = None) -> dict[str, Any]:
    return {"board": board_of(request.user, asked), "asked": asked, "refusal": refusal}


@require_POST
def move(request: AuthedRequest, unit_pk: int) -> HttpResponse:
    """Move a unit: a dropped card is answered with the board, the form of the record with the record."""
    unit = unit_or_404(request, unit_pk)
    require(can_move_phase(request.user, unit))
    form = MoveForm(request.POST)
    asked = BoardAsked.of(QueryDict(request.POST.get("within", "")[:300]))
    if not form.is_valid():
        return HttpResponse(_("This is no phase."), status=422, content_type="text/plain; charset=utf-8")
    told = form.cleaned_data
    require(not told["override"] or can_override_phase(request.user, unit))
    try:
        services.move_phase(
            unit,
            to=told["to"],
            by=request.user,
            seen=told["seen"],
            reason=told["reason"],
            is_override=told["override"],
        )
    except BusinessError as error:
        return _refused(request, unit, told, asked, error)
    done = _("%(unit)s is in phase %(n)s now.") % {"unit": unit.name, "n": int(told["to"])}
    if is_htmx(request):
        shown = _board(request, replace(asked, phase=told["to"], after=None))
        return toast_fragment(render(request, FRAGMENT, shown), done)
    toast(request, done)
    if "within" in request.POST:
        return redirect(f"{reverse('phases')}?{asked.address(phase=str(int(told['to'])))}")
    return redirect("unit-tab", pk=unit.pk, key="development")


def _refused(
    request: AuthedRequest, unit: KeyAccount, told: dict[str, Any], asked: BoardAsked, error: BusinessError
) -> HttpResponse:
    """Answer 422 or 409 with the board (or the record's page) as it is now, and the reason beside it."""
    now = unit_or_404(request, unit.pk)
    standing = standing_of(now)
    findings = error.findings if isinstance(error, ConditionsMissingError) else ()
    refusal = Refusal(
        now,
        standing.label,
        told["to"],
        PHASE_LABELS[told["to"]],
        str(error),
        standing.seen,
        sentences(findings, unit.pk),
        error.field == "reason" and not told["override"],
        bool(findings or told["override"]) and can_override_phase(request.user, now),
        told["reason"],
    )
    if is_htmx(request) or "within" in request.POST:
        context = _board(request, replace(asked, phase=standing.phase, after=None), refusal)
        return render_page_or_fragment(request, PAGE, FRAGMENT, context, status=error.status)
    context = _unit_context(request, now) | {"refusal": refusal}
    return render(request, "accounts/development/unit.html", context, status=error.status)


def _unit_context(request: AuthedRequest, unit: KeyAccount) -> dict[str, Any]:
    today = business_date()
    day = min(day_in(request.GET.get("on")) or today, today)
    return {
        "unit": unit,
        "standing": standing_of(unit),
        "steps": steps_shown(unit, day),
        "day": day,
        "today": today,
        "swot": shown_swot(unit, day),
        "changes": changes_of(unit)[:50],
        "can_move": can_move_phase(request.user, unit),
        "can_edit": can_edit_unit(request.user, unit),
    }


@require_GET
def show_unit(request: AuthedRequest, unit_pk: int) -> HttpResponse:
    """Phase, conditions, steps as of any day, SWOT and history of one unit."""
    unit = unit_or_404(request, unit_pk)
    return render(request, "accounts/development/unit.html", _unit_context(request, unit))


@require_http_methods(["GET", "POST"])
def edit_swot(request: AuthedRequest, unit_pk: int) -> HttpResponse:
    """Write the four lists anew; what is known of competitors stands beside them."""
    unit = unit_or_404(request, unit_pk)
    require(can_edit_unit(request.user, unit))

    def form_of(data: Any = None) -> SwotForm:
        begin, today = SwotForm.begin, business_date()
        return SwotForm(data, initial=begin(swot_on(unit, today)), rivals=rivals_told(unit, today))

    form = form_of(request.POST or None)

    def act(told: dict[str, Any]) -> None:
        services.write_swot(unit, form.lists(), by=request.user, revision=told["seen"])

    return answer_form(
        request,
        form,
        title=_("SWOT of %(name)s") % {"name": unit.name},
        back=reverse("unit-development", args=[unit.pk]),
        act=act,
        template="accounts/development/swot.html",
        fresh=form_of,
    )


@require_GET
def show_help(request: AuthedRequest) -> HttpResponse:
    """What phases and steps ask, and the other lists of steps as texts to think with."""
    require(can_see_phases(request.user))
    context = {
        "phases": [
            (int(p), PHASE_LABELS[p], PHASE_WORK[p], [CHECK_LABELS[c] for c in ENTRY[p]]) for p in Phase
        ],
        "steps": [(n, STEP_LABELS[n], [CHECK_LABELS[c] for c in asks]) for n, asks in STEP_CHECKS.items()],
        "pipelines": PIPELINES,
    }
    return render(request, "accounts/development/help.html", context)
