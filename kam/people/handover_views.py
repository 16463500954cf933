"""The handover: one screen lists everything a person holds, says who takes it, and shows what became of it."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kam.core.asked import number_in
from kam.core.errors import BusinessError
from kam.core.toasts import toast
from kam.pdf.services import pdf_response
from kam.people.documents import handover_sheet
from kam.people.models import Handover
from kam.people.permissions import can_change_handover, can_hand_over
from kam.people.services import handovers
from kam.people.terms import HandoverState
from kam.users.http import AuthedRequest, require
from kam.users.models import User


@require_GET
def list_handovers(request: AuthedRequest) -> HttpResponse:
    """Show handovers that concern this person, and whose may be prepared."""
    people = [
        person
        for person in User.objects.working().order_by("name")
        if request.user.rank >= 0 and can_hand_over(request.user, person)
    ]
    rows = Handover.objects.visible_to(request.user).select_related("person", "prepared_by")[:100]
    return render(request, "people/handovers.html", {"rows": rows, "people": people})


@require_POST
def prepare(request: AuthedRequest) -> HttpResponse:
    """Open the handover of a person."""
    chosen = request.POST.get("person", "")
    person = get_object_or_404(User.objects.working(), pk=number_in(chosen) or 0)
    require(can_hand_over(request.user, person))
    handover = handovers.prepare_handover(person, by=request.user)
    return HttpResponseRedirect(reverse("handover", args=[handover.pk]))


@require_http_methods(["GET", "POST"])
def show_handover(request: AuthedRequest, pk: int) -> HttpResponse:
    """Show a handover; POST writes who takes what, and sends it off where asked."""
    handover = get_object_or_404(Handover.objects.visible_to(request.user), pk=pk)
    error, status = "", 200
    if request.method == "POST":
        require(can_change_handover(request.user, handover))
        try:
            return _save(request, handover)
        except BusinessError as refusal:
            error, status = str(refusal), refusal.status
            handover.refresh_from_db()
    return render(
        request, "people/handover.html", _context(request, handover) | {"error": error}, status=status
    )


def _save(request: AuthedRequest, handover: Handover) -> HttpResponse:
    version = request.POST.get("version", "")
    handover = handovers.save_choice(
        handover,
        handovers.Choice(
            _successors(request, handover),
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


def _successors(request: HttpRequest, handover: Handover) -> dict[tuple[str, str], User]:
    """Return (holding, row) → successor: the row's own choice, else its kind's, else the one for everything."""
    people = {str(user.pk): user for user in User.objects.working().exclude(pk=handover.person_id)}
    found = {}
    for held in handovers.held_by(handover.person):
        key = held.holding.key
        for row in held.rows:
            chosen = (
                request.POST.get(f"row:{key}:{row.id}")
                or request.POST.get(f"kind:{key}")
                or request.POST.get("all", "")
            )
            if chosen in people:
                found[(key, row.id)] = people[chosen]
    return found


def _context(request: AuthedRequest, handover: Handover) -> dict[str, Any]:
    lines = list(handover.lines.select_related("successor"))
    chosen = {(line.holding, line.row): line.successor_id for line in lines}
    is_open = can_change_handover(request.user, handover)
    groups = (
        [
            {
                "holding": held.holding,
                "rows": [{"row": row, "chosen": chosen.get((held.holding.key, row.id))} for row in held.rows],
            }
            for held in handovers.held_by(handover.person)
        ]
        if is_open
        else []
    )
    return {
        "handover": handover,
        "groups": groups,
        "lines": lines,
        "is_open": is_open,
        "is_done": handover.state == HandoverState.DONE,
        "people": User.objects.working().exclude(pk=handover.person_id).order_by("name") if is_open else [],
    }


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
