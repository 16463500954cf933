"""Whose rows a person sees. Every `visible_to(user)` is built from here, so that a rule changes in one place (S-142, S-218)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Q, QuerySet

from kam.core.prepared import Prepared, blank
from kam.users.models import Membership, Team, User
from kam.users.terms import Position


class Reach(StrEnum):
    """How far a person sees: nothing, own rows, the team's, everybody's."""

    NOTHING = "nothing"
    OWN = "own"
    TEAM = "team"
    DEPARTMENT = "department"


_REACH = {
    Position.SPECIALIST: Reach.OWN,
    Position.TEAM_LEAD: Reach.TEAM,
    Position.MANAGER: Reach.TEAM,
    Position.DIRECTOR: Reach.DEPARTMENT,
    Position.MARKETING_DIRECTOR: Reach.DEPARTMENT,
    Position.GENERAL_MANAGER: Reach.DEPARTMENT,
    Position.CLERK: Reach.DEPARTMENT,
}


class Part(StrEnum):
    """Which of the rows that reach TEAM sees: the two parts share none and together are all."""

    ALL = "all"
    TEAMS = "teams"
    OWN_BESIDES = "own besides"


@dataclass(frozen=True, slots=True)
class Scope:
    """What a person may read and write: `writable` is OWN, TEAM, DEPARTMENT or NOTHING."""

    reach: Reach
    writable: Reach
    user_id: int
    team_ids: tuple[int, ...]
    part: Part = Part.ALL

    def covers(self, owner_id: int | None, team_id: int | None) -> bool:
        """Say whether a row of this owner and team may be read."""
        return _covers(self.reach, self, owner_id, team_id)

    def may_write(self, owner_id: int | None, team_id: int | None) -> bool:
        """Say whether a row of this owner and team may be changed."""
        return _covers(self.writable, self, owner_id, team_id)


def _covers(reach: Reach, scope: Scope, owner_id: int | None, team_id: int | None) -> bool:
    if reach is Reach.DEPARTMENT:
        return True
    if reach is Reach.NOTHING:
        return False
    own = owner_id is not None and owner_id == scope.user_id
    return own or (reach is Reach.TEAM and team_id is not None and team_id in scope.team_ids)


def scope_of(user: User) -> Scope:
    """Return the scope of `user`; kept on the instance, so one request asks the database once (R-16, R-17)."""
    cached: Scope | None = getattr(user, "_kam_scope", None)
    if cached is not None:
        return cached
    scope = _read_scope(user)
    user._kam_scope = scope  # type: ignore[attr-defined]  # noqa: SLF001 -- a cache for the life of this instance
    return scope


def know_scopes(users: Iterable[User]) -> None:
    """Read the scopes of many people with one statement; `scope_of` asks nothing for them afterwards."""
    asked = [user for user in users if getattr(user, "_kam_scope", None) is None and _field(user)]
    if not asked:
        return
    led: dict[tuple[str, int], list[int]] = {}
    people = {user.pk for user in asked}
    for team in Team.objects.filter(Q(manager__in=people) | Q(lead__in=people)).order_by("pk"):
        for field, person in (("manager", team.manager_id), ("lead", team.lead_id)):
            led.setdefault((field, person or 0), []).append(team.pk)
    for user in asked:
        user._kam_scope = _scope(user, tuple(led.get((_field(user), user.pk), ())))  # type: ignore[attr-defined]  # noqa: SLF001 -- see above


def _field(user: User) -> str:
    """Return what a team calls the person who sees it by their position, nothing where they see none or all."""
    if not user.is_active or _REACH.get(Position(user.position)) is not Reach.TEAM:
        return ""
    return "manager" if user.position == Position.MANAGER else "lead"


_led = Prepared(
    lambda field: Team.objects.filter(**{field: blank("me")}).order_by("pk").values_list("pk", flat=True)
)


def _read_scope(user: User) -> Scope:
    field = _field(user)
    return _scope(user, tuple(_led(field, me=user.pk)) if field else ())


def _scope(user: User, team_ids: tuple[int, ...]) -> Scope:
    if not user.is_active:
        return Scope(Reach.NOTHING, Reach.NOTHING, user.pk, ())
    position = Position(user.position)
    reach = _REACH.get(position, Reach.NOTHING)
    writable = Reach.NOTHING
    if reach is Reach.TEAM or position is Position.SPECIALIST:
        writable = Reach.TEAM if position is Position.MANAGER else Reach.OWN
    elif position is Position.DIRECTOR:
        writable = Reach.DEPARTMENT
    return Scope(reach, writable, user.pk, team_ids)


def stand_in(reach: Reach, part: Part = Part.ALL) -> User:
    """Return a reader of whom only the reach is known, for statements that are kept (kam/core/prepared.py).

    Fits a `visible_to` that asks nothing but `owned_rows`. A `part` is for counting: each is found in an index of its own, where
    "own or the team's" has none.
    """
    person = User(pk=0, is_active=True)
    scope = Scope(reach, Reach.NOTHING, blank("me"), blank("teams"), part)
    person._kam_scope = scope  # type: ignore[attr-defined]  # noqa: SLF001 -- where `scope_of` looks
    return person


def seen_by(user: User) -> dict[str, Any]:
    """Return what fills the blanks of a `stand_in`."""
    scope = scope_of(user)
    return {"me": scope.user_id, "teams": list(scope.team_ids)}


def owned_rows(user: User, *, owner: str = "owner", team: str = "team") -> Q:
    """Return the condition for rows that `user` may read, given the paths to a row's owner and team."""
    scope = scope_of(user)
    if scope.reach is Reach.DEPARTMENT:
        return Q()
    if scope.reach is Reach.NOTHING:
        return Q(pk__in=())
    own = Q(**{f"{owner}_id": scope.user_id})
    if scope.reach is Reach.OWN:
        return own
    teams = Q(**{f"{team}_id__any_of": scope.team_ids})
    if scope.part is Part.TEAMS:
        return teams
    if scope.part is Part.OWN_BESIDES:
        return own & ~teams
    return own | teams


def colleagues_seen_by(user: User) -> QuerySet[User]:
    """Return who works here and whose rows `user` may read, by name: what a filter may offer without telling of others."""
    scope, people = scope_of(user), User.objects.working().order_by("name", "pk")
    if scope.reach is Reach.DEPARTMENT:
        return people
    if scope.reach is Reach.NOTHING:
        return people.none()
    teams = Team.objects.filter(pk__in=scope.team_ids)
    members = Membership.objects.filter(team__in=scope.team_ids, ended_on__isnull=True)
    in_team = Q(pk__in=members.values("user")) | Q(pk__in=teams.exclude(lead=None).values("lead"))
    return people.filter(Q(pk=user.pk) | in_team) if scope.team_ids else people.filter(pk=user.pk)


def teams_seen_by(user: User) -> QuerySet[Team]:
    """Return the teams of which `user` may read more than the own rows."""
    scope = scope_of(user)
    every = Team.objects.order_by("name", "pk")
    return every if scope.reach is Reach.DEPARTMENT else every.filter(pk__in=scope.team_ids)


def team_of(user: User) -> Team | None:
    """Return the team `user` belongs to now: by membership, else the one they lead or manage."""
    membership = Membership.objects.filter(user=user, ended_on__isnull=True).select_related("team").first()
    if membership is not None:
        return membership.team
    return Team.objects.filter(Q(lead=user) | Q(manager=user)).first()


def superior_of(user: User) -> User | None:
    """Return the next person up: lead → manager → director → marketing director → general manager (12-decisions, 9)."""
    team = team_of(user)
    if (
        user.position in {Position.SPECIALIST, Position.TEAM_LEAD}
        and team is not None
        and team.manager is not None
    ):
        return team.manager
    above = {Position.MANAGER: Position.DIRECTOR, Position.DIRECTOR: Position.MARKETING_DIRECTOR}
    wanted = above.get(Position(user.position), Position.GENERAL_MANAGER)
    return User.objects.working().filter(position=wanted).exclude(pk=user.pk).first()
