"""Every foreign key to a unit or a person says how it follows a merge; a new model without a word fails here."""

import pytest
from django.db import connection

from accounts.merge import registry
from accounts.merge.registry import declare, declared_labels, links_to, undeclared
from accounts.merge.terms import How, Kind


def test_every_link_is_declared():
    assert undeclared() == [], (
        "say in the room's registers.py: declare(How.MOVE, …), docs/adr/0017-merges-move-links.md"
    )


def test_nothing_is_declared_that_does_not_exist():
    there = {link.label for kind in Kind for link in links_to(kind)}
    assert declared_labels() - there == set()


def test_a_planted_model_is_found(monkeypatch):
    monkeypatch.delitem(registry._declared, "visits.Visit.unit")
    assert undeclared() == ["visits.Visit.unit"]


def test_one_link_is_declared_once():
    with pytest.raises(ValueError, match="declared twice"):
        declare(How.MOVE, "visits.Visit.unit")


def test_money_moves_whole_or_not_at_all():
    strict = {link.label for kind in Kind for link in links_to(kind) if link.how is How.STRICT}
    assert {
        "campaigns.Deal.unit",
        "campaigns.Deal.customer",
        "campaigns.Benefit.person",
        "campaigns.Rebate.person",
    } <= strict


@pytest.mark.django_db
def test_an_append_only_table_lets_a_merge_through():
    """A table that refuses every change needs the trigger of docs/adr/0017 as soon as a link of it moves."""
    moving = {link.table for kind in Kind for link in links_to(kind) if link.how is not How.STAY}
    with connection.cursor() as cursor:
        cursor.execute(
            "select c.relname from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_proc p on p.oid = t.tgfoid"
            " where p.proname = 'refuse_change' and t.tgtype & 16 <> 0"
        )
        closed = {row[0] for row in cursor.fetchall()}
    assert sorted(moving & closed) == []
