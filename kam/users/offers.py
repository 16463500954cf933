"""What filters of lists offer: people and teams whose rows the reader may see, so that a menu tells of nobody else.

`asked` is what django-filter calls the request; a list hands in its own state, which knows the reader as well.
"""

from typing import Protocol

from django.db.models import QuerySet

from kam.users.models import Team, User
from kam.users.scopes import colleagues_seen_by, teams_seen_by
from kam.users.terms import SELLERS


class Asked(Protocol):
    """Whoever looks."""

    @property
    def user(self) -> User: ...


def people_offered(asked: Asked) -> QuerySet[User]:
    return colleagues_seen_by(asked.user)


def sellers_offered(asked: Asked) -> QuerySet[User]:
    return colleagues_seen_by(asked.user).filter(position__in=list(SELLERS))


def teams_offered(asked: Asked) -> QuerySet[Team]:
    return teams_seen_by(asked.user)
