"""The page of a job: progress, time left, the end, stopping."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kam.jobs import registry, services
from kam.jobs.models import Job
from kam.jobs.terms import JobState

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def job(cast, monkeypatch):
    monkeypatch.setattr(registry, "_kinds", {})
    registry.register_kind("tests.count", "Counting", result_url=lambda job: f"/result/{job.pk}/")
    return services.begin(services.start_job("tests.count", by=cast.owner, total=1200).pk)


def test_a_running_job_asks_for_itself_and_tells_how_long(cast, client_of, job):
    services.advance(job, 300)
    Job.objects.update(started_at=timezone.now() - timedelta(seconds=10))
    fragment = client_of(cast.owner).get(f"/jobs/{job.pk}/", headers=HTMX).content.decode()
    assert 'hx-trigger="every 1s"' in fragment
    assert "300 / 1,200" in fragment
    assert "About 31 seconds left." in fragment
    assert "<html" not in fragment
    assert "Counting" in client_of(cast.owner).get(f"/jobs/{job.pk}/").content.decode()


def test_a_job_that_ended_asks_no_more_and_leads_to_its_result(cast, client_of, job):
    services.finish(job)
    fragment = client_of(cast.owner).get(f"/jobs/{job.pk}/", headers=HTMX).content.decode()
    assert "hx-trigger" not in fragment
    assert f'href="/result/{job.pk}/"' in fragment


def test_a_failed_job_tells_why(cast, client_of, job):
    services.fail(job, "The file cannot be read.")
    assert "The file cannot be read." in client_of(cast.owner).get(f"/jobs/{job.pk}/").content.decode()


def test_stopping(cast, client_of, job):
    client = client_of(cast.owner)
    assert client.post(f"/jobs/{job.pk}/stop/").status_code == 302
    again = client.post(f"/jobs/{job.pk}/stop/", headers=HTMX)
    assert again.status_code == 422
    assert "This job has already ended." in again.content.decode()
    assert Job.objects.get().state == JobState.STOPPED
    assert "Counting" in client.get("/jobs/").content.decode()
