"""How complete is a unit's file? Weights of a hundred say how far it is; what it must have says whether it is done.
See docs/domain/archive.md."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from accounts.archive.terms import WHOLE


@dataclass(frozen=True, slots=True)
class Standing:
    """How far one file is: points of a hundred, what is missing (indispensable parts first), whether it is complete."""

    percent: int
    missing: tuple[str, ...]
    must: frozenset[str]

    @property
    def is_complete(self) -> bool:
        return not self.must

    @property
    def is_full(self) -> bool:
        return not self.missing


def standing_of(rules: Mapping[str, Any], found: Collection[str], order: Sequence[str]) -> Standing:
    """Return where a file stands that has the parts `found`; `order` is the order in which parts are told.

    `must` of the answer are the indispensable parts that are missing. A part without weight that is not indispensable is not asked for.
    """
    weights: Mapping[str, int] = rules["weights"]
    asked = [key for key in order if weights.get(key) or key in rules["must"]]
    missing = [key for key in asked if key not in found]
    lacking = frozenset(key for key in missing if key in rules["must"])
    missing.sort(key=lambda key: (key not in lacking, -weights.get(key, 0)))
    percent = sum(weights.get(key, 0) for key in asked if key in found)
    return Standing(percent, tuple(missing), lacking)


def definition_problem(rules: Mapping[str, Any]) -> str | None:
    """Return the code of what is wrong with a drafted definition, None for nothing."""
    if sum(rules["weights"].values()) != WHOLE:
        return "weights"
    if not rules["must"]:
        return "must"
    return "weightless" if any(not rules["weights"].get(key) for key in rules["must"]) else None
