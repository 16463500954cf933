"""Pages of complaints: list, record one, its page, move, judge, hand over, print; service after the sale; the report."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.complaints import services
from accounts.complaints.documents import complaint_record, cooperation_report
from accounts.complaints.forms import AssignForm, ComplaintForm, JudgeForm, MoveForm, ServiceForm
from accounts.complaints.labels import STATE_TONES
from accounts.complaints.models import Complaint
from accounts.complaints.permissions import (
    can_handle_complaint,
    can_judge_complaint,
    can_lead_crisis,
    can_record_complaint,
    can_supervise_complaint,
)
from accounts.complaints.registry import complaint_actions, follow_ups
from accounts.complaints.rules import is_overdue
from accounts.complaints.selectors import crisis_of, standing_of
from accounts.complaints.services_service import start_service
from accounts.complaints.tables import COMPLAINTS
from accounts.complaints.terms import COMPLAINT_TRANSITIONS, ComplaintKind, ComplaintState, Severity, Verdict
from accounts.contacts.terms import ContactChannel
from accounts.units.models import KeyAccount
from accounts.units.permissions import can_edit_unit
from accounts.units.views import unit_or_404
from kam.core.answers import answer_form
from kam.core.asked import day_in, number_in
from kam.core.clock import business_date
from kam.core.periods import Period
from kam.lists.http import list_response
from kam.pdf.services import pdf_response
from kam.users.http import AuthedRequest, language_asked, require
from kam.users.scopes import Reach, scope_of

_FORM_METHODS = ["GET", "POST"]


def complaint_or_404(request: AuthedRequest, pk: int) -> Complaint:
    """Return a complaint that this person may open."""
    rows = Complaint.objects.visible_to(request.user).select_related(
        "unit", "unit__owner", "unit__team", "person", "line", "owner", "verdict_by", "by"
    )
    return get_object_or_404(rows, pk=pk)


@require_GET
def list_complaints(request: AuthedRequest) -> HttpResponseBase:
    """Complaints of the units in the own scope, and those one handles."""
    require(scope_of(request.user).reach is not Reach.NOTHING)
    return list_response(request, COMPLAINTS)


@require_http_methods(_FORM_METHODS)
def record(request: AuthedRequest, unit_pk: int) -> HttpResponse:
    """Record a complaint of a unit."""
    unit = unit_or_404(request, unit_pk)
    require(can_record_complaint(request.user, unit))
    initial = {"received_on": business_date(), "owner": unit.owner}
    form = ComplaintForm(request.POST or None, unit=unit, initial=initial)

    def act(told: dict[str, Any]) -> str:
        made = services.record_complaint(unit, _received(told), owner=told["owner"], by=request.user)
        return made.get_absolute_url()

    title = _("Complaint of %(name)s") % {"name": unit.name}
    return answer_form(request, form, title=title, back=complaints_tab(unit), act=act)


def _received(told: dict[str, Any]) -> services.Received:
    return services.Received(
        ComplaintKind(told["kind"]),
        Severity(told["severity"]),
        told["text"],
        ContactChannel(told["channel"]),
        told["received_on"],
        told["person"],
        told["line"],
    )


def complaints_tab(unit: KeyAccount) -> str:
    return reverse("unit-tab", args=[unit.pk, "complaints"])


@require_GET
def show(request: AuthedRequest, pk: int) -> HttpResponse:
    """A complaint: what came in, where it stands, what was done, who may do what next."""
    complaint = complaint_or_404(request, pk)
    user, state, crisis = request.user, ComplaintState(complaint.state), crisis_of(complaint)
    is_open = state is not ComplaintState.CLOSED
    context = {
        "complaint": complaint,
        "crisis": crisis,
        "tone": STATE_TONES[state],
        "is_overdue": is_overdue(standing_of(complaint), complaint.due_on, business_date()),
        "reads_unit": scope_of(user).covers(complaint.unit.owner_id, complaint.unit.team_id),
        "can_move": bool(COMPLAINT_TRANSITIONS.get(state)) and can_handle_complaint(user, complaint),
        "can_judge": is_open and can_judge_complaint(user, complaint),
        "can_assign": is_open and can_supervise_complaint(user, complaint),
        "can_open_crisis": is_open
        and crisis is None
        and complaint.severity == Severity.SEVERE
        and can_supervise_complaint(user, complaint),
        "can_serve": can_edit_unit(user, complaint.unit),
        "reads_crisis": crisis is not None
        and (can_lead_crisis(user, crisis) or can_handle_complaint(user, complaint)),
        "follow_ups": follow_ups(complaint, user),
        "actions": complaint_actions(complaint, user),
        "rounds": complaint.service_rounds.all(),
    }
    return render(request, "accounts/complaints/complaint.html", context)


@require_http_methods(_FORM_METHODS)
def move(request: AuthedRequest, pk: int) -> HttpResponse:
    """Move a complaint on, or back."""
    complaint = complaint_or_404(request, pk)
    require(can_handle_complaint(request.user, complaint))

    def form_of(row: Complaint, data: Any = None) -> MoveForm:
        return MoveForm(data, complaint=row, initial={"version": row.version})

    def act(told: dict[str, Any]) -> None:
        services.move_complaint(
            complaint,
            ComplaintState(told["to"]),
            text=told["text"],
            version=told["version"] or 0,
            by=request.user,
        )

    return answer_form(
        request,
        form_of(complaint, request.POST or None),
        title=_("Move on: %(number)s") % {"number": complaint.number},
        back=complaint.get_absolute_url(),
        act=act,
        fresh=lambda: form_of(complaint_or_404(request, pk)),
    )


@require_http_methods(_FORM_METHODS)
def judge(request: AuthedRequest, pk: int) -> HttpResponse:
    """Say whether the complaint is valid."""
    complaint = complaint_or_404(request, pk)
    require(can_judge_complaint(request.user, complaint))

    def form_of(row: Complaint, data: Any = None) -> JudgeForm:
        initial = {"version": row.version, "verdict": row.verdict, "reason": row.verdict_reason}
        return JudgeForm(data, initial=initial)

    def act(told: dict[str, Any]) -> None:
        services.judge_complaint(
            complaint,
            Verdict(told["verdict"]),
            reason=told["reason"],
            version=told["version"] or 0,
            by=request.user,
        )

    return answer_form(
        request,
        form_of(complaint, request.POST or None),
        title=_("Judge: %(number)s") % {"number": complaint.number},
        back=complaint.get_absolute_url(),
        act=act,
        fresh=lambda: form_of(complaint_or_404(request, pk)),
    )


@require_http_methods(_FORM_METHODS)
def assign(request: AuthedRequest, pk: int) -> HttpResponse:
    """Give the complaint to somebody else."""
    complaint = complaint_or_404(request, pk)
    require(can_supervise_complaint(request.user, complaint))

    def form_of(row: Complaint, data: Any = None) -> AssignForm:
        return AssignForm(data, initial={"version": row.version, "owner": row.owner})

    def act(told: dict[str, Any]) -> None:
        services.assign_complaint(
            complaint,
            told["owner"],
            reason=told["reason"],
            version=told["version"] or 0,
            by=request.user,
        )

    return answer_form(
        request,
        form_of(complaint, request.POST or None),
        title=_("Hand over: %(number)s") % {"number": complaint.number},
        back=complaint.get_absolute_url(),
        act=act,
        fresh=lambda: form_of(complaint_or_404(request, pk)),
    )


@require_http_methods(_FORM_METHODS)
def serve(request: AuthedRequest, unit_pk: int) -> HttpResponse:
    """Start the checklist of service after the sale; `?complaint=` names the complaint it follows."""
    unit = unit_or_404(request, unit_pk)
    require(can_edit_unit(request.user, unit))
    asked = number_in(request.GET.get("complaint", ""))
    complaint = Complaint.objects.filter(unit=unit, pk=asked).first() if asked is not None else None
    occasion = _("After complaint %(number)s") % {"number": complaint.number} if complaint else ""
    form = ServiceForm(request.POST or None, initial={"occasion": occasion, "assignee": unit.owner})

    def act(told: dict[str, Any]) -> None:
        start_service(unit, told["occasion"], assignee=told["assignee"], complaint=complaint, by=request.user)

    title = _("Service after the sale: %(name)s") % {"name": unit.name}
    back = complaint.get_absolute_url() if complaint else complaints_tab(unit)
    return answer_form(request, form, title=title, back=back, act=act, submit=_("Make the tasks"))


@require_GET
def print_record(request: AuthedRequest, pk: int) -> HttpResponse:
    """The complaint record as a PDF."""
    complaint = complaint_or_404(request, pk)
    sheet = complaint_record(complaint, language=language_asked(request))
    return pdf_response(sheet, by=request.user, filename=f"{complaint.number}.pdf")


@require_GET
def print_report(request: AuthedRequest, unit_pk: int) -> HttpResponse:
    """The cooperation evaluation report of a period, by default of this year so far."""
    unit = unit_or_404(request, unit_pk)
    today = business_date()
    last = min(day_in(request.GET.get("until")) or today, today)
    first = min(day_in(request.GET.get("from")) or last.replace(month=1, day=1), last)
    sheet = cooperation_report(unit, Period(first, last), language=language_asked(request))
    return pdf_response(sheet, by=request.user, filename=f"cooperation-{unit.pk}.pdf")
