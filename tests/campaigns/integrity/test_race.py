"""One limit, two colleagues, the same second. Fails without locks: see tests/test_race_controls.py."""

from datetime import timedelta

import pytest

from campaigns.integrity import services
from campaigns.integrity.models import Benefit
from campaigns.integrity.selectors import received_by
from kam.core.errors import BusinessError
from tests.factories.accounts import make_unit
from tests.factories.integrity import DAY, make_benefit, make_receiver
from tests.racing import at_once, meeting

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def test_the_last_gift_of_a_year_is_given_by_one_of_sixteen_colleagues(cast, monkeypatch):
    person = make_receiver(make_unit(owner=cast.owner))
    for days in (60, 40, 20):
        make_benefit(person, cast.owner, 180, on=DAY - timedelta(days))
    monkeypatch.setattr(services, "_enter", meeting(services._enter))
    givers = (cast.owner, cast.same_team, cast.manager, cast.director)

    def ask(giver):
        return lambda: type(make_benefit(person, giver, 60))

    answers = at_once(*[ask(givers[n % 4]) for n in range(16)])
    assert (answers.count(Benefit), answers.count(BusinessError)) == (1, 15)
    assert received_by(person, DAY).limited == 600
