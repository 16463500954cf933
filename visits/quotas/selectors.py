"""What was done of what is owed, for many people at once with a fixed number of queries."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from datetime import date

from django.db.models import Count, Q, QuerySet

from accounts.contacts.models import Contact
from accounts.units.models import KeyAccount
from accounts.units.terms import Tier
from kam.core.clock import business_date
from kam.core.periods import iso_week_of, month_of
from kam.users.models import Membership, User
from kam.users.scopes import Reach, scope_of
from kam.users.terms import SELLERS
from visits.quotas.models import QuotaNorm
from visits.quotas.rules import Norm, Quota, a_visits_quota, norm_on
from visits.quotas.terms import QuotaKey
from visits.visits.models import Visit

#: user ids, first day, last day → days per user
TripDays = Callable[[Collection[int], date, date], dict[int, int]]
_trip_days: list[TripDays] = []


def register_trip_days(count: TripDays) -> None:
    """Register who counts the days of business trips; without it the ring is left out."""
    _trip_days[:] = [count]


def quotas_of(users: Iterable[User], day: date) -> dict[int, list[Quota]]:
    """Return the rings of each person who sells, as they stand on `day`."""
    people = [user for user in users if user.position in SELLERS]
    ids = [user.pk for user in people]
    if not ids:
        return {}
    norms = _norms(day)
    week, month = iso_week_of(day), month_of(day)
    calls = calls_on(ids, day)
    visited = _visits_by_unit(ids, week.first, week.last)
    a_units = _a_units(ids)
    trips = _trip_days[0](ids, month.first, month.last) if _trip_days else None
    rings: dict[int, list[Quota]] = {}
    for user in people:

        def owed(key: QuotaKey, position: str = user.position) -> int:
            return norm_on(norms, key=key, position=position, day=day)

        rings[user.pk] = [
            Quota(QuotaKey.CALLS_A_DAY, calls.get(user.pk, 0), owed(QuotaKey.CALLS_A_DAY)),
            Quota(QuotaKey.UNITS_A_WEEK, len(visited[user.pk]), owed(QuotaKey.UNITS_A_WEEK)),
            a_visits_quota(
                {unit: visited[user.pk].get(unit, 0) for unit in a_units[user.pk]},
                each=owed(QuotaKey.A_VISITS_A_WEEK),
            ),
        ]
        if trips is not None:
            rings[user.pk].append(
                Quota(QuotaKey.TRIP_DAYS_A_MONTH, trips.get(user.pk, 0), owed(QuotaKey.TRIP_DAYS_A_MONTH))
            )
    return rings


def calls_on(user_ids: Collection[int], day: date) -> dict[int, int]:
    """Return logged calls with an outcome per person on one day (12-decisions, 24)."""
    return dict(
        Contact.objects.filter(by__in=user_ids, on=day, called=True)
        .exclude(outcome="")
        .order_by()
        .values_list("by")
        .annotate(Count("pk"))
    )


def _visits_by_unit(user_ids: Collection[int], first: date, last: date) -> dict[int, dict[int, int]]:
    """Return person → unit → held visits that count."""
    found: dict[int, dict[int, int]] = defaultdict(dict)
    rows = Visit.objects.filter(user__in=user_ids).held().counted_between(first, last).order_by()
    for user, unit, count in rows.values_list("user", "unit").annotate(Count("pk")):
        found[user][unit] = count
    return found


def _a_units(user_ids: Collection[int]) -> dict[int, list[int]]:
    """Return owner → A units in focus."""
    found: dict[int, list[int]] = defaultdict(list)
    rows = KeyAccount.objects.filter(owner__in=user_ids, tier=Tier.A, is_focus=True).order_by()
    for owner, unit in rows.values_list("owner", "pk"):
        found[owner].append(unit)
    return found


def _norms(day: date) -> list[Norm]:
    return [
        Norm(QuotaKey(key), position, amount, valid_from)
        for key, position, amount, valid_from in QuotaNorm.objects.filter(valid_from__lte=day).values_list(
            "key", "position", "amount", "valid_from"
        )
    ]


def people_seen_by(user: User) -> QuerySet[User]:
    """Return those who sell and whose work `user` may read: oneself, the team, the department."""
    sellers = User.objects.working().filter(position__in=[p.value for p in SELLERS]).order_by("staff_number")
    scope = scope_of(user)
    if scope.reach is Reach.DEPARTMENT:
        return sellers
    if scope.reach is Reach.NOTHING:
        return sellers.none()
    members = Membership.objects.on(business_date()).filter(team__in=scope.team_ids).values("user")
    return sellers.filter(Q(pk=user.pk) | Q(pk__in=members))
