"""Valid people and teams, nothing surprising."""

from datetime import date
from functools import cache
from typing import Any

from django.contrib.auth.hashers import make_password

from kam.users.models import Membership, Team, User
from kam.users.terms import Position

PASSWORD = "korrekt-Pferd-42"


def user_of(staff_number: str, position: Position = Position.SPECIALIST, **fields: Any) -> User:
    """Return a person named after the staff number, not saved."""
    values = {"name": staff_number.title(), "email": f"{staff_number}@kam.example", "language": "en"} | fields
    return User(
        staff_number=staff_number,
        password=_password(),
        position=position,
        joined_on=date(2020, 1, 1),
        **values,
    )


@cache
def _password() -> str:
    return make_password(PASSWORD)


def make_user(staff_number: str, position: Position = Position.SPECIALIST, **fields: Any) -> User:
    """Return a saved person named after the staff number."""
    user = user_of(staff_number, position, **fields)
    user.save(force_insert=True)
    return user


def make_teams(people: dict[str, tuple[User, ...]]) -> list[Team]:
    """Return saved teams: name → manager, lead and members, who joined in 2020."""
    teams = Team.objects.bulk_create(
        Team(name=name, manager=manager, lead=lead) for name, (manager, lead, *_members) in people.items()
    )
    Membership.objects.bulk_create(
        Membership(user=user, team=team, started_on=date(2020, 1, 1))
        for team, (_manager, lead, *members) in zip(teams, people.values(), strict=True)
        for user in (*members, lead)
    )
    return teams


def make_team(
    name: str, *, lead: User | None = None, manager: User | None = None, members: tuple[User, ...] = ()
) -> Team:
    """Return a saved team whose members joined in 2020."""
    team = Team.objects.create(name=name, lead=lead, manager=manager)
    for user in (*members, *((lead,) if lead else ())):
        Membership.objects.create(user=user, team=team, started_on=date(2020, 1, 1))
    return team
