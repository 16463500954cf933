"""How a source key becomes a link: each room registers its kinds, so that nothing here knows them."""

from collections.abc import Callable, Collection, Iterable, Mapping

from kam.notes.terms import SourceKey

Resolver = Callable[[str], str]
#: ids → the address of each that has one.
ManyResolver = Callable[[Collection[str]], Mapping[str, str]]

_resolvers: dict[str, Resolver] = {}
_many: dict[str, ManyResolver] = {}


def register_link(kind: str, resolve: Resolver) -> None:
    """Register `resolve(id) -> address` for source keys of `kind`. The page behind it still checks the rights."""
    _resolvers[kind] = resolve


def register_links(kind: str, resolve: ManyResolver) -> None:
    """Register what looks the addresses of `kind` up, many with one statement, for kinds whose id does not tell."""
    _many[kind] = resolve


def links_of(sources: Iterable[SourceKey]) -> dict[SourceKey, str]:
    """Return source key → address as `link_of` does: one statement for each kind that must look it up, however many there are."""
    every = set(sources)
    known = {
        kind: resolve(ids)
        for kind, resolve in _many.items()
        if (ids := sorted({source.id for source in every if source.kind == kind and source.id}))
    }
    return {
        source: known[source.kind].get(source.id, "") if source.kind in known else link_of(source)
        for source in every
    }


def link_of(source: SourceKey) -> str:
    """Return the address of a source key, or an empty text where its room gave none."""
    if source.kind in _many:
        return _many[source.kind]([source.id]).get(source.id, "") if source.id else ""
    resolve = _resolvers.get(source.kind)
    return resolve(source.id) if resolve and source.id else ""
