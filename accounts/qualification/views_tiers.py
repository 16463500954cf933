"""Pages of the tiers: the list of proposals, one unit's proposal explained, the core, and qualification as of a day."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.qualification import services_tiers as services
from accounts.qualification.forms_tiers import CoreForm, DecisionForm
from accounts.qualification.models import CoreChange, TierProposal
from accounts.qualification.selectors import qualification_of, qualified_days
from accounts.qualification.selectors_tiers import explain, explain_proposal
from accounts.qualification.tables import PROPOSALS, can_decide_tiers
from accounts.units.models import KeyAccount, TierChange
from accounts.units.permissions import can_change_tier, can_edit_unit
from accounts.units.views import unit_or_404
from kam.core.answers import answer_form
from kam.core.asked import day_in, number_in
from kam.core.clock import business_date
from kam.core.errors import BusinessError
from kam.core.errors_views import refused
from kam.core.toasts import toast
from kam.core.ways import way_back
from kam.lists.http import list_response, selected_rows
from kam.users.http import AuthedRequest, require
from kam.users.scopes import Reach, scope_of

MOST_AT_ONCE = 200
PAGE = "accounts/qualification/proposal.html"


@require_GET
def list_proposals(request: AuthedRequest) -> HttpResponseBase:
    require(scope_of(request.user).reach is not Reach.NOTHING)
    return list_response(request, PROPOSALS)


@require_http_methods(["GET", "POST"])
def show_proposal(request: AuthedRequest, unit_pk: int) -> HttpResponse:
    """The unit's tier explained point by point; the manager confirms or rejects the proposal that waits."""
    unit = unit_or_404(request, unit_pk)
    may_decide = can_change_tier(request.user, unit)
    if request.method == "POST":
        require(may_decide)
    form, status = DecisionForm(request.POST or None), 200
    if request.method == "POST":
        status = _decide(request, unit, form)
        if status == 200:
            return redirect("unit-tier-proposal", unit_pk=unit.pk)
    return render(request, PAGE, _shown(request, unit, form, may_decide=may_decide), status=status)


def _decide(request: AuthedRequest, unit: KeyAccount, form: DecisionForm) -> int:
    proposal = TierProposal.objects.filter(unit=unit, pk=number_in(request.POST.get("proposal")) or 0).first()
    if not form.is_valid():
        return 422
    if proposal is None:
        form.add_error(None, str(services.STALE))
        return 409
    act = services.reject_proposal if request.POST.get("decision") == "reject" else services.confirm_proposal
    try:
        act(proposal, by=request.user, reason=form.cleaned_data["reason"])
    except BusinessError as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return error.status
    toast(request, _("Decided."))
    return 200


def _shown(
    request: AuthedRequest, unit: KeyAccount, form: DecisionForm, *, may_decide: bool
) -> dict[str, Any]:
    rows = TierProposal.objects.filter(unit=unit).select_related("scheme", "by").order_by("-pk")[:20]
    waiting = next((row for row in rows if row.state == "open"), None)
    explained = explain_proposal(waiting) if waiting else explain(unit, business_date())
    return {
        "unit": unit,
        "proposal": waiting,
        "explained": explained,
        "earlier": [row for row in rows if row.state != "open"],
        "changes": TierChange.objects.filter(unit=unit).select_related("by").order_by("-on", "-pk")[:20],
        "form": form,
        "may_decide": may_decide,
        "can_edit": can_edit_unit(request.user, unit),
    }


@require_POST
def look_again(request: AuthedRequest, unit_pk: int) -> HttpResponse:
    """Do for one unit now what the night does for all."""
    unit = unit_or_404(request, unit_pk)
    require(can_edit_unit(request.user, unit))
    services.propose([unit.pk])
    return redirect("unit-tier-proposal", unit_pk=unit.pk)


@require_POST
def confirm_selected(request: AuthedRequest) -> HttpResponse:
    """Ask for the reason, then confirm the ticked proposals: only those this person may, each in its own transaction."""
    require(can_decide_tiers(request.user))
    found = selected_rows(request, PROPOSALS).filter(state="open").order_by("unit__sort_key", "pk")
    rows = [row for row in found[: MOST_AT_ONCE + 1] if can_change_tier(request.user, row.unit)]
    if not rows:
        return refused(request, _("None of the ticked proposals waits for your decision."))
    if len(rows) > MOST_AT_ONCE:
        return refused(request, _("At most 200 units at once."))
    is_sent = "reason" in request.POST
    form = DecisionForm(request.POST if is_sent else None)
    context: dict[str, Any] = {"form": form, "rows": rows, "next": way_back(request, PROPOSALS.url)}
    if is_sent and form.is_valid():
        results = services.confirm_proposals(rows, by=request.user, reason=form.cleaned_data["reason"])
        done = sum(not row.problem for row in results)
        words = ngettext("%(n)s tier confirmed.", "%(n)s tiers confirmed.", done)
        toast(request, words % {"n": done})
        if done == len(results):
            return redirect(context["next"])
        shown = context | {"results": results}
        return render(request, "accounts/qualification/confirmed.html", shown, status=409)
    return render(request, "accounts/qualification/confirm.html", context, status=422 if is_sent else 200)


@require_http_methods(["GET", "POST"])
def mark_core(request: AuthedRequest, unit_pk: int) -> HttpResponse:
    """Say whether the unit can place big orders, and why."""
    unit = unit_or_404(request, unit_pk)
    require(can_edit_unit(request.user, unit))

    def form_of(unit: KeyAccount, data: Any = None) -> CoreForm:
        return CoreForm(data, initial={"version": unit.version, "is_core": "no" if unit.is_core else "yes"})

    form = form_of(unit, request.POST or None)

    def act(told: dict[str, Any]) -> None:
        services.mark_core(
            unit,
            is_core=told["is_core"] == "yes",
            reason=told["reason"],
            version=told["version"] or 0,
            by=request.user,
        )

    return answer_form(
        request,
        form,
        title=_("Core: %(name)s") % {"name": unit.name},
        back=reverse("unit-tab", args=[unit.pk, "qualification"]),
        act=act,
        fresh=lambda: form_of(unit_or_404(request, unit_pk)),
    )


@require_GET
def show_qualification(request: AuthedRequest, unit_pk: int) -> HttpResponse:
    """Whether the unit was a key account on a day: by the versions of that day and by what was known then."""
    unit = unit_or_404(request, unit_pk)
    today = business_date()
    day = min(day_in(request.GET.get("on")) or today, today)
    context = {
        "unit": unit,
        "day": day,
        "qualification": qualification_of(unit, day),
        "days": qualified_days(unit),
        "core": CoreChange.objects.filter(unit=unit).select_related("by").order_by("-on", "-pk")[:20],
        "can_edit": day == today and can_edit_unit(request.user, unit),
    }
    return render(request, "accounts/qualification/qualification.html", context)
