"""Reads of the register: what counts beside a wanted benefit, what a person has received, the policy of a day."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet, Sum

from accounts.persons.models import Person
from accounts.persons.terms import Official
from accounts.units.models import KeyAccount
from campaigns.integrity.models import Benefit, BenefitQuerySet, PolicyVersion
from campaigns.integrity.rules import Limits, Past, parties_of, strictest
from campaigns.integrity.terms import LIMITED, PARTIES, BenefitKind, Outcome
from kam.core.money import ZERO
from kam.settings_rows.selectors import settings_of

LIMIT_KEYS = (
    "integrity_item",
    "integrity_person",
    "integrity_unit",
    "integrity_colleague",
    "integrity_small",
    "integrity_days",
    "integrity_split_days",
)


def limits_on(day: date) -> Limits:
    """Return the limits in force on a day."""
    told = settings_of(*LIMIT_KEYS, on=day)
    item, person, unit, colleague, small, days, split = (Decimal(told[key]) for key in LIMIT_KEYS)
    return Limits(item, person, unit, colleague, small, int(days), int(split))


def outcomes_on(day: date) -> dict[tuple[str, str], Outcome]:
    """Return (party, kind) → what the policy says on a day; one statement."""
    rows = PolicyVersion.objects.on(day).values_list("party", "kind", "outcome")
    return {(party, kind): Outcome(outcome) for party, kind, outcome in rows}


def outcome_for(person: Person, kind: BenefitKind, policy: dict[tuple[str, str], Outcome]) -> Outcome:
    """Return the strictest of what the policy says of a person: as an official, and of the channel."""
    parties = parties_of(Official(person.official), person.unit.channel)
    return strictest(policy[party, kind] for party in parties if (party, kind) in policy)


def relaxed_for(person: Person, kind: BenefitKind, day: date) -> list[PolicyVersion]:
    """Return versions in force for a person that allow what the first version refused: every receipt prints them."""
    parties = parties_of(Official(person.official), person.unit.channel)
    now = PolicyVersion.objects.on(day).filter(party__in=parties, kind=kind)
    first = PolicyVersion.objects.filter(number=1, outcome=Outcome.REFUSED, kind=kind).values("party")
    return list(now.filter(party__in=first).exclude(outcome=Outcome.REFUSED))


def past_of(
    units: Iterable[int], giver: int | None, day: date, days: int, *, without: Collection[int] = ()
) -> list[Past]:
    """Return what counts for these units and this giver near a day; one statement."""
    rows: QuerySet[Any] = Benefit.objects.standing().valued()
    rows = rows.filter(kind__in=list(LIMITED)).exclude(pk__in=list(without))
    whose = Q(unit__in=list(units))
    if giver is not None:
        whose |= Q(giver=giver)
    near = rows.filter(whose, day__gt=day - timedelta(days), day__lt=day + timedelta(days))
    return [
        Past(person, unit, by, BenefitKind(kind), worth, on)
        for person, unit, by, kind, worth, on in near.values_list(
            "person", "unit", "giver", "kind", "worth", "day"
        )
    ]


@dataclass(frozen=True, slots=True)
class Received:
    """What somebody has received in the rolling year that ends on a day, freed ones left out."""

    total: Decimal
    limited: Decimal
    limit: Decimal
    rows: list[Benefit]

    @property
    def left(self) -> Decimal:
        return max(self.limit - self.limited, ZERO)

    @property
    def share(self) -> Decimal:
        """How much of the limit is used, in per cent, at most a hundred."""
        return min(self.limited * 100 / self.limit, Decimal(100)) if self.limit else ZERO


def received_by(person: Person, day: date) -> Received:
    """Return what a person has received or is promised in the year that ends on `day`. Three statements."""
    limits = limits_on(day)
    return _received(Benefit.objects.filter(person=person), day, limits.days, limits.person)


def received_at(unit: KeyAccount, day: date) -> Received:
    """Return the same for all persons of a unit together."""
    limits = limits_on(day)
    return _received(Benefit.objects.filter(unit=unit), day, limits.days, limits.unit)


def _received(rows: BenefitQuerySet, day: date, days: int, limit: Decimal) -> Received:
    near = with_all(rows.standing().valued()).filter(day__gt=day - timedelta(days))
    found = list(near.order_by("-day", "-pk"))
    limited = (row.worth for row in found if row.kind in LIMITED)
    total = (row.worth for row in found)
    return Received(sum(total, ZERO), sum(limited, ZERO), limit, found)


def with_all(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return the rows with what a screen shows of them."""
    return rows.select_related("person", "unit", "giver").prefetch_related("moves")


def totals_by_kind(rows: BenefitQuerySet) -> list[tuple[BenefitKind, Decimal]]:
    """Return kind → worth of the rows that count, in the order of the kinds."""
    found = dict(rows.standing().valued().order_by().values_list("kind").annotate(Sum("worth")))
    return [(kind, found[kind]) for kind in BenefitKind if kind in found]


def policy_table(day: date) -> list[tuple[str, list[tuple[BenefitKind, Outcome]]]]:
    """Return a row for officials and for each channel: what the policy says of every kind."""
    policy = outcomes_on(day)
    return [
        (party, [(kind, policy.get((party, kind), Outcome.COMPLIANCE)) for kind in BenefitKind])
        for party in PARTIES
    ]
