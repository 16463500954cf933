"""The pool, units on their way into it, and what a person holds; row rights as each says."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import (
    Case,
    DateField,
    F,
    Func,
    IntegerField,
    Max,
    OuterRef,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest

from accounts.pool.models import PoolEvent
from accounts.pool.rules import Load
from accounts.pool.terms import LIMITS, WARNING, PoolAct
from accounts.units.models import KeyAccount, Ownership
from accounts.units.terms import UnitStatus
from kam.core.periods import month_of
from kam.settings_rows.selectors import settings_of
from kam.users.models import User


def pool_units() -> Any:  # a queryset with an annotation
    """Return the units that nobody owns, with `since_on`: the day the last owner left them."""
    left = (
        Ownership.objects.filter(unit=OuterRef("pk")).order_by().values("unit").annotate(last=Max("ended_on"))
    )
    rows = KeyAccount.objects.filter(owner__isnull=True).exclude(status=UnitStatus.LOST)
    return rows.annotate(since_on=Coalesce(Subquery(left.values("last")[:1]), F("file_opened_on")))


def limits() -> dict[str, int]:
    """Return tier → days without contact after which its units fall in, and the days of the warning; one statement."""
    values: Mapping[str, Any] = settings_of(*LIMITS.values(), WARNING)
    return {tier: int(str(values[key])) for tier, key in LIMITS.items()} | {
        WARNING: int(str(values[WARNING]))
    }


def endangered(days: Mapping[str, int]) -> Any:  # a queryset with annotations
    """Return owned units with `touched_on`, `falls_on` and `warned_on`; whoever shows them limits the rows."""
    running = Ownership.objects.filter(unit=OuterRef("pk"), ended_on__isnull=True).order_by()
    warned = (
        PoolEvent.objects.filter(unit=OuterRef("pk"), act=PoolAct.WARNED)
        .order_by()
        .values("unit")
        .annotate(last=Max("on"))
    )
    limit = Case(*(When(tier=tier, then=Value(days[tier])) for tier in LIMITS), output_field=IntegerField())
    rows = KeyAccount.objects.filter(owner__isnull=False).exclude(status=UnitStatus.LOST)
    rows = rows.annotate(began_on=Subquery(running.values("started_on")[:1]))
    rows = rows.annotate(touched_on=Greatest(F("began_on"), Coalesce("last_contact_on", "began_on")))
    return rows.annotate(
        falls_on=Func(
            "touched_on", limit, template="(%(expressions)s)", arg_joiner=" + ", output_field=DateField()
        ),
        warned_on=Subquery(warned.values("last")[:1]),
    )


def load_of(user: User, today: date) -> Load:
    """Return what a person holds and took out this month."""
    month = month_of(today)
    claims = PoolEvent.objects.filter(user=user, act=PoolAct.CLAIMED, on__range=(month.first, month.last))
    return Load(KeyAccount.objects.filter(owner=user).count(), claims.count())
