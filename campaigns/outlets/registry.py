"""What rooms above add to the page of an outlet, and how they score it: inspections, sponsorships."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from campaigns.outlets.models import Outlet
from kam.users.models import User


@dataclass(frozen=True, slots=True)
class OutletPart:
    """A card of an outlet's page: `context(outlet, user)` feeds `template`."""

    key: str
    order: int
    template: str
    context: Callable[[Outlet, User], dict[str, Any]]


_parts: dict[str, OutletPart] = {}
#: Mean score of inspections by outlet, between two days; one statement.
Scores = Callable[[Collection[int], date, date], Mapping[int, Decimal]]
_scores: list[Scores] = []


def register_outlet_part(part: OutletPart) -> None:
    """Put a card on the page of every outlet; a second one with the same key is a mistake."""
    if part.key in _parts:
        raise ValueError(f"part {part.key} of outlets is registered twice")
    _parts[part.key] = part


def parts_of(outlet: Outlet, user: User) -> list[dict[str, Any]]:
    """Return the cards in their order, each with its context."""
    shown = sorted(_parts.values(), key=lambda part: part.order)
    return [{"template": part.template, **part.context(outlet, user)} for part in shown]


def register_scores(scores: Scores) -> None:
    """Let the room of inspections score outlets for the ranking."""
    _scores.append(scores)


def scores_of(outlets: Collection[int], first: date, last: date) -> dict[int, Decimal]:
    """Return outlet → mean score between two days."""
    return {outlet: score for scores in _scores for outlet, score in scores(outlets, first, last).items()}
