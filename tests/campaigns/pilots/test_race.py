"""A round of a pilot decided twice in the same second. Fails without locks: see tests/test_race_controls.py."""

import pytest

from campaigns.pilots import services
from campaigns.pilots.models import PilotDecision, PilotRound
from campaigns.pilots.terms import Verdict
from kam.core.errors import ConflictError
from tests.factories.pilots import make_running_pilot, ruling_of, tell_all
from tests.racing import at_once, meeting

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def test_a_round_decided_by_two_at_once_is_decided_once(cast, monkeypatch):
    pilot = make_running_pilot(cast.manager)
    tell_all(pilot, cast.manager)
    first = pilot.rounds.get()
    monkeypatch.setattr(services, "record", meeting(services.record))
    answers = at_once(
        *(
            lambda verdict=verdict: type(services.decide_round(first, ruling_of(verdict), by=cast.director))
            for verdict in (Verdict.CHANGE, Verdict.EXPAND)
        )
    )
    assert sorted(answers, key=str) == sorted([PilotDecision, ConflictError], key=str)
    assert (PilotDecision.objects.count(), PilotRound.objects.count()) == (1, 2)
