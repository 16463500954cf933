"""Which column of a file means what: by its Chinese or English heading, whatever its width, script or case."""

from collections.abc import Mapping, Sequence

from accounts.imports.terms import HEADS, REQUIRED_COLUMNS, Column
from kam.search.rules import fold

_BY_HEAD = {fold(head): column for column, heads in HEADS.items() for head in heads}
_DECORATION = "*＊:：()（） _-"


def column_of(head: str) -> Column | None:
    """Return what a heading means, or None."""
    folded = fold(head).strip(_DECORATION)
    return _BY_HEAD.get(folded) or _BY_HEAD.get(folded.replace("_", " ").replace("-", " "))


def recognise(heads: Sequence[str], remembered: Mapping[str, str] | None = None) -> dict[int, Column]:
    """Return place → column; what a person said before about a heading wins, and the first column of a kind wins.

    `remembered` maps a folded heading to a column, or to "" for a column to leave out.
    """
    told = remembered or {}
    found: dict[int, Column] = {}
    for place, head in enumerate(heads):
        known = told.get(fold(head))
        column = column_of(head) if known is None else (Column(known) if known else None)
        if column is not None and column not in found.values():
            found[place] = column
    return found


def missing_columns(found: Mapping[int, Column]) -> list[Column]:
    """Return the columns without which nothing can be imported."""
    return [column for column in REQUIRED_COLUMNS if column not in found.values()]


def signature(heads: Sequence[str]) -> str:
    """Return the same text for files with the same headings, so that a mapping is found again."""
    return "|".join(fold(head) for head in heads)
