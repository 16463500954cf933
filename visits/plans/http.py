"""What the planner's views read from an address: whose week, which week, which line; 404 for what is not the visitor's."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from kam.core.clock import business_date
from kam.core.periods import Period, iso_week_of
from kam.users.http import AuthedRequest, require
from kam.users.models import User
from visits.plans import permissions
from visits.plans.models import PlanLine, WeekPlan
from visits.plans.rules import parse_week, week_period
from visits.plans.selectors import people_to_plan_for


def week_of(request: HttpRequest) -> Period:
    """Return the week of the address, this one by default; 404 for what is no week."""
    text = request.GET.get("week") or request.POST.get("week") or ""
    if not text:
        return iso_week_of(business_date())
    found = parse_week(text)
    if found is None:
        raise Http404
    return week_period(*found)


def owner_of(request: AuthedRequest) -> User:
    """Return whose week it is; 404 for somebody whose plans the reader does not see."""
    people = people_to_plan_for(request.user)
    wanted = request.GET.get("user") or request.POST.get("user") or ""
    found = next((p for p in people if str(p.pk) == wanted), None) if wanted else next(iter(people), None)
    if found is None:
        raise Http404
    return found


def line_of(request: AuthedRequest, pk: int) -> PlanLine:
    """Return a line the visitor sees and may change."""
    rows = PlanLine.objects.visible_to(request.user).select_related("plan__user", "plan__team", "unit")
    line = get_object_or_404(rows, pk=pk)
    require(permissions.can_edit_line(request.user, line))
    return line


def plan_of(request: AuthedRequest, pk: int) -> WeekPlan:
    """Return a plan the visitor sees and may change."""
    plan = get_object_or_404(WeekPlan.objects.visible_to(request.user).select_related("user", "team"), pk=pk)
    require(permissions.can_edit_plan(request.user, plan))
    return plan
