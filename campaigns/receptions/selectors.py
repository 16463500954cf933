"""Reads of receptions."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from django.db.models import Sum

from campaigns.receptions.models import Reception


def cost_by_unit(unit_ids: Collection[int], first: date, last: date) -> dict[int, Decimal]:
    """Return unit → what receptions cost by their reports, by the day of arrival; one statement."""
    rows = Reception.objects.filter(
        unit__in=list(unit_ids), actual_amount__isnull=False, arrives_on__range=(first, last)
    )
    return dict(rows.order_by().values_list("unit").annotate(Sum("actual_amount")))
