"""How a source key becomes a link: each room registers its kinds, so that nothing here knows them."""

from collections.abc import Callable, Collection, Iterable, Mapping

from kam.notes.terms import SourceKey

Resolver = Callable[[str], str]
#: ids → the address of each that has one.
ManyResolver = Callable[[Collection[str]], Mapping[str, str]]

_resolvers: dict[str, ManyResolver] = {}


def register_link(kind: str, resolve: Resolver) -> None:
    """Register `resolve(id) -> address` for source keys of `kind` whose id tells it. The page behind it still checks the rights."""
    _resolvers[kind] = lambda ids: {one: resolve(one) for one in ids}


def register_links(kind: str, resolve: ManyResolver) -> None:
    """Register what looks the addresses of `kind` up, many with one statement, for kinds whose id does not tell."""
    _resolvers[kind] = resolve


def links_of(sources: Iterable[SourceKey]) -> dict[SourceKey, str]:
    """Return source key → address, an empty text where its room gave none: one question to each kind, however many there are."""
    every = set(sources)
    ids: dict[str, set[str]] = {}
    for source in every:
        if source.id:
            ids.setdefault(source.kind, set()).add(source.id)
    known = {kind: _resolvers[kind](sorted(wanted)) for kind, wanted in ids.items() if kind in _resolvers}
    return {source: known.get(source.kind, {}).get(source.id, "") for source in every}


def link_of(source: SourceKey) -> str:
    """Return the address of a source key, or an empty text where its room gave none."""
    return links_of([source])[source]
