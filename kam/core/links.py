"""Addresses of pages, quickly: a record has seventy of them, and each looked up its pattern anew.

What an address looks like is asked once for a name and kinds of values; numbers and plain words are then put in their places.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.urls import NoReverseMatch, get_resolver, get_urlconf, reverse

#: Stand for values in an address while its places are looked for: nothing else in an address looks like them.
_FIRST_NUMBER, _WORD, _DOTTED = 7_300_100, "zqplace{}qz", "zq.place-{}.qz"
_PLAIN = re.compile(r"[a-z][a-z0-9_]*")
#: "sales.actual", "person-7": nothing that an address would quote, but not every place takes it.
_WITH_DOTS = re.compile(r"[a-z][a-z0-9_.-]*")
_MOST_VALUES = 4


def address_of(name: str, values: Sequence[Any]) -> str | None:
    """Return what `reverse(name, args=values)` would; None where only `reverse` can tell."""
    if len(values) > _MOST_VALUES or ":" in name:
        return None
    kinds = "".join([_kind(value) for value in values])
    if "?" in kinds:
        return None
    parts = _parts(name, kinds, get_resolver(get_urlconf()))
    if parts is None:
        return None
    return parts[0] + "".join([f"{value}{after}" for value, after in zip(values, parts[1:], strict=True)])


def _kind(value: Any) -> str:
    if value.__class__ is int and value >= 0:
        return "n"
    if not isinstance(value, str):
        return "?"
    if _PLAIN.fullmatch(value):
        return "w"
    return "d" if _WITH_DOTS.fullmatch(value) else "?"


@lru_cache(maxsize=1024)
def _parts(name: str, kinds: str, resolver: Any) -> tuple[str, ...] | None:
    """Return what stands before, between and behind the values; None where an address takes only some words, or moves them."""
    del resolver  # a part of the cache's key: another one has other addresses
    places = [
        _FIRST_NUMBER + place if kind == "n" else (_WORD if kind == "w" else _DOTTED).format("abcd"[place])
        for place, kind in enumerate(kinds)
    ]
    try:
        rest = reverse(name, args=places)
    except (NoReverseMatch, AttributeError, TypeError):  # an address that takes days, say
        return None
    parts = []
    for place in places:
        before, found, rest = rest.partition(str(place))
        if not found:
            return None
        parts.append(before)
    return (*parts, rest)
