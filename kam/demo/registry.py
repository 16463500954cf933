"""The parts of the demo story: each room plays its own through its own services."""

from collections.abc import Callable
from dataclasses import dataclass

from kam.demo.story import Story

Play = Callable[[Story], None]


@dataclass(frozen=True, slots=True)
class Part:
    """One room's part: parts play in the order of their number, then of their name."""

    order: int
    name: str
    play: Play


_parts: dict[str, Part] = {}


def register_part(order: int, name: str, play: Play) -> None:
    """Register `play(story)`. Orders: 10 people, 20 settings and calendar, 30 units, 40 persons and contacts, 50 plans, 60 visits,
    70 reports and follow-ups, 80 approvals, 90 the rest."""
    if name in _parts:
        raise ValueError(f"demo part {name} is registered twice")
    _parts[name] = Part(order, name, play)


def all_parts() -> list[Part]:
    """Return every part in the order of the story."""
    return sorted(_parts.values(), key=lambda part: (part.order, part.name))
