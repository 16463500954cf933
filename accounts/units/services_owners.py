"""Changing the owner of several units: each in its own transaction, a result for each (12-decisions, 10)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from accounts.units.models import KeyAccount
from accounts.units.services import change_owner
from kam.core.errors import BusinessError
from kam.users.models import User

#: More than a department hands over in one go.
MOST_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of one unit: moved, or why not."""

    unit: KeyAccount
    problem: str = ""


def change_owners(
    units: Sequence[tuple[KeyAccount, int]], *, owner: User, by: User, on: date, reason: str
) -> list[Moved]:
    """Give each unit to `owner` where its version is still the one that was seen; one refusal does not hinder the others."""
    results = []
    for unit, version in sorted(units, key=lambda pair: pair[0].pk):
        try:
            change_owner(unit, owner=owner, by=by, on=on, reason=reason, version=version)
        except BusinessError as error:
            results.append(Moved(unit, str(error)))
        else:
            results.append(Moved(unit))
    return results
