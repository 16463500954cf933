"""Links that stand in a mail only while it goes out: the row keeps a mark, the room that made it tells the address.

A public link is a key to a page. Kept in the outbox as text it could be read there for years; so the row says which link is meant.
"""

import re
from collections.abc import Callable

_MARK = re.compile(r"⟦link:([a-z_.]+):(\d+)⟧")

_makers: dict[str, Callable[[str], str]] = {}


def register_link_maker(source: str, maker: Callable[[str], str]) -> None:
    """Register `maker(id) -> address` for marks of `source`."""
    if source in _makers:
        raise ValueError(f"link maker {source} is registered twice")
    _makers[source] = maker


def link_mark(source: str, pk: int) -> str:
    """Return what stands in a mail's text in place of the link."""
    return f"⟦link:{source}:{pk}⟧"


def with_links(text: str) -> str:
    """Return the text with every mark replaced by its address."""
    return _MARK.sub(lambda found: _makers[found[1]](found[2]), text)
