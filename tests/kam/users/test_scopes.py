"""Scopes of many people are read with one statement and are those that each would read alone."""

import pytest

from kam.users.models import User
from kam.users.scopes import know_scopes, scope_of

pytestmark = pytest.mark.django_db


def test_scopes_of_many_are_those_of_each(cast, django_assert_num_queries):
    User.objects.filter(pk=cast.other_lead.pk).update(is_active=False)
    people = list(User.objects.order_by("pk"))
    alone = {user.pk: scope_of(user) for user in User.objects.all()}
    assert sum(bool(scope.team_ids) for scope in alone.values()) >= 3  # two managers, a lead

    with django_assert_num_queries(1):
        know_scopes(people)
    with django_assert_num_queries(0):
        together = {user.pk: scope_of(user) for user in people}
        know_scopes(people)

    assert {pk: (s.reach, s.writable, set(s.team_ids)) for pk, s in together.items()} == {
        pk: (s.reach, s.writable, set(s.team_ids)) for pk, s in alone.items()
    }
