"""The evening form of one day handed in by two requests at the same moment. Fails without locks: see tests/test_race_controls.py."""

import pytest

from kam.core.clock import business_date
from kam.core.errors import ConflictError
from kam.notes.models import Task
from tests.factories.accounts import make_unit
from tests.racing import at_once, meeting
from visits.followups import services
from visits.followups.models import FollowUp
from visits.followups.services import DayEntry, RowEntry, file_followup

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def test_two_forms_of_one_day_at_once_end_in_one(cast, monkeypatch):
    monkeypatch.setattr(services, "team_of", meeting(services.team_of))
    rows = [RowEntry(unit=make_unit(owner=cast.owner), done="Talked", next_step="Send the table")]
    entry = DayEntry(summary="work", tomorrow="more", rows=rows)
    answers = at_once(*[lambda: type(file_followup(business_date(), entry, by=cast.owner))] * 2)
    assert set(answers) == {FollowUp, ConflictError}
    assert (FollowUp.objects.count(), Task.objects.count()) == (1, 1)
