"""Reads of sponsorships: the year's events beside what the plan asks for, what they cost by unit."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Sum

from campaigns.sponsorships.models import Sponsorship
from campaigns.sponsorships.terms import SponsorshipKind, SponsorshipState
from kam.settings_rows.selectors import setting
from kam.users.models import User

EVENTS = "sports_events_a_year"


@dataclass(frozen=True, slots=True)
class Year:
    """Sports events sponsored in a year, beside those asked for."""

    held: int
    asked: int


def year_of(user: User, today: date) -> Year:
    """Return how many sports events of this year were held, of those that one sees. Two statements."""
    rows = Sponsorship.objects.visible_to(user).filter(
        kind=SponsorshipKind.SPORTS, state=SponsorshipState.REPORTED, on__year=today.year
    )
    return Year(rows.count(), int(setting(EVENTS)))


def cost_by_unit(unit_ids: Collection[int], first: date, last: date) -> dict[int, Decimal]:
    """Return unit → what sponsorships cost by their reports, by the first day; one statement."""
    rows = Sponsorship.objects.filter(
        unit__in=list(unit_ids), actual_amount__isnull=False, on__range=(first, last)
    )
    found = rows.order_by().values_list("unit").annotate(Sum("actual_amount"))
    return {unit: cost for unit, cost in found if unit is not None}
