"""Pages of gift plans: the list, writing, one plan with its lines and what they take from the budget, the paper."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from campaigns.gift_plans import permissions, services
from campaigns.gift_plans.documents import plan_sheet
from campaigns.gift_plans.forms import HeadForm
from campaigns.gift_plans.models import GiftPlan
from campaigns.gift_plans.selectors import loads, shown_lines, total_of, with_all
from campaigns.gift_plans.tables import PLANS
from campaigns.gift_plans.terms import STATE_TONES, PlanState
from kam.approvals.selectors import request_for
from kam.core.answers import answer_form, refused
from kam.core.clock import business_date
from kam.core.errors import BusinessError
from kam.core.toasts import toast
from kam.lists.http import list_response
from kam.pdf.services import pdf_response
from kam.users.http import AuthedRequest, language_asked, require

_LIST = "/gifts/plans/"


@require_GET
def list_plans(request: AuthedRequest) -> HttpResponseBase:
    """Plans of the people whom one leads, and one's own."""
    require(permissions.can_see_plans(request.user))
    context = {"can_plan": permissions.can_plan_gifts(request.user)}
    return list_response(request, PLANS, page="campaigns/gift_plans/list.html", context=context)


def plan_or_404(request: AuthedRequest, pk: int) -> GiftPlan:
    """Return a plan that the person may see."""
    rows = GiftPlan.objects.visible_to(request.user).select_related("owner")
    return get_object_or_404(rows, pk=pk)


@require_GET
def show_plan(request: AuthedRequest, pk: int) -> HttpResponse:
    """One plan: its gifts by day with where each stands, and what they take from the budget lines."""
    plan = plan_or_404(request, pk)
    lines = list(with_all(plan.lines.all()))
    seen = set(plan.lines.visible_to(request.user).values_list("pk", flat=True))
    shown = shown_lines([line for line in lines if line.pk in seen], request.user)
    context = {
        "plan": plan,
        "tone": STATE_TONES[PlanState(plan.state)],
        "rows": [(row, row.is_open and permissions.can_ask_line(request.user, row.line)) for row in shown],
        "hidden": len(lines) - len(seen),
        "total": total_of(lines),
        "loads": loads(lines),
        "decision": request_for(services.SUBJECT, plan, reader=request.user),
        "can_edit": permissions.can_edit_plan(request.user, plan),
    }
    return render(request, "campaigns/gift_plans/plan.html", context)


@require_http_methods(["GET", "POST"])
def new_plan(request: AuthedRequest) -> HttpResponse:
    """Begin a plan; the next year is offered."""
    require(permissions.can_plan_gifts(request.user))
    year = business_date().year + 1
    days = {"starts_on": date(year, 1, 1), "ends_on": date(year, 12, 31)}
    form = HeadForm(request.POST or None, initial={"name": _("Gift plan %(year)s") % {"year": year}} | days)

    def act(_told: dict[str, Any]) -> str:
        return services.draft_plan(form.head(), by=request.user).get_absolute_url()

    return answer_form(request, form, title=_("New gift plan"), back=_LIST, act=act)


@require_http_methods(["GET", "POST"])
def edit_plan(request: AuthedRequest, pk: int) -> HttpResponse:
    """Change name, days and reasons."""
    plan = plan_or_404(request, pk)
    require(permissions.can_edit_plan(request.user, plan))
    form = HeadForm(
        request.POST or None, initial={name: getattr(plan, name) for name in HeadForm.base_fields}
    )

    def act(told: dict[str, Any]) -> None:
        services.change_head(plan, form.head(), by=request.user, version=told["version"] or 0)

    return answer_form(request, form, title=str(plan), back=plan.get_absolute_url(), act=act)


@require_POST
def submit_plan(request: AuthedRequest, pk: int) -> HttpResponse:
    """Hand it in."""
    plan = plan_or_404(request, pk)
    require(permissions.can_edit_plan(request.user, plan))
    try:
        services.submit_plan(plan, by=request.user)
    except BusinessError as error:
        return refused(request, error, back=plan.get_absolute_url())
    toast(request, _("Handed in for approval."))
    return redirect(plan)


@require_POST
def discard_plan(request: AuthedRequest, pk: int) -> HttpResponse:
    """Give a draft up."""
    plan = plan_or_404(request, pk)
    require(permissions.can_edit_plan(request.user, plan))
    services.discard_plan(plan, by=request.user)
    toast(request, _("The plan was given up."))
    return redirect(plan)


@require_GET
def print_plan(request: AuthedRequest, pk: int) -> HttpResponse:
    """The plan as a form to be signed."""
    plan = plan_or_404(request, pk)
    sheet = plan_sheet(plan, by=request.user, language=language_asked(request))
    return pdf_response(sheet, by=request.user, filename=f"{plan.number}.pdf")
