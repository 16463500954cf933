"""Who proposes, merges persons, takes back: without a database, people by their position and reach."""

import pytest

from accounts.merge.models import Merge
from accounts.merge.permissions import (
    can_change,
    can_merge_persons,
    can_propose,
    can_see_duplicates,
    can_undo,
)
from accounts.merge.terms import Kind, MergeState
from accounts.persons.models import Person
from accounts.units.models import KeyAccount
from kam.users.models import User
from kam.users.scopes import Reach, Scope
from kam.users.terms import Position

pytestmark = pytest.mark.rules
OWN, OTHERS = KeyAccount(pk=1, owner_id=7, team_id=1), KeyAccount(pk=2, owner_id=8, team_id=2)


def somebody(position=Position.SPECIALIST, writable=Reach.OWN, pk=7, *, is_active=True):
    user = User(pk=pk, position=position, is_active=is_active)
    user._kam_scope = Scope(writable, writable, pk, (1,))
    return user


@pytest.mark.parametrize(
    ("position", "is_active", "sees"),
    [
        (Position.SPECIALIST, True, True),
        (Position.CLERK, True, True),
        (Position.FINANCE, True, False),
        (Position.SPECIALIST, False, False),
    ],
)
def test_duplicates_are_for_those_who_keep_units_and_files(position, is_active, sees):
    assert can_see_duplicates(somebody(position, is_active=is_active)) is sees


def test_one_of_the_two_must_be_ones_own_to_write():
    assert can_propose(somebody(), OWN, OTHERS)
    assert can_propose(somebody(), OTHERS, OWN)
    assert not can_propose(somebody(pk=9), OWN, OTHERS)


def test_persons_of_one_unit_by_whoever_writes_it():
    one, two, far = Person(unit=OWN), Person(unit=OWN), Person(unit=OTHERS)
    assert can_merge_persons(somebody(), one, two)
    assert not can_merge_persons(somebody(), one, far)
    assert not can_merge_persons(somebody(pk=9), one, two)


def merge(state=MergeState.MERGED, **sides):
    kind = Kind.PERSON if "survivor_person" in sides else Kind.UNIT
    return Merge(kind=kind, state=state, asked_by_id=7, **sides)


def test_units_are_taken_back_by_heads_and_persons_by_whoever_writes_them():
    head = somebody(Position.MANAGER, Reach.TEAM, pk=3)
    assert can_undo(head, merge(survivor_unit=OWN))
    assert not can_undo(head, merge(survivor_unit=OTHERS))
    assert not can_undo(somebody(), merge(survivor_unit=OWN))
    assert not can_undo(head, merge(MergeState.UNDONE, survivor_unit=OWN))
    assert not can_undo(head, merge())
    assert can_undo(somebody(), merge(survivor_person=Person(unit=OWN)))
    assert not can_undo(somebody(pk=9), merge(survivor_person=Person(unit=OWN)))


def test_a_returned_proposal_is_changed_by_whoever_asked():
    assert can_change(somebody(), merge(MergeState.RETURNED, survivor_unit=OWN))
    assert not can_change(somebody(), merge(MergeState.PENDING, survivor_unit=OWN))
    assert not can_change(somebody(pk=9), merge(MergeState.RETURNED, survivor_unit=OWN))
