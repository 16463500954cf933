"""Facts that apps above tell the rules: visits due today, open referrals."""

from collections.abc import Callable, Collection, Iterable
from datetime import date
from typing import Any

Facts = Callable[[Collection[int], date], dict[int, dict[str, Any]]]

#: What may be told, by the name of the field of UnitFacts.
TOLD = frozenset(
    {"visits_due", "open_referrals", "flows", "contracts", "complaints", "service_plans", "agreements"}
)

_providers: list[Facts] = []

#: Rooms above that keep something in step with the facts of units, whenever flags are computed again.
Follower = Callable[[Collection[int], date], None]
_followers: list[Follower] = []


def register_follower(follow: Follower) -> None:
    """Register `follow(unit_ids, today)`: called in the same transaction for every unit that acts or the day made dirty."""
    _followers.append(follow)


def tell_followers(unit_ids: Collection[int], today: date) -> None:
    for follow in _followers:
        follow(unit_ids, today)


def register_facts(provider: Facts) -> None:
    """Register `provider(unit_ids, today) -> {unit_id: facts}`: a fixed number of queries for all units together.

    `visits_due` is a list of {"key", "on", "has_outline", "label"}; `open_referrals` is a number;
    `flows` is a list of at most one {"id", "drawn_on", "drawn_at", "deciders"}: the decision flow in force;
    `contracts` is a list of {"key", "ends_on", "competitor", "line"}: running contracts of competitors;
    `complaints` is a list of {"key", "received_on", "due_on", "number"}: severe complaints that are not resolved;
    `service_plans` is a list of {"id", "person_id", "name", "seat", "due_on", "since_on", "failed"}: plans that are overdue;
    `agreements` is a list of {"key", "number", "title", "since_on", "ends_on"}: long-term agreements that nothing renews yet.
    """
    _providers.append(provider)


def told_facts(unit_ids: Collection[int], today: date) -> dict[int, dict[str, Any]]:
    """Return what all providers say, merged per unit: lists are joined, numbers added."""
    merged: dict[int, dict[str, Any]] = {}
    for provider in _providers:
        for unit_id, facts in provider(unit_ids, today).items():
            _merge(merged.setdefault(unit_id, {}), facts.items())
    return merged


def _merge(into: dict[str, Any], facts: Iterable[tuple[str, Any]]) -> None:
    for name, value in facts:
        if name not in TOLD:
            raise ValueError(f"no rule asks for {name}")
        into[name] = into[name] + value if name in into else value
