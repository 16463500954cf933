"""What is planned ahead at a unit."""

from datetime import date
from typing import Any

from django.db.models import Min, QuerySet, TextField
from django.db.models.functions import Cast

from accounts.units.models import KeyAccount
from kam.core.clock import business_date
from kam.core.prepared import Filled, Prepared, blank, rows_read
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


def next_visit_asked(unit: KeyAccount, user: User) -> Filled[Any] | None:
    """Return what `next_visit_of` asks; None for who may read no plan."""
    reach = scope_of(user).reach
    if reach is Reach.NOTHING:
        return None
    return _planned.filled(reach, units=[unit.pk], day=business_date(), **seen_by(user))


def next_visit_of(unit: KeyAccount, user: User) -> date | None:
    """Return the day of the unit's next planned visit as of today, of the plans that `user` may read."""
    filled = next_visit_asked(unit, user)
    rows = rows_read(unit, "next_visit", lambda: filled) if filled is not None else []
    return date.fromisoformat(rows[0]["value"]) if rows else None
