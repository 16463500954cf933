"""Who may import units, and for whom (12-decisions 4)."""

from kam.users.models import User
from kam.users.scopes import scope_of
from kam.users.terms import Position

#: Import for anybody of the department.
FOR_EVERYBODY = frozenset({Position.ADMINISTRATOR, Position.DIRECTOR, Position.CLERK})
#: Import only rows without owner or with the own name.
FOR_THEMSELVES = frozenset({Position.SPECIALIST, Position.TEAM_LEAD})


def can_import_units(user: User) -> bool:
    return user.is_active and user.position in FOR_EVERYBODY | FOR_THEMSELVES | {Position.MANAGER}


def can_import_for(user: User | None, *, owner_id: int, team_id: int | None) -> bool:
    """Say whether `user` (None: the system) may import a row for this owner."""
    if user is None or user.position in FOR_EVERYBODY:
        return True
    if user.position == Position.MANAGER:
        return owner_id == user.pk or (team_id is not None and team_id in scope_of(user).team_ids)
    return user.position in FOR_THEMSELVES and owner_id == user.pk


def can_update_by_import(user: User | None, *, owner_id: int | None, team_id: int | None) -> bool:
    """Say whether a row may change a unit that is there already."""
    if user is None or user.position in FOR_EVERYBODY:
        return True
    return scope_of(user).may_write(owner_id, team_id)


def can_grade_by_import(user: User | None) -> bool:
    """A tier is confirmed by a manager or above; others' files do not change it."""
    return user is None or (user.is_active and user.position in FOR_EVERYBODY | {Position.MANAGER})
