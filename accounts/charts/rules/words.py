"""Texts that must fit into a card."""

import unicodedata

_WIDE = frozenset("WF")


def fit(text: str, columns: int) -> str:
    """Return `text` cut to so many columns, a Chinese character being two wide; what was cut ends in an ellipsis."""
    width = 0
    for place, character in enumerate(text):
        width += 2 if unicodedata.east_asian_width(character) in _WIDE else 1
        if width > columns:
            return text[: max(place - 1, 0)].rstrip() + "…"
    return text
