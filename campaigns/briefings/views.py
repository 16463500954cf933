"""Pages of briefings: the list, asking, one briefing, preparing it, calling it off, counting it, the papers."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.units.views import unit_or_404
from campaigns.briefings import permissions, services
from campaigns.briefings.documents import attendance_sheet, plan_sheet
from campaigns.briefings.forms import AskForm, CancelForm, CountForm, PrepareForm
from campaigns.briefings.models import Briefing
from campaigns.briefings.rules import is_named
from campaigns.briefings.selectors import (
    came_of,
    returned_on,
    statistics,
    steps_of,
    takes_part,
    warnings_of,
)
from campaigns.briefings.tables import BRIEFINGS
from campaigns.briefings.terms import BOOKED, NAMED, STATE_TONES, BriefingState, StaffRole, Step
from campaigns.materials.models import Material
from campaigns.prospects.labels import INTENTION_LABELS
from campaigns.prospects.terms import INTENTION_TONES
from kam.approvals.selectors import request_for
from kam.core.answers import answer_form, refused
from kam.core.asked import number_in
from kam.core.clock import department_zone
from kam.core.errors import BusinessError
from kam.core.toasts import toast
from kam.lists.http import list_response
from kam.pdf.services import pdf_response
from kam.users.http import AuthedRequest, language_asked, require
from kam.users.models import User


@require_GET
def list_briefings(request: AuthedRequest) -> HttpResponseBase:
    """Briefings of the units that one sees, and those in which one takes part."""
    require(permissions.can_see_briefings(request.user))
    return list_response(request, BRIEFINGS)


def briefing_or_404(request: AuthedRequest, pk: int) -> Briefing:
    """Return a briefing that the person may see."""
    rows = Briefing.objects.visible_to(request.user)
    return get_object_or_404(
        rows.select_related("unit", "campaign", "contact", "line__budget", "asked_by", "owner"), pk=pk
    )


@require_http_methods(["GET", "POST"])
def ask_briefing(request: AuthedRequest, unit_pk: int) -> HttpResponse:
    """Ask for a briefing at the unit."""
    unit = unit_or_404(request, unit_pk)
    require(permissions.can_ask_briefing(request.user, unit))
    form = AskForm(request.POST or None, unit=unit, user=request.user)

    def act(_told: dict[str, Any]) -> str:
        return services.ask_briefing(form.asked(), by=request.user).get_absolute_url()

    return answer_form(
        request,
        form,
        title=_("Product briefing at %(unit)s") % {"unit": unit.name},
        back=unit.get_absolute_url(),
        act=act,
        submit=_("Hand in"),
        done=_("Handed in for approval."),
    )


@require_http_methods(["GET", "POST"])
def edit_briefing(request: AuthedRequest, pk: int) -> HttpResponse:
    """Write a returned request anew and hand it in again."""
    row = briefing_or_404(request, pk)
    require(permissions.can_edit_briefing(request.user, row))
    kept = [name for name in AskForm.base_fields if name not in {"day", "start", "end"}]
    start, end = (localtime(at, department_zone()) for at in (row.starts_at, row.ends_at))
    initial = {name: getattr(row, name) for name in kept}
    initial |= {"day": start.date(), "start": start.time(), "end": end.time()}
    form = AskForm(request.POST or None, unit=row.unit, user=request.user, initial=initial)

    def act(told: dict[str, Any]) -> None:
        services.ask_again(row, form.asked(), by=request.user, version=told["version"] or 0)

    return answer_form(
        request,
        form,
        title=str(row),
        back=row.get_absolute_url(),
        act=act,
        submit=_("Hand in again"),
        done=_("Handed in for approval."),
    )


@require_GET
def show_briefing(request: AuthedRequest, pk: int) -> HttpResponse:
    """One briefing: what was asked, who and what takes part, the seven steps, who came, the statistics."""
    row = briefing_or_404(request, pk)
    people = list(row.attendees.select_related("person", "prospect"))
    came = came_of(people)
    told = statistics(row, came)
    context = {
        "briefing": row,
        "tone": STATE_TONES[BriefingState(row.state)],
        "steps": steps_of(row, came),
        "people": people,
        "told": told,
        "intentions": [
            (INTENTION_LABELS[one], INTENTION_TONES[one], n) for one, n in told.by_intention.items()
        ],
        "returned": returned_on(row) if told.returns else None,
        "staff": list(row.staff.all()),
        "items": list(row.items.select_related("material", "resource")),
        "warnings": warnings_of(row),
        "decision": request_for(services.SUBJECT, row, reader=request.user),
        **_rights(request.user, row),
    }
    return render(request, "campaigns/briefings/briefing.html", context)


def _rights(user: User, row: Briefing) -> dict[str, bool]:
    return {
        "can_edit": permissions.can_edit_briefing(user, row),
        "can_prepare": permissions.can_prepare_briefing(user, row),
        "can_step": permissions.can_step_briefing(user, row),
        "can_cancel": permissions.can_cancel_briefing(user, row),
        "can_take_down": permissions.can_take_down(user, row, takes_part=takes_part(user, row)),
    }


@require_http_methods(["GET", "POST"])
def prepare_briefing(request: AuthedRequest, pk: int) -> HttpResponse:
    """Reserve people, things and materials."""
    row = briefing_or_404(request, pk)
    require(permissions.can_prepare_briefing(request.user, row))
    form = PrepareForm(request.POST or None, briefing=row, initial=_known(row))

    def act(told: dict[str, Any]) -> None:
        services.prepare_briefing(row, form.prepared(), by=request.user, version=told["version"])

    title = _("Reserve for the briefing %(number)s") % {"number": row.number}
    back = row.get_absolute_url()
    return answer_form(
        request, form, title=title, back=back, act=act, submit=_("Reserve"), done=_("Reserved.")
    )


def _known(row: Briefing) -> dict[str, Any]:
    """Return what is reserved, or what a briefing takes by default with the lines of the bill that look like it."""
    told: dict[str, Any] = {"version": row.version, "sales": [row.owner_id], "presenter": row.owner_id}
    for item in row.items.all():
        told[f"n_{item.kind}"] = item.quantity
        told[f"from_{item.kind}"] = item.material_id or item.resource_id
    if row.state == BriefingState.APPROVED:
        return told | _recognised(row)
    staff = list(row.staff.all())
    told["sales"] = [one.person_id for one in staff if one.role == StaffRole.SALES]
    told["presenter"] = next((one.person_id for one in staff if one.presents), None)
    for one in staff:
        if one.role != StaffRole.SALES:
            told[one.role] = one.person_id
            told[f"name_{one.role}"] = "" if one.person_id else one.name
    return told


def _recognised(row: Briefing) -> dict[str, int]:
    found = {}
    stock = list(Material.objects.filter(campaign=row.campaign).stocked().order_by("place"))
    for kind in NAMED.keys() - BOOKED.keys():
        line = next((one for one in stock if is_named(kind, one.name) and one.stock), None)  # type: ignore[attr-defined]  # by stocked()
        if line is not None and row.items.filter(kind=kind, quantity__isnull=False).exists():
            found[f"from_{kind}"] = line.pk
    return found


@require_http_methods(["GET", "POST"])
def cancel_briefing(request: AuthedRequest, pk: int) -> HttpResponse:
    """It does not take place."""
    row = briefing_or_404(request, pk)
    require(permissions.can_cancel_briefing(request.user, row))
    form = CancelForm(request.POST or None)

    def act(told: dict[str, Any]) -> None:
        services.cancel_briefing(row, reason=told["reason"], by=request.user)

    title = _("Call off the briefing %(number)s") % {"number": row.number}
    return answer_form(request, form, title=title, back=row.get_absolute_url(), act=act)


@require_POST
def step(request: AuthedRequest, pk: int) -> HttpResponse:
    """Tick the next step, or take the last one back."""
    row = briefing_or_404(request, pk)
    require(permissions.can_step_briefing(request.user, row))
    number, version = number_in(request.POST.get("step")), number_in(request.POST.get("version")) or 0
    try:
        if request.POST.get("undo") == "1":
            services.undo_step(row, by=request.user, version=version)
        elif number in set(Step):
            services.do_step(row, Step(number), by=request.user, version=version)
    except BusinessError as error:
        return refused(request, error, back=row.get_absolute_url())
    toast(request, _("Saved."))
    return redirect(row.get_absolute_url())


@require_http_methods(["GET", "POST"])
def count_briefing(request: AuthedRequest, pk: int) -> HttpResponse:
    """Step 6: what is left, what it cost, what the figures say."""
    row = briefing_or_404(request, pk)
    require(permissions.can_step_briefing(request.user, row))
    initial = {"version": row.version, "amount": row.estimate_amount}
    form = CountForm(request.POST or None, briefing=row, initial=initial)

    def act(told: dict[str, Any]) -> None:
        services.count_briefing(row, form.counted(), by=request.user, version=told["version"])

    title = _("Count the briefing %(number)s") % {"number": row.number}
    return answer_form(request, form, title=title, back=row.get_absolute_url(), act=act)


@require_GET
def print_plan(request: AuthedRequest, pk: int) -> HttpResponse:
    """The plan as a form to be signed."""
    row = briefing_or_404(request, pk)
    sheet = plan_sheet(row, language=language_asked(request))
    return pdf_response(sheet, by=request.user, filename=f"{row.number}.pdf")


@require_GET
def print_attendance(request: AuthedRequest, pk: int) -> HttpResponse:
    """Who came, or the empty form."""
    row = briefing_or_404(request, pk)
    sheet = attendance_sheet(row, by=request.user, language=language_asked(request))
    return pdf_response(sheet, by=request.user, filename=f"{sheet.number}.pdf")
