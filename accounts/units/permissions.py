"""Who may do what with a unit."""

from accounts.units.models import KeyAccount
from kam.users.models import User
from kam.users.scopes import scope_of
from kam.users.terms import SELLERS, Position


def can_add_unit(user: User) -> bool:
    return user.is_active and (user.position in SELLERS or user.position == Position.CLERK)


def can_edit_unit(user: User, unit: KeyAccount) -> bool:
    return scope_of(user).may_write(unit.owner_id, unit.team_id)


def can_change_owner(user: User, unit: KeyAccount) -> bool:
    """A manager inside the team, the director everywhere; others ask for a transfer (an approval)."""
    return user.position in {Position.MANAGER, Position.DIRECTOR} and can_edit_unit(user, unit)


def can_change_owners(user: User) -> bool:
    """Change the owner of several units at once; each of them is asked about again."""
    return user.is_active and user.position in {Position.MANAGER, Position.DIRECTOR}


def can_change_tier(user: User, unit: KeyAccount) -> bool:
    """The tier is confirmed by the manager (F02)."""
    return user.position in {Position.MANAGER, Position.DIRECTOR} and can_edit_unit(user, unit)


def can_read_personal(user: User, unit: KeyAccount) -> bool:
    """Contact data of persons in clear: only for whoever owns or manages the unit; others unmask, audited."""
    if not user.is_active:
        return False
    if unit.owner_id is not None and unit.owner_id == user.pk:
        return True
    scope = scope_of(user)
    return user.position == Position.MANAGER and unit.team_id in scope.team_ids


def can_add_files(user: User, unit: KeyAccount) -> bool:
    """Whoever writes the unit, and the clerk, who keeps the archive."""
    return user.is_active and (user.position == Position.CLERK or can_edit_unit(user, unit))


def sees_unit(person: User, unit: KeyAccount) -> bool:
    """Say whether the unit is open to this person as it stands."""
    return person.pk == unit.owner_id or scope_of(person).covers(unit.owner_id, unit.team_id)


def loses(person: User, unit: KeyAccount, former: User | None) -> bool:
    """Say whether what hangs on the unit leaves this person: the former owner, and whoever does not see it any more."""
    return (former is not None and person.pk == former.pk) or not sees_unit(person, unit)
