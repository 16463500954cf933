"""Pages of personnel proposals. Whoever may not read a proposal gets what an absent one gets."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kam.approvals.selectors import request_for
from kam.core.answers import answer_form
from kam.core.asked import number_in
from kam.core.errors import BusinessError
from kam.core.toasts import toast
from kam.files.forms import FileForm
from kam.files.http import take_file
from kam.lists.http import list_response
from kam.pdf.services import pdf_response
from kam.personnel import services
from kam.personnel.documents import proposal_sheet
from kam.personnel.forms import CommentForm, ProposalForm
from kam.personnel.labels import KIND_LABELS
from kam.personnel.models import Proposal
from kam.personnel.permissions import can_comment, can_edit_proposal, can_propose, can_read_register
from kam.personnel.selectors import FILES, evidence_of
from kam.personnel.tables import PROPOSALS
from kam.personnel.terms import Kind
from kam.users.http import AuthedRequest, language_asked, require

_FORM = ["GET", "POST"]


def _proposal(request: AuthedRequest, pk: int) -> Proposal:
    rows = Proposal.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("person", "proposed_by", "decided_by"), pk=pk)


@require_GET
def list_proposals(request: AuthedRequest) -> HttpResponseBase:
    require(can_read_register(request.user))
    kinds = list(KIND_LABELS.items()) if can_propose(request.user) else []
    return list_response(request, PROPOSALS, page="personnel/list.html", context={"kinds": kinds})


@require_http_methods(_FORM)
def draft(request: AuthedRequest, kind: str) -> HttpResponse:
    """Write a proposal of one kind."""
    require(can_propose(request.user))
    if kind not in set(Kind):
        raise Http404
    form = ProposalForm(request.POST or None, kind=Kind(kind), user=request.user)

    def act(_told: dict[str, Any]) -> str:
        return services.draft_proposal(Kind(kind), form.told(), by=request.user).get_absolute_url()

    title = _("Personnel proposal: %(kind)s") % {"kind": KIND_LABELS[Kind(kind)]}
    return answer_form(request, form, title=title, back=reverse("personnel-proposals"), act=act, hint=_hint())


@require_http_methods(_FORM)
def change(request: AuthedRequest, pk: int) -> HttpResponse:
    proposal = _proposal(request, pk)
    require(can_edit_proposal(request.user, proposal))
    initial = {name: getattr(proposal, name) for name in services.FIELDS}
    initial |= {"version": proposal.version, "unit": proposal.unit_id}
    kind = Kind(proposal.kind)
    form = ProposalForm(request.POST or None, kind=kind, user=request.user, initial=initial)

    def act(told: dict[str, Any]) -> str:
        services.change_proposal(proposal, form.told(), by=request.user, version=told["version"])
        return proposal.get_absolute_url()

    title = _("Change %(number)s") % {"number": proposal}
    back = proposal.get_absolute_url()
    return answer_form(request, form, title=title, back=back, act=act, hint=_hint())


def _hint() -> str:
    return _(
        "Confidential: read by the director, HR and the general manager; by the person once it is decided."
    )


def _page(request: AuthedRequest, proposal: Proposal, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {
        "proposal": proposal,
        "files": evidence_of(proposal),
        "file_form": FileForm(),
        "comment_form": CommentForm(),
        "approval": request_for(services.SUBJECT, proposal, reader=request.user),
        "can_edit": can_edit_proposal(request.user, proposal),
        "can_comment": can_comment(request.user, proposal),
        "can_read": can_read_register(request.user),
        "hint": _hint(),
    }
    return render(request, "personnel/proposal.html", context | more, status=status)


@require_GET
def show_proposal(request: AuthedRequest, pk: int) -> HttpResponse:
    return _page(request, _proposal(request, pk))


@require_POST
def hand_in(request: AuthedRequest, pk: int) -> HttpResponse:
    return _acted(request, pk, services.hand_in, _("Handed in."))


@require_POST
def give_up(request: AuthedRequest, pk: int) -> HttpResponse:
    return _acted(request, pk, services.give_up, _("Given up."))


def _acted(request: AuthedRequest, pk: int, act: Callable[..., object], done: str) -> HttpResponse:
    proposal = _proposal(request, pk)
    require(can_edit_proposal(request.user, proposal))
    try:
        act(proposal, by=request.user, version=number_in(request.POST.get("version")))
    except BusinessError as error:
        toast(request, error, level=messages.ERROR)
        return redirect(proposal)
    toast(request, done)
    return redirect(proposal)


@require_POST
def add_file(request: AuthedRequest, pk: int) -> HttpResponse:
    """Add a piece of evidence, as long as the proposal is not handed in."""
    proposal = _proposal(request, pk)
    require(can_edit_proposal(request.user, proposal))
    form, status = take_file(request, FILES, proposal.pk)
    if status == 302:
        return redirect(proposal)
    return _page(request, proposal, status=status, file_form=form)


@require_POST
def comment(request: AuthedRequest, pk: int) -> HttpResponse:
    """Take the one comment of the person."""
    proposal = _proposal(request, pk)
    require(can_comment(request.user, proposal))
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _page(request, proposal, status=422, comment_form=form)
    try:
        services.comment_once(proposal, form.cleaned_data["comment"], by=request.user)
    except BusinessError as error:
        form.add_error("comment", str(error))
        return _page(request, proposal, status=error.status, comment_form=form)
    toast(request, _("Saved."))
    return redirect(proposal)


@require_GET
def print_proposal(request: AuthedRequest, pk: int) -> HttpResponse:
    proposal = _proposal(request, pk)
    sheet = proposal_sheet(proposal, language=language_asked(request))
    return pdf_response(sheet, by=request.user, filename=f"{proposal}.pdf")
