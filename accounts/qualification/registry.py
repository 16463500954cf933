"""Facts that apps above know about units (the largest deal, say): a later provider of the same fact wins where it has a value."""

from collections.abc import Callable, Collection, Mapping

Facts = Callable[[Collection[int]], Mapping[int, Mapping[str, object]]]

_providers: list[Facts] = []


def register_facts(provider: Facts) -> None:
    """Add a provider: unit ids → {unit id: {fact: value}}, one fixed number of queries for all."""
    _providers.append(provider)


def provided_facts(unit_ids: Collection[int]) -> dict[int, dict[str, object]]:
    """Return what all providers say."""
    found: dict[int, dict[str, object]] = {unit_id: {} for unit_id in unit_ids}
    for provider in _providers:
        for unit_id, facts in provider(unit_ids).items():
            found.setdefault(unit_id, {}).update(
                {name: value for name, value in facts.items() if value is not None}
            )
    return found
