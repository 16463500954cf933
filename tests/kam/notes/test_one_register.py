"""One register of what a source key leads to, however its room looks it up."""

import pytest

from kam.notes import registry
from kam.notes.terms import SourceKey


@pytest.fixture(autouse=True)
def _own_register(monkeypatch):
    monkeypatch.setattr(registry, "_resolvers", {})


def key(kind, pk):
    return SourceKey(kind, pk, "")


def test_many_sources_ask_each_kind_once_and_single_ones_say_the_same():
    asked = []

    def look_up(ids):
        asked.append(list(ids))
        return {one: f"/looked-up/{one}/" for one in ids if one != "9"}

    registry.register_link("plain", lambda pk: f"/plain/{pk}/")
    registry.register_links("many", look_up)
    sources = [
        key("plain", "1"),
        key("many", "2"),
        key("many", "3"),
        key("many", "9"),
        key("none", "4"),
        key("many", ""),
    ]
    links = registry.links_of(sources)
    assert list(map(links.get, sources)) == ["/plain/1/", "/looked-up/2/", "/looked-up/3/", "", "", ""]
    assert asked == [["2", "3", "9"]]
    assert [registry.link_of(source) for source in sources] == [links[source] for source in sources]


def test_the_last_who_registers_a_kind_answers_for_it():
    registry.register_links("kind", lambda ids: dict.fromkeys(ids, "/first/"))
    registry.register_link("kind", lambda _pk: "/last/")
    assert (registry.link_of(key("kind", "1")), registry.links_of([key("kind", "1")])[key("kind", "1")]) == (
        "/last/",
        "/last/",
    )
