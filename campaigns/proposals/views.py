"""Pages of proposals: the list, one proposal with its versions, a new version, presenting, the answer."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.units.views import unit_or_404
from campaigns.proposals import permissions, services
from campaigns.proposals.forms import AnswerForm, PresentForm, ProposalForm, VersionForm
from campaigns.proposals.models import Presentation, Proposal, ProposalVersion
from campaigns.proposals.tables import PROPOSALS
from campaigns.proposals.terms import STATE_TONES, ProposalState
from kam.core.answers import answer_form
from kam.lists.http import list_response
from kam.users.http import AuthedRequest, require


@require_GET
def list_proposals(request: AuthedRequest) -> HttpResponseBase:
    """Proposals to the units that one sees."""
    require(permissions.can_see_proposals(request.user))
    return list_response(request, PROPOSALS)


def proposal_or_404(request: AuthedRequest, pk: int) -> Proposal:
    """Return a proposal that the person may see."""
    rows = Proposal.objects.visible_to(request.user).select_related("unit", "campaign", "by")
    return get_object_or_404(rows, pk=pk)


@require_GET
def show_proposal(request: AuthedRequest, pk: int) -> HttpResponse:
    """One proposal: every version with its file, every presentation, the answer."""
    row = proposal_or_404(request, pk)
    shown = Presentation.objects.filter(version__proposal=row).select_related("version", "by")
    context = {
        "proposal": row,
        "tone": STATE_TONES[ProposalState(row.state)],
        "versions": row.versions.select_related("file", "by"),
        "presentations": shown.prefetch_related("persons"),
        "can_write": permissions.can_write_proposal(request.user, row),
        "can_answer": permissions.can_answer_proposal(request.user, row),
    }
    return render(request, "campaigns/proposals/proposal.html", context)


@require_http_methods(["GET", "POST"])
def new_proposal(request: AuthedRequest, unit_pk: int) -> HttpResponse:
    """Write a proposal to the unit."""
    unit = unit_or_404(request, unit_pk)
    require(permissions.can_propose(request.user, unit))
    form = ProposalForm(request.POST or None, request.FILES or None)

    def act(told: dict[str, Any]) -> str:
        return services.open_proposal(unit, by=request.user, **told).get_absolute_url()

    title = _("Proposal to %(unit)s") % {"unit": unit.name}
    return answer_form(request, form, title=title, back=unit.get_absolute_url(), act=act)


@require_http_methods(["GET", "POST"])
def add_version(request: AuthedRequest, pk: int) -> HttpResponse:
    """Write the next version."""
    row = proposal_or_404(request, pk)
    require(permissions.can_write_proposal(request.user, row))
    form = VersionForm(request.POST or None, request.FILES or None, initial={"version": row.version})

    def act(told: dict[str, Any]) -> None:
        services.add_version(row, by=request.user, **told)

    title = _("Next version of %(proposal)s") % {"proposal": row.title}
    return answer_form(request, form, title=title, back=row.get_absolute_url(), act=act)


@require_http_methods(["GET", "POST"])
def present(request: AuthedRequest, pk: int) -> HttpResponse:
    """A version was presented."""
    rows = ProposalVersion.objects.filter(proposal__in=Proposal.objects.visible_to(request.user))
    version = get_object_or_404(rows.select_related("proposal__unit"), pk=pk)
    require(permissions.can_write_proposal(request.user, version.proposal))
    form = PresentForm(request.POST or None, unit=version.proposal.unit)

    def act(_told: dict[str, Any]) -> None:
        services.present(version, form.shown(), by=request.user)

    title = _("%(proposal)s, version %(n)s: presented") % {
        "proposal": version.proposal.title,
        "n": version.number,
    }
    return answer_form(request, form, title=title, back=version.proposal.get_absolute_url(), act=act)


@require_http_methods(["GET", "POST"])
def answer(request: AuthedRequest, pk: int) -> HttpResponse:
    """What they said to it."""
    row = proposal_or_404(request, pk)
    require(permissions.can_answer_proposal(request.user, row))
    form = AnswerForm(request.POST or None, initial={"version": row.version})

    def act(told: dict[str, Any]) -> None:
        state = ProposalState(told.pop("state"))
        services.answer(row, state, by=request.user, **told)

    title = _("Answer to %(proposal)s") % {"proposal": row.title}
    return answer_form(request, form, title=title, back=row.get_absolute_url(), act=act)
