"""A job: taken once, advanced, stopped, given up, found again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kam.core.errors import BusinessError
from kam.jobs import services
from kam.jobs.models import Job
from kam.jobs.rules import DEAD_AFTER
from kam.jobs.terms import JobState
from tests.factories.kam import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(monkeypatch):
    """Return the list of tasks handed to the broker."""
    found = []
    monkeypatch.setattr(
        "celery.app.base.Celery.send_task", lambda _a, name, kwargs, **_: found.append((name, kwargs))
    )
    return found


def test_a_job_is_sent_taken_once_advanced_and_finished(sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = services.start_job("tests.count", by=make_user("one"), total=3, task="tests.count")
    assert sent == [("tests.count", {"job_id": job.pk})]
    taken = services.begin(job.pk)
    assert services.begin(job.pk) is None
    services.advance(taken, 2)
    services.advance(taken, 5)
    assert (taken.done, taken.total) == (3, 3)
    services.finish(taken, {"rows": 3})
    job.refresh_from_db()
    assert (job.state, job.result) == (JobState.DONE, {"rows": 3})
    assert services.begin(job.pk) is None


def test_a_stopped_job_tells_its_worker(sent):
    user = make_user("one")
    job = services.begin(services.start_job("tests.count", by=user, total=3).pk)
    services.stop(Job.objects.get(pk=job.pk), by=user)
    with pytest.raises(services.JobStoppedError):
        services.advance(job)
    services.finish(job)
    assert job.state == JobState.STOPPED
    with pytest.raises(BusinessError):
        services.stop(job, by=user)


def test_a_dead_workers_job_is_revived_and_given_up_in_the_end(sent, django_capture_on_commit_callbacks):
    job = services.start_job("tests.count", by=None, total=3, task="tests.count")
    for _ in range(services.MAX_ATTEMPTS):
        assert services.begin(job.pk).state == JobState.RUNNING
        Job.objects.update(heartbeat_at=timezone.now() - DEAD_AFTER - timedelta(seconds=1))
        with django_capture_on_commit_callbacks(execute=True):
            assert services.revive() == "1"
    assert services.begin(job.pk) is None
    assert Job.objects.get().state == JobState.FAILED
    assert services.revive() == "0"


def test_a_job_nobody_took_is_sent_again(sent):
    services.start_job("tests.count", by=None, task="tests.count")
    assert services.revive() == "0"
    Job.objects.update(created_at=timezone.now() - timedelta(minutes=5))
    assert services.revive() == "1"


def test_a_chunk_done_lets_the_next_worker_go_on(sent):
    job = services.begin(services.start_job("tests.count", by=None, total=10, task="tests.count").pk)
    services.advance(job, 4)
    services.pause(job)
    again = services.begin(job.pk)
    assert (again.done, again.attempts) == (4, 1)


def test_a_broker_that_is_away_breaks_nothing(
    settings, monkeypatch, caplog, django_capture_on_commit_callbacks
):
    from celery import Celery

    away = Celery("away", broker="redis://127.0.0.1:1/0", set_as_current=False)
    monkeypatch.setattr("kam.core.queue.current_app", away)
    with django_capture_on_commit_callbacks(execute=True):
        services.start_job("tests.count", by=None, task="tests.count")
    assert Job.objects.get().state == JobState.WAITING
    assert "broker away" in caplog.text
