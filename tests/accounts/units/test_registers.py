"""What units and persons give to search and handover."""

import pytest

from accounts.persons.services import add_person
from accounts.units import registry
from accounts.units.models import TierChange
from accounts.units.services import change_tier, create_unit
from accounts.units.terms import Channel, Tier
from kam.core.errors import BusinessError
from kam.people.registry import all_holdings, unmaskable
from kam.search.registry import all_kinds
from tests.factories.accounts import make_unit


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


def test_rooms_above_hear_of_a_changed_tier_and_may_refuse_it(cast, monkeypatch):
    monkeypatch.setattr(registry._registry, "tier_changed", {})
    unit = make_unit(owner=cast.owner)
    heard = []
    registry.register_tier_changed(
        "heard", lambda unit, old, new, by: heard.append((unit.tier, old, new, by))
    )
    change_tier(unit, to=Tier.A, by=cast.manager, reason="nine sets wanted")
    assert heard == [(Tier.A, Tier.D, Tier.A, cast.manager)]
    with pytest.raises(ValueError, match="twice"):
        registry.register_tier_changed("heard", lambda *_told: None)

    def refuse(*_told):
        raise BusinessError("no plan for B", code="no_plan")

    registry.register_tier_changed("refuses", refuse)
    with pytest.raises(BusinessError, match="no plan"):
        change_tier(unit, to=Tier.B, by=cast.manager, reason="six sets")
    unit.refresh_from_db()
    assert unit.tier == Tier.A
    assert TierChange.objects.filter(unit=unit).count() == 1
