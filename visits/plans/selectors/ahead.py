"""What is planned ahead at a unit."""

from collections.abc import Collection
from datetime import date

from django.db.models import Min

from kam.users.models import User
from visits.plans.models import PlanLine
from visits.plans.terms import LineState, VisitMode


def next_visits(units: Collection[int], *, user: User, today: date) -> dict[int, date]:
    """Return unit → the day of its next planned visit, of the plans that `user` may read; one query for all."""
    rows = (
        PlanLine.objects.visible_to(user)
        .of_live_plans()
        .standing()
        .filter(unit__in=units, day__gte=today, state=LineState.PLANNED)
        .exclude(mode=VisitMode.CALLS)
        .order_by()
    )
    return dict(rows.values_list("unit").annotate(Min("day")))
