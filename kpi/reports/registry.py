"""What reports may be made of: sources with their dimensions and figures. Rooms declare them; nobody writes SQL.

A source begins at `rows(user)`, which is what this person may see; the pivot, the rows behind it, files and mails all start from it.
docs/howto/add_a_report_source.md tells how to add one.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Avg, Q, QuerySet

from kam.lists.spec import ListSpec
from kam.users.models import User

#: Values → what they are called, in the order in which they stand.
Words = Callable[[Collection[Any]], Mapping[Any, str]]


@dataclass(frozen=True, slots=True)
class Dimension:
    """What rows are grouped by: `by` is an expression over a row, `words` says what its values are called, `filter` narrows to one."""

    key: str
    label: Any
    by: Any
    words: Words
    filter: Callable[[], Any]


@dataclass(frozen=True, slots=True)
class Figure:
    """What is counted, of the rows that are `where`. A figure that does not add up (an average, different units) is asked for its sums again."""

    key: str
    label: Any
    aggregate: Any
    where: Q | None = None
    is_money: bool = False
    adds_up: bool = True

    @property
    def of_nothing(self) -> Decimal | None:
        """What it comes to where no row is: none of an average, which nothing has, 0 of whatever is counted or summed."""
        return None if isinstance(self.aggregate, Avg) else Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Something reports are made of; `day` is the column that a period means, "" for what stands as today."""

    key: str
    label: Any
    rows: Callable[[User], QuerySet[Any]]
    can_open: Callable[[User], bool]
    dimensions: tuple[Dimension, ...]
    figures: tuple[Figure, ...]
    listed: ListSpec
    filterset: type[Any]
    day: str = ""
    day_label: Any = ""
    icon: str = "report"

    def dimension(self, key: str) -> Dimension | None:
        return next((one for one in self.dimensions if one.key == key), None)

    def figure(self, key: str) -> Figure:
        """Return the figure of this name, else the first."""
        return next((one for one in self.figures if one.key == key), self.figures[0])


_sources: dict[str, Source] = {}


def register_source(source: Source) -> Source:
    """Register a source; a second one of the same key is a mistake."""
    if source.key in _sources:
        raise ValueError(f"source {source.key} is registered twice")
    _sources[source.key] = source
    return source


def source_called(key: str) -> Source | None:
    return _sources.get(key)


def sources_for(user: User) -> list[Source]:
    """Return the sources that this person may open, in the order of their registration."""
    return [source for source in _sources.values() if source.can_open(user)]
