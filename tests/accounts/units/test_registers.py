"""What units and persons give to search and handover."""

from accounts.persons.services import add_person
from accounts.units.services import create_unit
from accounts.units.terms import Channel
from kam.people.registry import all_holdings, unmaskable
from kam.search.registry import all_kinds


def _find(key, user, words):
    kind = next(kind for kind in all_kinds() if kind.key == key)
    return [hit.label for hit in kind.find(user, words, 5)]


def test_search_finds_units_and_persons_of_the_own_scope_only(cast):
    unit = create_unit({"name": "泉州商会", "channel": Channel.CHAMBER}, by=cast.owner, owner=cast.owner)
    add_person(unit, {"name": "单志远", "mobile": "138 0013 8000"}, by=cast.owner)
    for user, sees in (
        (cast.owner, True),
        (cast.manager, True),
        (cast.other_team, False),
        (cast.finance, False),
    ):
        assert _find("accounts.unit", user, "qzsh") == (["泉州商会"] if sees else [])
        for words in ("志远", "szy", "13800138000"):
            assert _find("accounts.person", user, words) == (["单志远"] if sees else []), words
    assert _find("accounts.person", cast.owner, "1380013800") == []


def test_the_handover_moves_units_through_their_own_act(cast):
    unit = create_unit({"name": "泉州商会", "channel": Channel.CHAMBER}, by=cast.owner, owner=cast.owner)
    holding = next(h for h in all_holdings() if h.key == "accounts.units")
    assert [row.label for row in holding.of(cast.owner)] == ["泉州商会"]
    holding.move([str(unit.pk)], cast.owner, cast.same_team, cast.manager)
    unit.refresh_from_db()
    assert (unit.owner, holding.of(cast.owner)) == (cast.same_team, [])
    assert unit.ownerships.count() == 2


def test_personal_data_are_unmasked_only_where_the_unit_is_visible(cast):
    unit = create_unit({"name": "泉州商会", "channel": Channel.CHAMBER}, by=cast.owner, owner=cast.owner)
    person = add_person(unit, {"name": "单志远"}, by=cast.owner)
    kind = unmaskable("accounts.person")
    assert kind.load(person.pk, cast.other_team) is None
    assert kind.load(person.pk, cast.director) == person
    assert [kind.sees_plain(person, user) for user in (cast.owner, cast.manager, cast.director)] == [
        *(True, True, False)
    ]
