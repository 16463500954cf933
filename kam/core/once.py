"""Reads that several parts of one page share: made once for an object that lives as long as the request."""

from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")


def once(holder: Any, key: str, make: Callable[[], T]) -> T:
    """Return what `make()` gave the first time for this `holder` and `key`; kept on the object, gone with it.

    Only for pages that read: whoever writes and reads again does so with a fresh object.
    """
    kept: dict[str, T] = holder.__dict__.setdefault("_read_once", {})
    if key not in kept:
        kept[key] = make()
    return kept[key]
