"""Which people fields offer: colleagues, and those who sell."""

from django.db.models import QuerySet

from kam.search.picks import people_pick
from kam.search.registry import register_pick
from kam.users.models import User
from kam.users.terms import SELLERS, Position


def _colleagues(user: User, _within: str) -> QuerySet[User]:
    return User.objects.working().exclude(position=Position.ADMINISTRATOR).exclude(pk=user.pk)


def _sellers(_user: User, _within: str) -> QuerySet[User]:
    return User.objects.working().filter(position__in=list(SELLERS))


register_pick(people_pick("users.colleague", _colleagues))
register_pick(people_pick("users.seller", _sellers))
