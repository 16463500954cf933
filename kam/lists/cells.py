"""From a row to what the macro draws: plain values, localised once per page, never per cell."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kam.lists.spec import Column, ListSpec, Name

DASH = "—"
_KEPT = frozenset({"name", "badge", "html"})


@dataclass(frozen=True, slots=True)
class Line:
    """One drawn row."""

    pk: Any
    url: str
    edit_url: str
    label: str
    cells: list[tuple[str, Any, str]]


def draw_lines(spec: ListSpec, columns: Sequence[Column], rows: Sequence[Any]) -> list[Line]:
    """Return the rows as the macro wants them: per cell its value, ready to print, and its tone."""
    today = timezone.localdate()
    readers = [(column.kind, reader_of(column), printer_of(column, today), column.tone) for column in columns]
    lines = []
    for row in rows:
        cells: list[tuple[str, Any, str]] = []
        label = str(row)
        for kind, read, show, tone in readers:
            value = read(row)
            cells.append(
                (kind, DASH if value is None or value == "" else show(value), tone(row) if tone else "")
            )
            if kind == "name" and isinstance(value, Name):
                label = value.text
        url = spec.row_url(row) if spec.row_url else ""
        lines.append(Line(row.pk, url, spec.row_edit_url(row) if spec.row_edit_url else "", label, cells))
    return lines


def reader_of(column: Column) -> Callable[[Any], Any]:
    """Return the function that takes a column's value from a row; a path stops at None."""
    if callable(column.value):
        return column.value
    path = column.value
    if "." not in path:
        return attrgetter(path)
    parts = path.split(".")

    def read(row: Any) -> Any:
        for part in parts:
            row = getattr(row, part)
            if row is None:
                return None
        return row

    return read


def printer_of(column: Column, today: date) -> Callable[[Any], Any]:
    """Return the function that turns a value of this column into what is printed."""
    language = get_language() or "en"
    printers: dict[str, Callable[[Any], Any]] = {
        "number": lambda value: _number(value, 0 if isinstance(value, int) else None, language),
        "money": lambda value: _number(value, 2, language),
        "percent": lambda value: f"{_number(value, None, language)} %",
        "date": lambda value: day_words(value, today.year, language),
        "datetime": lambda value: moment_words(value, today.year, language),
        "yes": lambda value: _("yes") if value else _("no"),
    }
    if column.kind in _KEPT:
        return lambda value: value
    return printers.get(column.kind, str)


@lru_cache(maxsize=4096)
def day_words(day: date, this_year: int, language: str) -> str:
    """Return a day as people say it: "12 Jun", "6月12日", with the year when it is not this one."""
    if language.startswith("zh"):
        words = f"{day.month}月{day.day}日"
        return words if day.year == this_year else f"{day.year}年{words}"
    words = formats.date_format(day, "j M")
    return words if day.year == this_year else f"{words} {day.year}"


def moment_words(moment: datetime, this_year: int, language: str) -> str:
    """Return a moment in the person's zone: the day and the time."""
    local = timezone.localtime(moment)
    return f"{day_words(local.date(), this_year, language)} {local:%H:%M}"


@lru_cache(maxsize=4096)
def _number(value: Any, decimals: int | None, language: str) -> str:
    del language  # a part of the cache's key: formats.number_format reads the active one
    if decimals is None:
        value = Decimal(value).normalize() if value else Decimal(0)
        decimals = max(0, -int(value.as_tuple().exponent))
    return str(formats.number_format(value, decimal_pos=decimals, use_l10n=True, force_grouping=True))
