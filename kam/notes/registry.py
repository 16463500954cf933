"""How a source key becomes a link: each room registers its kinds, so that nothing here knows them."""

from collections.abc import Callable

from kam.notes.terms import SourceKey

Resolver = Callable[[str], str]

_resolvers: dict[str, Resolver] = {}


def register_link(kind: str, resolve: Resolver) -> None:
    """Register `resolve(id) -> address` for source keys of `kind`. The page behind it still checks the rights."""
    _resolvers[kind] = resolve


def link_of(source: SourceKey) -> str:
    """Return the address of a source key, or an empty text where its room gave none."""
    resolve = _resolvers.get(source.kind)
    return resolve(source.id) if resolve and source.id else ""
