"""Reads of registered customers: what goals count, what a page of a campaign or a unit shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q

from accounts.units.models import KeyAccount
from campaigns.campaigns.models import Campaign, Goal
from campaigns.campaigns.terms import GoalKind
from campaigns.prospects.models import Prospect
from campaigns.prospects.rules import Tally, needed, tally_of_all
from kam.users.models import User

_SINCERE = Q(sincere_on__isnull=False)


def tallies(campaign: Campaign) -> dict[str, Tally]:
    """Return channel → how many were registered and how many are sincere, over the whole department; one statement."""
    rows = Prospect.objects.filter(campaign=campaign).order_by().values_list("channel")
    counted = rows.annotate(n=Count("pk"), sincere=Count("pk", filter=_SINCERE))
    return {channel: Tally(n, sincere) for channel, n, sincere in counted}


def developed_channels(campaign: Campaign) -> list[str]:
    """Return the channels in which the campaign has a goal for units."""
    rows = Goal.objects.filter(campaign=campaign, kind=GoalKind.UNITS).exclude(channel="")
    return list(rows.values_list("channel", flat=True))


def count_goals(campaign: Campaign) -> dict[GoalKind, dict[str, Decimal]]:
    """Return what is reached of the goals for registered and for sincere customers."""
    by_channel = tallies(campaign)
    told = {**by_channel, "": tally_of_all(by_channel, developed_channels(campaign))}
    return {
        GoalKind.PROSPECTS: {channel: Decimal(tally.registered) for channel, tally in told.items()},
        GoalKind.SINCERE_PERCENT: {channel: tally.percent or Decimal(0) for channel, tally in told.items()},
    }


@dataclass(frozen=True, slots=True)
class Registered:
    """What the page of a campaign says of its customers: those that goals count, and those that the reader sees."""

    counted: Tally
    all: Tally
    mine: int
    needed: int | None
    percent: Decimal | None


def registered_in(campaign: Campaign, user: User) -> Registered:
    """Return the figures of a campaign; `needed` is how many must be sincere for its goal."""
    by_channel = tallies(campaign)
    goals = list(Goal.objects.filter(campaign=campaign).values_list("kind", "channel", "target"))
    developed = [channel for kind, channel, _target in goals if kind == GoalKind.UNITS and channel]
    wanted = next((t for kind, channel, t in goals if kind == GoalKind.SINCERE_PERCENT and not channel), None)
    counted, everybody = tally_of_all(by_channel, developed), tally_of_all(by_channel, ())
    mine = Prospect.objects.visible_to(user).filter(campaign=campaign).count()
    least = None if wanted is None else needed(counted.registered, wanted)
    return Registered(counted, everybody, mine, least, counted.percent)


def prospects_of(unit: KeyAccount) -> list[Prospect]:
    """Return the customers registered with a unit, newest first."""
    return list(Prospect.objects.filter(unit=unit).select_related("campaign", "owner")[:50])


def intentions_by_unit(campaign: Campaign, user: User) -> Mapping[int, int]:
    """Return unit → registered customers who want something, of the units that one sees."""
    rows = Prospect.objects.willing().filter(campaign=campaign, unit__in=KeyAccount.objects.visible_to(user))
    return dict(rows.order_by().values_list("unit").annotate(n=Count("pk")))


def sincere_by_unit(campaign: Campaign, user: User) -> Mapping[int, int]:
    """Return unit → sincere customers, of the units that one sees."""
    rows = Prospect.objects.filter(_SINCERE, campaign=campaign, unit__in=KeyAccount.objects.visible_to(user))
    return dict(rows.order_by().values_list("unit").annotate(n=Count("pk")))
