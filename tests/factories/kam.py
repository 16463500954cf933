"""Valid people and teams, nothing surprising."""

from datetime import date
from typing import Any

from kam.users.models import Membership, Team, User
from kam.users.terms import Position

PASSWORD = "korrekt-Pferd-42"


def make_user(staff_number: str, position: Position = Position.SPECIALIST, **fields: Any) -> User:
    """Return a saved person named after the staff number."""
    values = {"name": staff_number.title(), "email": f"{staff_number}@kam.example", "language": "en"} | fields
    return User.objects.create_user(
        staff_number, PASSWORD, position=position, joined_on=date(2020, 1, 1), **values
    )


def make_team(
    name: str, *, lead: User | None = None, manager: User | None = None, members: tuple[User, ...] = ()
) -> Team:
    """Return a saved team whose members joined in 2020."""
    team = Team.objects.create(name=name, lead=lead, manager=manager)
    for user in (*members, *((lead,) if lead else ())):
        Membership.objects.create(user=user, team=team, started_on=date(2020, 1, 1))
    return team
