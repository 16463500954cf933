"""The effect of a campaign (S-174): visits → briefings → intentions → deals, by unit, as far as the reader sees the units."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from heapq import nsmallest
from typing import Any

from django.db.models import Count

from accounts.units.models import KeyAccount
from campaigns.campaigns.models import Campaign, Candidate
from campaigns.campaigns.registry import effect_steps
from campaigns.campaigns.rules import share_of_first
from kam.users.models import User
from visits.visits.models import Visit

#: So many units are told one by one; the sums stand for all.
_SHOWN = 30


@dataclass(frozen=True, slots=True)
class EffectRow:
    """One unit and how often each step was taken with it."""

    unit: KeyAccount
    numbers: list[int]


@dataclass(frozen=True, slots=True)
class EffectSum:
    """A step over all units: how often, with how many units, and these as a share of the units visited."""

    label: Any
    number: int
    units: int
    percent: int | None


@dataclass(frozen=True, slots=True)
class Effect:
    sums: list[EffectSum]
    rows: list[EffectRow]
    more: int
    first: date
    last: date


def effect_of(campaign: Campaign, user: User, labels: tuple[Any, ...], today: date) -> Effect:
    """Return the funnel; its units are those of the expansion table and those with whom something came about."""
    first, last = days_of(campaign, today)
    steps = effect_steps()
    found = [step.by_unit(campaign, user) for step in steps]
    ids = {unit for counted in found for unit in counted}
    ids |= set(
        Candidate.objects.visible_to(user)
        .filter(campaign=campaign, unit__isnull=False)
        .values_list("unit", flat=True)
    )
    counted = [_visits(user, ids, first, last), *found]
    seen = KeyAccount.objects.visible_to(user)
    known = list(seen.filter(pk__any_of=ids).order_by().values_list("pk", flat=True))
    columns = [[-step.get(pk, 0) for pk in known] for step in reversed(counted)]
    order = [pk for *_numbers, pk in nsmallest(_SHOWN, zip(*columns, known, strict=True))]
    units = seen.in_bulk(order)
    rows = [EffectRow(units[pk], [step.get(pk, 0) for step in counted]) for pk in order if pk in units]
    sums = _sums((*labels, *(step.label for step in steps)), counted)
    return Effect(sums, rows, max(0, len(known) - _SHOWN), first, last)


def days_of(campaign: Campaign, today: date) -> tuple[date, date]:
    """Return the first and the last day of a campaign by its phases and its offer; today where it is open."""
    phases = list(campaign.phases.values_list("starts_on", "ends_on"))
    starts = [start for start, _end in phases] + ([campaign.window_from] if campaign.window_from else [])
    ends = [end or today for _start, end in phases] + ([campaign.window_to] if campaign.window_to else [])
    first = min(starts, default=today - timedelta(days=365))
    return first, max(ends, default=today)


def _visits(user: User, units: Collection[int], first: date, last: date) -> Mapping[int, int]:
    rows = Visit.objects.visible_to(user).held().filter(unit__any_of=units, on__range=(first, last))
    return dict(rows.order_by().values_list("unit").annotate(n=Count("*")))


def _sums(labels: tuple[Any, ...], counted: list[Mapping[int, int]]) -> list[EffectSum]:
    told = []
    reached = [sum(1 for number in step.values() if number) for step in counted]
    for label, step, units in zip(labels, counted, reached, strict=True):
        told.append(EffectSum(label, sum(step.values()), units, share_of_first(units, reached[0])))
    return told
