"""Changing the owner of several units: each in its own transaction, a result for each (12-decisions, 10)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from accounts.units.models import KeyAccount
from accounts.units.services import change_owner
from kam.core.errors import BusinessError
from kam.users.models import User

#: More than a department hands over in one go.
MOST_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of one unit: moved (`now` is the unit as it then stands), or why not."""

    unit: KeyAccount
    problem: str = ""
    now: KeyAccount | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """How a unit stood before it was given away (0: nobody, no team), and its version after."""

    unit: int
    version: int
    owner: int
    team: int


def change_owners(
    units: Sequence[tuple[KeyAccount, int]], *, owner: User, by: User, on: date, reason: str
) -> list[Moved]:
    """Give each unit to `owner` where its version is still the one that was seen; one refusal does not hinder the others."""
    results = []
    for unit, version in sorted(units, key=lambda pair: pair[0].pk):
        try:
            now = change_owner(unit, owner=owner, by=by, on=on, reason=reason, version=version)
        except BusinessError as error:
            results.append(Moved(unit, str(error)))
        else:
            results.append(Moved(unit, now=now))
    return results


def take_back(
    given: Collection[Given], units: Sequence[KeyAccount], *, by: User, on: date, reason: str
) -> list[Moved]:
    """Give units back to whom they belonged before, from the same day on: those that nobody touched since, each for itself."""
    before = {was.unit: was for was in given}
    owners = User.objects.in_bulk([was.owner for was in given])
    results = []
    for unit in sorted(units, key=lambda row: row.pk):
        was = before[unit.pk]
        try:
            with transaction.atomic():
                now = change_owner(
                    unit, owner=owners.get(was.owner), by=by, on=on, reason=reason, version=was.version
                )
                if not was.owner:  # what nobody owns keeps the team it had
                    now.team_id = was.team or None
                    now.save(update_fields=["team"])
        except BusinessError as error:
            results.append(Moved(unit, str(error)))
        else:
            results.append(Moved(unit, now=now))
    return results
