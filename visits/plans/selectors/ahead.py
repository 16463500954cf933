"""What is planned ahead at a unit."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Min, QuerySet, TextField
from django.db.models.functions import Cast

from kam.core.prepared import Prepared, blank
from kam.users.models import User
from kam.users.scopes import Reach, scope_of, seen_by, stand_in
from visits.plans.models import PlanLine
from visits.plans.terms import LineState, VisitMode


def first_days(reach: Reach) -> QuerySet[PlanLine, Any]:
    """Return unit and the day of its next planned visit, of the plans that a `stand_in` of this reach may read."""
    rows = (
        PlanLine.objects.visible_to(stand_in(reach))
        .of_live_plans()
        .standing()
        .filter(unit__any_of=blank("units"), day__gte=blank("day"), state=LineState.PLANNED)
        .exclude(mode=VisitMode.CALLS)
        .order_by()
    )
    return rows.values("unit").annotate(value=Cast(Min("day"), TextField()))


_planned: Prepared[Any] = Prepared(first_days)


def next_visits(units: Collection[int], *, user: User, today: date) -> dict[int, date]:
    """Return unit → the day of its next planned visit, of the plans that `user` may read; one query for all."""
    reach = scope_of(user).reach
    if reach is Reach.NOTHING:
        return {}
    rows = _planned(reach, units=[*units], day=today, **seen_by(user))
    return {row["unit"]: date.fromisoformat(row["value"]) for row in rows}
