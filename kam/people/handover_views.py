"""The handover: one screen lists everything a person holds, says who takes it, and shows what became of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kam.approvals.selectors import request_for
from kam.core.asked import number_in
from kam.core.errors import BusinessError
from kam.core.toasts import toast
from kam.pdf.services import pdf_response
from kam.people.documents import handover_sheet
from kam.people.forms import PrepareForm
from kam.people.models import Handover, HandoverLine
from kam.people.permissions import can_change_handover, can_hand_over, may_prepare
from kam.people.registry import all_holdings
from kam.people.services import handovers
from kam.people.successors import EVERYTHING, PICK, Chosen, draw, name_of, read_successors
from kam.people.terms import HandoverState
from kam.search.forms import Picked, PickInput
from kam.users.http import AuthedRequest, require
from kam.users.models import User


@require_GET
def list_handovers(request: AuthedRequest) -> HttpResponse:
    """Show handovers that concern this person, and whose may be prepared."""
    return _list(request, PrepareForm(user=request.user))


def _list(request: AuthedRequest, form: PrepareForm, *, status: int = 200) -> HttpResponse:
    rows = Handover.objects.visible_to(request.user).select_related("person", "prepared_by")[:100]
    context = {"rows": rows, "form": form if may_prepare(request.user) else None}
    return render(request, "people/handovers.html", context, status=status)


@require_http_methods(["GET", "POST"])
def prepare(request: AuthedRequest) -> HttpResponse:
    """Open the handover of a person; the form stands on the list."""
    require(may_prepare(request.user))
    if request.method == "GET":
        return HttpResponseRedirect(reverse("handovers"))
    form = PrepareForm(request.POST, user=request.user)
    if not form.is_valid():
        return _list(request, form, status=422)
    person = form.cleaned_data["person"]
    require(can_hand_over(request.user, person))
    handover = handovers.prepare_handover(person, by=request.user)
    return HttpResponseRedirect(reverse("handover", args=[handover.pk]))


@require_http_methods(["GET", "POST"])
def show_handover(request: AuthedRequest, pk: int) -> HttpResponse:
    """Show a handover; POST writes who takes what, and sends it off where asked."""
    handover = get_object_or_404(Handover.objects.visible_to(request.user), pk=pk)
    error, status, chosen = "", 200, Chosen()
    held = handovers.held_by(handover.person) if can_change_handover(request.user, handover) else []
    if request.method == "POST":
        require(can_change_handover(request.user, handover))
        chosen = read_successors(request.POST, held, handover.person)
        try:
            if chosen.errors:
                raise BusinessError(_("Some names are not clear yet."), code="names")
            return _save(request, handover, chosen)
        except BusinessError as refusal:
            error, status = str(refusal), refusal.status
            handover.refresh_from_db()
            handover.reason = request.POST.get("reason", "")
            handover.deactivates = request.POST.get("deactivates") == "on"
    context = _context(request, handover, held, chosen.errors) | {"error": error}
    return render(request, "people/handover.html", context, status=status)


def _save(request: AuthedRequest, handover: Handover, chosen: Chosen) -> HttpResponse:
    version = request.POST.get("version", "")
    handover = handovers.save_choice(
        handover,
        handovers.Choice(
            chosen.successors,
            request.POST.get("reason", "").strip(),
            request.POST.get("deactivates") == "on",
        ),
        by=request.user,
        version=number_in(version),
    )
    if "submit" in request.POST:
        handovers.submit_handover(handover, by=request.user)
        toast(request, _("Sent for approval."))
    else:
        toast(request, _("Saved."))
    return HttpResponseRedirect(reverse("handover", args=[handover.pk]))


def _context(
    request: AuthedRequest, handover: Handover, held: Sequence[handovers.Held], errors: Mapping[str, str]
) -> dict[str, Any]:
    lines = list(handover.lines.select_related("successor"))
    return {
        "handover": handover,
        "groups": _groups(request, held, lines, errors),
        "everything": _field(request, EVERYTHING, _("Everything to"), None, errors),
        "kept": _by_kind(lines),
        "approval": request_for(handovers.SUBJECT, handover, reader=request.user),
        "is_open": can_change_handover(request.user, handover),
        "is_done": handover.state == HandoverState.DONE,
    }


def _by_kind(lines: Iterable[HandoverLine]) -> list[tuple[str, list[HandoverLine]]]:
    """Return what was planned under the name of its kind, in the order of the screen."""
    found: dict[str, list[HandoverLine]] = defaultdict(list)
    for line in lines:
        found[line.holding].append(line)
    names = {holding.key: str(holding.label) for holding in all_holdings()}
    return [
        (names.get(key, key), found[key]) for key in [*names, *sorted(found.keys() - names)] if key in found
    ]


def _groups(
    request: AuthedRequest,
    held: Sequence[handovers.Held],
    lines: Sequence[HandoverLine],
    errors: Mapping[str, str],
) -> list[dict[str, Any]]:
    chosen = {(line.holding, line.row): line.successor for line in lines}
    groups = []
    for kind in held:
        key, label = kind.holding.key, str(kind.holding.label)
        rows = [
            {
                "row": row,
                "field": _field(request, name_of(key, row.id), row.label, chosen.get((key, row.id)), errors),
            }
            for row in kind.rows
        ]
        groups.append(
            {
                "holding": kind.holding,
                "field": _field(request, name_of(key), label, None, errors),
                "rows": rows,
            }
        )
    return groups


def _field(
    request: HttpRequest, name: str, label: str, chosen: User | None, errors: Mapping[str, str]
) -> dict[str, Any]:
    """Return one field as the page draws it: what was typed where the page was refused, else who is chosen."""
    typed = (
        PickInput(PICK).value_from_datadict(request.POST, None, name) if request.method == "POST" else None
    )
    above = "" if name == EVERYTHING else _("As above")
    value = typed if isinstance(typed, Picked) else chosen
    error = errors.get(name, "")
    return {"html": draw(name, label, value, placeholder=above, error=error), "error": error}


@require_POST
def cancel(request: AuthedRequest, pk: int) -> HttpResponse:
    """Take a handover back that is being prepared."""
    handover = get_object_or_404(Handover.objects.visible_to(request.user), pk=pk)
    require(can_change_handover(request.user, handover))
    handovers.cancel_handover(handover, by=request.user)
    toast(request, _("Handover cancelled."))
    return HttpResponseRedirect(reverse("handovers"))


@require_GET
def print_sheet(request: AuthedRequest, pk: int) -> HttpResponse:
    """Return the sheet that both sign."""
    handover = get_object_or_404(Handover.objects.visible_to(request.user), pk=pk)
    sheet = handover_sheet(handover, by=request.user)
    return pdf_response(sheet, by=request.user, filename=f"handover-{handover.pk}.pdf")
