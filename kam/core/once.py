"""Reads that several parts of one page share: made once for an object that lives as long as the request."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
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


_shared: ContextVar[dict[Any, Any] | None] = ContextVar("kam_shared_reads", default=None)


@contextmanager
def reading() -> Iterator[None]:
    """Let everything inside share what `shared` reads; for parts that only read, such as a page made of many sections.

    Inside another `reading()` the outer one goes on: what it read is read.
    """
    if _shared.get() is not None:
        yield
        return
    token = _shared.set({})
    try:
        yield
    finally:
        _shared.reset(token)


def shared(key: Any, make: Callable[[], T]) -> T:
    """Return what `make()` gave the first time for `key` inside this `reading()`; outside of one, ask each time."""
    kept = _shared.get()
    if kept is None:
        return make()
    if key not in kept:
        kept[key] = make()
    found: T = kept[key]
    return found


def kept(key: Any) -> Any:
    """Return what this `reading()` has for `key`, None when nobody asked yet or outside of one."""
    return (_shared.get() or {}).get(key)


def keep(key: Any, value: Any) -> None:
    """Give everybody in this `reading()` a value for `key`; outside of one nothing is kept."""
    found = _shared.get()
    if found is not None:
        found[key] = value
