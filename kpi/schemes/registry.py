"""What schemes are told by the room above: grades and waivers that assessors gave, and the last closed month for previews."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Marks:
    """What people added to a sheet: indicator → grade, indicator → reason of the waiver."""

    grades: Mapping[str, int] = field(default_factory=dict)
    waived: Mapping[str, str] = field(default_factory=dict)


#: position → (name of the sheet, frozen inputs, frozen total) of the last closed month
ClosedSheets = Callable[[Iterable[str]], list[tuple[str, Mapping[str, Any], str]]]

_closed: list[ClosedSheets] = []


def register_closed_sheets(provider: ClosedSheets) -> None:
    """Say who knows the sheets of the last closed month."""
    _closed[:] = [provider]


def closed_sheets(positions: Iterable[str]) -> list[tuple[str, Mapping[str, Any], str]]:
    """Return the sheets of these positions in the last closed month."""
    return _closed[0](positions) if _closed else []
