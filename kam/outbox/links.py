"""Links that stand in a mail only while it goes out: the row keeps a mark, the room that made it tells the address.

A public link is a key to a page. Kept in the outbox as text it could be read there for years; so the row says which link is meant.
A mark is signed for the one mail it was made for: typed into a name or a task, or copied into another mail, it stays the text it is.
"""

import re
from collections.abc import Callable

from django.core.signing import BadSignature, Signer

_MARK = re.compile(r"⟦link:([a-z_.]{1,60}):(\d{1,18}):([\w-]{1,60})⟧", re.ASCII)
_SIGNER = "kam.outbox.links"

_makers: dict[str, Callable[[str], str]] = {}


def register_link_maker(source: str, maker: Callable[[str], str]) -> None:
    """Register `maker(id) -> address` for marks of `source`."""
    if source in _makers:
        raise ValueError(f"link maker {source} is registered twice")
    _makers[source] = maker


def link_mark(source: str, pk: int, *, key: str) -> str:
    """Return what stands in place of the link in the text of the mail that is posted under `key`."""
    said = f"{source}:{pk}"
    return f"⟦link:{said}:{_signer().signature(_of_mail(said, key))}⟧"


def with_links(text: str, *, key: str) -> str:
    """Return the text of the mail posted under `key` with every mark of ours replaced by its address."""

    def address(found: re.Match[str]) -> str:
        maker = _makers.get(found[1])
        said = f"{found[1]}:{found[2]}"
        return maker(found[2]) if maker and _is_ours(_of_mail(said, key), found[3]) else found[0]

    return _MARK.sub(address, text)


def _of_mail(said: str, key: str) -> str:
    return f"{said}|{key}"


def _is_ours(value: str, signature: str) -> bool:
    signer = _signer()
    try:
        signer.unsign(f"{value}{signer.sep}{signature}")
    except BadSignature:
        return False
    return True


def _signer() -> Signer:
    return Signer(salt=_SIGNER)
