"""Two people take the same unit out of the pool at the same moment. Fails without locks: see tests/test_race_controls.py."""

import pytest

from accounts.pool import services
from accounts.pool.models import PoolEvent
from accounts.units.models import KeyAccount, Ownership
from kam.core.errors import ConflictError
from tests.factories.accounts import make_unit
from tests.racing import at_once, meeting

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def test_one_unit_claimed_by_two_at_once_belongs_to_one(cast, monkeypatch):
    unit = make_unit("泉州商会", team=cast.team)
    monkeypatch.setattr(services, "load_of", meeting(services.load_of))

    def claim(person):
        try:
            services.claim_unit(unit, by=person)
        except ConflictError as error:
            return error.code
        return "claimed"

    results = at_once(lambda: claim(cast.owner), lambda: claim(cast.other_team))
    assert sorted(results) == ["claimed", "taken"]
    assert Ownership.objects.filter(unit=unit, ended_on=None).count() == 1
    assert (PoolEvent.objects.count(), KeyAccount.objects.get().version) == (1, 2)
