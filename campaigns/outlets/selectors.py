"""Reads of outlets: how a quarter turned, what stands on their pages, what is kept of the numbers of the plan."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet, Sum

from campaigns.integrity.models import Benefit
from campaigns.integrity.selectors import limits_on
from campaigns.outlets.models import Outlet, OutletSales, OutletSeller
from campaigns.outlets.registry import scores_of
from campaigns.outlets.rules import Standing, Turn, ranked, weakest
from kam.core.money import ZERO
from kam.settings_rows.selectors import settings_of
from kam.users.models import User

KEPT, IMAGES = "outlets_kept", "image_stores_a_year"


@dataclass(frozen=True, slots=True)
class RankedOutlet:
    """An outlet of the ranking beside its figures."""

    place: int
    outlet: Outlet
    standing: Standing
    is_weakest: bool


@dataclass(frozen=True, slots=True)
class Quarter:
    """How a quarter stands: the ranking, those too new for it, and the turn of one out, one in."""

    rows: list[RankedOutlet]
    new: list[Outlet]
    turn: Turn


@dataclass(frozen=True, slots=True)
class Numbers:
    """Open outlets and image stores of the year, beside what the plan asks for."""

    open: int
    kept: int
    images: int
    images_asked: int


def numbers_of(user: User, today: date) -> Numbers:
    """Return the numbers over the outlets that one sees. Three statements."""
    asked = settings_of(KEPT, IMAGES)
    rows = Outlet.objects.visible_to(user)
    return Numbers(
        rows.open().count(),
        int(asked[KEPT]),
        rows.filter(image_on__year=today.year).count(),
        int(asked[IMAGES]),
    )


def quarter_for(user: User, first: date, last: date) -> Quarter:
    """Return the ranking of the outlets that one sees, of those open through the quarter. Five statements."""
    seen = Outlet.objects.visible_to(user).filter(opened_on__lte=last)
    stood = list(
        seen.filter(Q(closed_on__isnull=True) | Q(closed_on__gte=first)).select_related("unit").order_by("pk")
    )
    found = {row.pk: row for row in stood}
    sold = _sold(list(found), first, last)
    scores = scores_of(list(found), first, last)
    standings = [Standing(pk, sold.get(pk), scores.get(pk), row.opened_on) for pk, row in found.items()]
    in_order = ranked(standings, first)
    last_one = weakest(in_order)
    rows = [
        RankedOutlet(place, found[row.outlet], row, row.outlet == last_one)
        for place, row in enumerate(in_order, 1)
    ]
    closed = sum(1 for row in stood if row.closed_on is not None and row.closed_on <= last)
    new = [row for row in stood if row.opened_on >= first]
    kept = int(settings_of(KEPT)[KEPT])
    return Quarter(rows, new, Turn(closed, len(new), len(stood) - closed, kept))


def _sold(outlets: list[int], first: date, last: date) -> dict[int, Decimal]:
    rows = OutletSales.objects.filter(outlet__in=outlets, month__range=(first, last))
    return dict(rows.order_by().values_list("outlet").annotate(Sum("amount")))


def sellers_of(outlet: Outlet, today: date) -> list[tuple[OutletSeller, Decimal]]:
    """Return who sells there now, each with what they received within a year by the integrity register. Three statements."""
    rows = list(outlet.sellers.filter(until__isnull=True).select_related("person"))
    people = [row.person_id for row in rows]
    counted: QuerySet[Any] = Benefit.objects.standing().valued()
    near = counted.filter(person__in=people, day__lte=today, day__gt=today - timedelta(limits_on(today).days))
    worth = dict(near.order_by().values_list("person").annotate(Sum("worth")))
    return [(row, worth.get(row.person_id, ZERO)) for row in rows]
