"""What was decided about a pilot stands: the application's role can change none of it."""

import pytest

from campaigns.pilots.services import decide_round
from campaigns.pilots.terms import Verdict
from tests.application import attempts, contents_of, refusals
from tests.factories.pilots import make_running_pilot, ruling_of

pytestmark = pytest.mark.django_db(transaction=True)

KEYS = {"campaigns_pilotdecision": "id", "campaigns_pilotround": "id"}


def test_the_application_cannot_change_a_decision_or_a_round(cast, as_application):
    pilot = make_running_pilot(cast.manager)
    decide_round(pilot.rounds.get(), ruling_of(Verdict.STOP), by=cast.director)
    before = contents_of(KEYS)
    assert all(count for count, _digest in before.values())
    assert refusals(as_application, KEYS) == dict.fromkeys(attempts(KEYS), "InsufficientPrivilege")
    assert contents_of(KEYS) == before
