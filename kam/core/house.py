"""Words that are kept in rows are written once, in the language of the house; what is drawn is in the reader's."""

from contextlib import AbstractContextManager
from datetime import date
from functools import cache
from typing import Any

from django.conf import settings
from django.utils import translation

from kam.core.days import say_day

HOUSE_LANGUAGE = "zh-hans"

#: Code → word, as the rooms registered them.
_labels: dict[str, Any] = {}


def house_words() -> AbstractContextManager[None]:
    """Write translated texts in the language of the house, whoever writes them."""
    return translation.override(HOUSE_LANGUAGE)


def in_house_words(label: Any) -> str:
    """Return a lazily translated text in the language of the house, for a row to keep."""
    with house_words():
        return str(label)


def register_house_labels(labels: dict[str, Any]) -> None:
    """Let rows that keep one of these words (or its code) be read in each reader's language."""
    _labels.update(labels)
    _known.cache_clear()


@cache
def _known() -> dict[str, Any]:
    """Return what rows may hold (a code, or the word in any of our languages) → the word, translated when it is drawn."""
    found = dict(_labels)
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found |= {str(label): label for label in _labels.values()}
    return found


def read_house(text: str) -> str:
    """Return what a row keeps in the reader's words; a day behind the word is said in full, free text stays as it was typed."""
    known = _known()
    if text in known:
        return str(known[text])
    word, _gap, tail = text.rpartition(" ")
    try:
        return f"{known[word]} {say_day(date.fromisoformat(tail))}"
    except (KeyError, ValueError):
        return text
