"""From a row to its cells as HTML: words localised once per page, every value escaped, no template per cell."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

from django.utils import formats
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from markupsafe import escape

from kam.core.clock import business_date
from kam.core.days import day_words, moment_words
from kam.lists.spec import Column, ListSpec, Name

DASH = "–"
#: Kinds of columns that need their head beside the value, and where a card has none.
_BARE = frozenset({"yes", "number", "money", "percent"})
_SIDES = frozenset({"left", "right"})


def draw_rows(
    spec: ListSpec,
    columns: Sequence[Column],
    rows: Iterable[Any],
    *,
    user: Any = None,
    css: Sequence[str] = (),
    select: str = "",
) -> SafeString:
    """Return the rows of the table; where they can be ticked, `select` is the word that stands before each name for who cannot see."""
    today = business_date()
    drawers = [
        _Cell(
            reader_of(column),
            printer_of(column, today),
            _DRAWN.get(column.kind),
            column.kind == "name",
            column.tone,
            place,
            _opening(place, bare),
            bare,
        )
        for column, place in zip(columns, css or [""] * len(columns), strict=True)
        for bare in (_bare_label(column),)
    ]
    word, drawn = escape(select), []
    for row in rows:
        label, cells = _draw_cells(drawers, row, spec.row_url(row) if spec.row_url else "")
        pk, edit_url = _safe(str(row.pk)), spec.row_edit_url(row, user) if spec.row_edit_url else ""
        drawn.append(f'<tr role="row" data-row="{pk}">')
        if select:
            drawn.append(
                '<td role="cell" class="ck"><input class="k-check" type="checkbox" name="row"'
                f' value="{pk}" form="bulk" aria-label="{word} {_safe(label)}"></td>'
            )
        drawn += cells
        if edit_url:
            drawn.append(f'<td hidden><a href="{_safe(edit_url)}" data-edit tabindex="-1"></a></td>')
        drawn.append("</tr>\n")
    return mark_safe("".join(drawn))  # noqa: S308 -- every value is escaped above and below


class _Cell(NamedTuple):
    """How one column draws its cells."""

    read: Callable[[Any], Any]
    show: Callable[[Any], Any]
    draw: Callable[[Any, str], Iterable[str]] | None
    is_name: bool
    tone: Callable[[Any], str] | None
    place: str
    opening: str
    bare: str


def _draw_cells(drawers: Sequence[_Cell], row: Any, url: str) -> tuple[str, list[str]]:
    """Return what a row is called, and its cells."""
    label, cells = "", []
    for read, show, draw, is_name, tone, place, opening, bare in drawers:
        value = read(row)
        cells.append(_opening(f"{place} {tone(row)}", bare) if tone else opening)
        if value is None or (value.__class__ is str and not value):
            cells.append(DASH)
        else:
            shown = show(value)
            if draw is None:
                cells.append(_safe(shown))
            else:
                cells += draw(shown, url)
                if is_name and not label:
                    label = shown.text
        cells.append("</td>")
    return label or str(row), cells


_ESCAPED = re.compile("[&<>\"']")


def _safe(words: Any) -> str:
    """Return words as HTML; most hold nothing that must be escaped, and looking is quicker than escaping."""
    if words.__class__ is str and not _ESCAPED.search(words):
        return str(words)
    return escape(words)


def _name(name: Name, url: str) -> tuple[str, ...]:
    text, tier, sub = _safe(name.text), _safe(name.tier), _safe(name.sub)
    square = f'<span class="k-tier {tier.lower()}">{tier}</span>' if tier else ""
    below = f'<br><span class="mut t12">{sub}</span>' if sub else ""
    lang = f' lang="{_safe(name.lang)}"' if name.lang else ""
    shown = (
        f'<a class="b6" href="{_safe(url)}" data-open{lang}>{text}</a>'
        if url
        else f'<span class="b6">{text}</span>'
    )
    return (f'<span class="row-c">{square}<span class="grow">{shown}{below}</span></span>',)


def _badge(badge: tuple[str, str], _url: str) -> tuple[str, ...]:
    return ('<span class="k-badge ', _safe(badge[0]), '">', _safe(badge[1]), "</span>")


def _tag(words: str, _url: str) -> tuple[str, ...]:
    return ('<span class="k-tag">', _safe(words), "</span>")


#: Kinds that are more than their words.
_DRAWN: dict[str, Callable[[Any, str], Iterable[str]]] = {"name": _name, "badge": _badge, "tag": _tag}


@lru_cache(maxsize=512)
def _opening(css: str, bare: str) -> SafeString:
    label = format_html(' data-label="{}"', bare) if bare else ""
    return format_html('<td role="cell" class="{}"{}>', css, label)


def _bare_label(column: Column) -> str:
    """Return the head of a column whose values say nothing alone on a phone's card: a figure, a yes or no."""
    return str(column.label) if column.kind in _BARE and column.phone in _SIDES else ""


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
    say = _speaker()
    printers: dict[str, Callable[[Any], Any]] = {
        "name": lambda value: value if isinstance(value, Name) else Name(str(value)),
        "badge": lambda value: (
            (value[0], say(value[1])) if isinstance(value, tuple) else ("draft", say(value))
        ),
        "number": lambda value: _number(value, 0 if isinstance(value, int) else None, language),
        "money": lambda value: _number(value, 2, language),
        "percent": lambda value: f"{_number(value, None, language)} %",
        "date": lambda value: day_words(value, today.year, language),
        "datetime": lambda value: moment_words(value, today.year, language),
        "yes": lambda value: _("yes") if value else _("no"),
    }
    if column.kind == "html":
        return lambda value: value
    return printers.get(column.kind, say)


def _speaker() -> Callable[[Any], str]:
    """Return a `str` that translates each label once a page, not once a row."""
    said: dict[int, tuple[Any, str]] = {}  # the label is kept beside its words, so that its id stays its own

    def say(value: Any) -> str:
        if not isinstance(value, Promise):
            return str(value)
        known = said.get(id(value))
        if known is None:
            known = said[id(value)] = (value, str(value))
        return known[1]

    return say


@lru_cache(maxsize=4096)
def _number(value: Any, decimals: int | None, language: str) -> str:
    del language  # a part of the cache's key: formats.number_format reads the active one
    if decimals is None:
        value = Decimal(value).normalize() if value else Decimal(0)
        decimals = max(0, -int(value.as_tuple().exponent))
    return str(formats.number_format(value, decimal_pos=decimals, use_l10n=True, force_grouping=True))
