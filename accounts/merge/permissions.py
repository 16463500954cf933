"""Who proposes a merge, who merges persons, who takes a merge back."""

from accounts.merge.models import Merge
from accounts.merge.terms import Kind, MergeState
from accounts.persons.models import Person
from accounts.units.models import KeyAccount
from accounts.units.permissions import can_edit_unit
from kam.users.models import User
from kam.users.terms import SELLERS, Position


def can_see_duplicates(user: User) -> bool:
    """Whoever keeps units, and the clerk, who keeps the files."""
    return user.is_active and user.position in SELLERS | {Position.CLERK}


def can_propose(user: User, survivor: KeyAccount, loser: KeyAccount) -> bool:
    """Whoever writes one of the two units; that both are seen is asked where they are read. Others decide."""
    return can_edit_unit(user, survivor) or can_edit_unit(user, loser)


def can_merge_persons(user: User, survivor: Person, loser: Person) -> bool:
    """Two entries of one unit: whoever writes the unit."""
    return survivor.unit_id == loser.unit_id and can_edit_unit(user, survivor.unit)


def can_undo(user: User, merge: Merge) -> bool:
    """Persons: whoever writes their unit. Units: a manager or the director who writes the survivor."""
    if merge.state != MergeState.MERGED:
        return False
    if merge.kind == Kind.PERSON and merge.survivor_person is not None:
        return can_edit_unit(user, merge.survivor_person.unit)
    heads = {Position.MANAGER, Position.DIRECTOR}
    unit = merge.survivor_unit
    return unit is not None and user.position in heads and can_edit_unit(user, unit)


def can_change(user: User, merge: Merge) -> bool:
    """A returned proposal is changed by whoever asked."""
    return merge.state == MergeState.RETURNED and merge.asked_by_id == user.pk
