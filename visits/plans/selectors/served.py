"""What the service plans of the units ask for in a week, as proposals of the planner (S-054)."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from accounts.service_plans.selectors import Followed, due_of
from accounts.service_plans.terms import Mode
from kam.core.clock import business_date
from kam.core.periods import Period
from kam.users.models import User
from visits.plans.labels import week_day
from visits.plans.models import PlanLine
from visits.plans.registry import Proposal
from visits.plans.terms import VisitMode

_MODES = {Mode.VISIT: VisitMode.VISIT, Mode.CALL: VisitMode.PHONE, Mode.WRITTEN: VisitMode.WRITTEN}
_ICONS = {Mode.VISIT: "calendar-repeat", Mode.CALL: "phone", Mode.WRITTEN: "mail"}


def service_plan_proposals(people: Sequence[User], week: Period) -> list[Proposal]:
    """Return what waits now or is due in the week and is not planned with this person in it yet."""
    owners = [person.pk for person in people]
    lines = PlanLine.objects.standing().of_live_plans().filter(plan__user__any_of=owners, unit__isnull=False)
    week_lines = lines.filter(day__range=(week.first, week.last))
    planned = set(week_lines.values_list("plan__user", "unit_id", "persons"))
    return [
        _proposal(one)
        for one, _on in due_of(owners, week.last, today=business_date())
        if not planned
        & {(one.plan.unit.owner_id, one.plan.unit_id, person) for person in (one.plan.person_id, None)}
    ]


def _proposal(one: Followed) -> Proposal:
    plan, current, following = one.plan, one.current, one.course.next
    owner = plan.unit.owner_id
    if current is None or following is None or owner is None:  # due_of returns running plans of owners only
        raise ValueError(f"{plan.pk} plans nothing")
    mode = following.occurrence.mode
    return Proposal(
        kind="service_plan",
        user_id=owner,
        unit_id=plan.unit_id,
        unit_name=plan.unit.name,
        tier=plan.unit.tier,
        person_id=plan.person_id,
        person_name=plan.person.name,
        text=_("due by service plan on %(day)s") % {"day": week_day(following.occurrence.on)},
        detail=current.action,
        is_urgent=one.overdue is not None,
        icon=_ICONS[mode],
        mode=_MODES[mode],
        purpose=current.objective[:300],
    )
