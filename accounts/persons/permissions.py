"""Who may do what with persons: whoever may change the unit."""

from accounts.persons.models import Person
from accounts.units.models import KeyAccount
from accounts.units.permissions import can_edit_unit, can_read_personal
from kam.users.models import User


def can_add_person(user: User, unit: KeyAccount) -> bool:
    return can_edit_unit(user, unit)


def can_edit_person(user: User, person: Person) -> bool:
    return can_edit_unit(user, person.unit)


def can_read_person_data(user: User, person: Person) -> bool:
    """Mobile, WeChat, birthday, home, family in clear."""
    return can_read_personal(user, person.unit)
