"""One job, two workers with its message. Fails without locks: see tests/test_race_controls.py."""

import pytest

from kam.jobs import services
from kam.jobs.models import Job
from tests.factories.kam import make_user
from tests.racing import at_once, meeting

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def test_two_workers_with_one_message_take_the_job_once(monkeypatch):
    job = services.start_job("tests.count", by=make_user("one"), total=3)
    monkeypatch.setattr(Job, "save", meeting(Job.save))
    answers = at_once(*[lambda: services.begin(job.pk) is not None] * 2)
    job.refresh_from_db()
    assert (sorted(answers), job.attempts) == ([False, True], 1)
