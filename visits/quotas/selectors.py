"""What was done of what is owed, for many people at once with a fixed number of queries."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Value
from django.utils.translation import gettext

from accounts.contacts.models import Contact
from accounts.units.models import KeyAccount
from accounts.units.terms import Tier
from kam.core.clock import business_date
from kam.core.days import say_day
from kam.core.once import shared
from kam.core.periods import iso_week_of
from kam.core.prepared import Prepared, blank
from kam.today.asks import Ask, Tally, Wanted
from kam.users.models import POSITION_LABELS, Membership, User
from kam.users.scopes import Reach, scope_of
from kam.users.terms import SELLERS, Position
from visits.quotas.models import QUOTA_LABELS, QuotaNorm
from visits.quotas.rules import DEFAULTS, Norm, Quota, a_visits_quota, in_force, norm_on, owes
from visits.quotas.terms import QuotaKey
from visits.visits.models import Visit

#: people, a day of the month → days per user
TripDays = Callable[[Sequence[User], date], dict[int, int]]
_trip_days: list[tuple[TripDays, Ask[Any]]] = []


def register_trip_days(count: TripDays, ask: Ask[Any]) -> None:
    """Register who counts the days of business trips, and what it asks; without it the ring is left out."""
    _trip_days[:] = [(count, ask)]


def quotas_of(users: Iterable[User], day: date) -> dict[int, list[Quota]]:
    """Return the rings of each person who owes quotas, as they stand on `day`."""
    people, norms = _who_owe(users, day)
    if not people:
        return {}
    calls, week, a_units = (
        CALLS(people, day),
        WEEK_VISITS.by_thing(people, day),
        A_UNITS.by_thing(people, day),
    )
    trips = _trip_days[0][0](people, day) if _trip_days else None
    rings: dict[int, list[Quota]] = {}
    for user in people:

        def owed(key: QuotaKey, position: str = user.position) -> int:
            return norm_on(norms, key=key, position=position, day=day)

        visited = week.get(user.pk, {})
        rings[user.pk] = [
            Quota(QuotaKey.CALLS_A_DAY, calls.get(user.pk, 0), owed(QuotaKey.CALLS_A_DAY)),
            Quota(QuotaKey.UNITS_A_WEEK, len(visited), owed(QuotaKey.UNITS_A_WEEK)),
            a_visits_quota(
                {unit: visited.get(unit, 0) for unit in a_units.get(user.pk, ())},
                each=owed(QuotaKey.A_VISITS_A_WEEK),
            ),
        ]
        if trips is not None:
            rings[user.pk].append(
                Quota(QuotaKey.TRIP_DAYS_A_MONTH, trips.get(user.pk, 0), owed(QuotaKey.TRIP_DAYS_A_MONTH))
            )
    return rings


def _who_owe(users: Iterable[User], day: date) -> tuple[list[User], list[Norm]]:
    sellers = [user for user in users if user.position in SELLERS]
    norms = norms_on(day) if sellers else []
    return [user for user in sellers if owes(norms, user.position, day)], norms


def _calls(people: Collection[int], day: date) -> QuerySet[Contact, Any]:
    rows = Contact.objects.filter(by__any_of=people, on=day, called=True).exclude(outcome="").order_by()
    rows = rows.filter(
        created_at__lte=blank("now")
    )  # a digest told for a past hour knows no more than that hour
    return rows.values_list("by").annotate(of=Value(0), n=Count("pk"))


def _visits_of_week(people: Collection[int], day: date) -> QuerySet[Visit, Any]:
    week = iso_week_of(day)
    rows = Visit.objects.filter(user__any_of=people).held().counted_between(week.first, week.last).order_by()
    rows = rows.filter(entered_at__lte=blank("now"))  # the same
    return rows.values_list("user", "unit").annotate(n=Count("pk"))


def _a_units(people: Collection[int], day: date) -> QuerySet[KeyAccount, Any]:
    del day
    rows = KeyAccount.objects.filter(owner__any_of=people, tier=Tier.A, is_focus=True).order_by()
    return rows.values_list("owner", "pk").annotate(n=Value(1))


#: Logged calls with an outcome on one day (12-decisions, 24).
CALLS = Tally("quotas.calls", _calls)
#: Unit → held visits of the day's week that count.
WEEK_VISITS = Tally("quotas.week_visits", _visits_of_week)
#: The A units in focus.
A_UNITS = Tally("quotas.a_units", _a_units)


def quotas_want(users: Iterable[User], day: date) -> list[Wanted]:
    """Return what `quotas_of` asks that can be read together with others' numbers."""
    people = frozenset(user.pk for user in _who_owe(users, day)[0])
    asks = [CALLS.ask, WEEK_VISITS.ask, A_UNITS.ask, *(ask for _count, ask in _trip_days)]
    return [Wanted(ask, day, people) for ask in asks]


_norms: Prepared[Any] = Prepared(
    lambda: QuotaNorm.objects.filter(valid_from__lte=blank("day")).values_list(
        "key", "position", "amount", "valid_from"
    )
)


def norms_on(day: date) -> list[Norm]:
    """Return every norm that began on `day` or before."""
    return [
        Norm(QuotaKey(key), position, amount, valid_from)
        for key, position, amount, valid_from in shared(("quota-norms", day), lambda: _norms(day=day))
    ]


@dataclass(frozen=True, slots=True)
class NormToday:
    """What one position owes of one measure, and why; `of` begins a draft that changes it."""

    measure: Any
    position: Any
    amount: str
    why: str
    of: str


def norms_today(day: date) -> list[NormToday]:
    """Return for each measure what each position that sells owes on `day`, with the norm it comes from."""
    norms = norms_on(day)
    return [
        _norm_today(norms, key, position, day)
        for key in QuotaKey
        for position in sorted(SELLERS, key=list(Position).index)
    ]


def _norm_today(norms: list[Norm], key: QuotaKey, position: Position, day: date) -> NormToday:
    norm, amount = in_force(norms, key=key, position=position, day=day), "–"
    if not owes(norms, position, day):
        why = gettext("Whoever leads owes a quota only where a norm names the position.")
    elif norm is None:
        amount, why = str(DEFAULTS[key]), gettext("As the sales rules have it: nothing else was approved.")
    else:
        words = (
            gettext("Norm of this position since %(day)s")
            if norm.position
            else gettext("Norm of everybody who sells since %(day)s")
        )
        amount, why = str(norm.amount), words % {"day": say_day(norm.valid_from)}
    return NormToday(QUOTA_LABELS[key], POSITION_LABELS[position], amount, why, f"{key}:{position}")


def owed_by(user: User, key: str, day: date) -> int:
    """Return how much of `key` the person's position owes on `day`."""
    return norm_on(norms_on(day), key=QuotaKey(key), position=user.position, day=day)


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
