"""What this floor itself knows that speaks for a tier: figures that were observed, and needs that were stated."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet

from accounts.needs.models import Need
from accounts.needs.terms import NeedKind, NeedState
from accounts.qualification.registry import Read, worth_of
from accounts.units.models import KeyAccount, Observation
from accounts.units.terms import Field

_FLAGS = {"yes": Decimal(1), "no": Decimal(0)}


def observed(field: Field) -> Read:
    """Return a reader of one observed figure, as known on a day: one query."""

    def read(units: QuerySet[KeyAccount], day: date) -> dict[int, Decimal]:
        return {unit_id: _figure(value) for unit_id, value in _latest(units, field, day)}

    return read


def _latest(units: QuerySet[KeyAccount], field: Field, day: date) -> Any:
    rows = Observation.objects.filter(
        unit__in=units.order_by().values("pk"), field=field, learned_on__lte=day
    )
    return rows.current().values_list("unit_id", "value")


def _figure(value: Any) -> Decimal:
    return _FLAGS[value] if value in _FLAGS else Decimal(str(value))


def worth(units: QuerySet[KeyAccount], day: date) -> dict[int, Decimal]:
    """Return the value in yuan by whichever source knows it best."""
    return {unit_id: known.amount for unit_id, known in worth_of(units, day).items()}


def demand(units: QuerySet[KeyAccount], day: date) -> Mapping[int, Decimal]:
    """Count what they said they want: a purchase demand that was told, and explicit needs that are not dropped. Two queries."""
    told = {unit_id: Decimal(1) for unit_id, value in _latest(units, Field.PURCHASE_DEMAND, day) if value}
    said = Q(kind=NeedKind.EXPLICIT) | Q(state__in=[NeedState.EXPLICIT, NeedState.SATISFIED])
    needs = (
        Need.objects.filter(said, unit__in=units.order_by().values("pk"), raised_on__lte=day)
        .exclude(state=NeedState.DROPPED)
        .order_by()
        .values_list("unit")
        .annotate(Count("pk"))
    )
    for unit_id, count in needs:
        told[unit_id] = told.get(unit_id, Decimal(0)) + count
    return told
