"""Health pages tell machines the truth and strangers nothing more."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kam.core.sentences import sentence
from kam.demo import selectors
from kam.demo.cast import CAST
from kam.jobs.models import Heartbeat, PeriodicRun
from kam.users.models import User

pytestmark = pytest.mark.django_db


def beat(process: str, minutes_ago: int) -> None:
    Heartbeat.objects.update_or_create(
        process=process, defaults={"seen_at": timezone.now() - timedelta(minutes=minutes_ago)}
    )


def test_healthz_asks_nobody(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert Client().get("/healthz").content == b"ok\n"


def test_readyz_is_red_until_scheduler_and_worker_were_heard_from():
    first = Client().get("/readyz")
    assert (first.status_code, first.json()["parts"]["scheduler"], first.json()["parts"]["worker"]) == (
        503,
        False,
        False,
    )
    beat("scheduler", 1)
    beat("worker", 1)
    second = Client().get("/readyz")
    assert (second.status_code, second.json()["ready"]) == (200, True)


def test_readyz_is_red_again_when_the_worker_falls_silent():
    beat("scheduler", 1)
    beat("worker", 6)
    response = Client().get("/readyz")
    assert (response.status_code, response.json()["parts"]["worker"]) == (503, False)


def test_not_ready_is_an_answer_and_no_error_in_the_log(caplog):
    assert Client().get("/readyz").status_code == 503
    assert [record for record in caplog.records if record.name == "django.request"] == []
    assert Client().get("/metrics").status_code == 403
    assert [record.getMessage() for record in caplog.records if record.name == "django.request"] == [
        "Forbidden: /metrics"
    ]


def test_metrics_need_the_token(settings):
    assert Client().get("/metrics").status_code == 403
    settings.METRICS_TOKEN = "s3cret"
    assert Client().get("/metrics", headers={"authorization": "Bearer wrong"}).status_code == 403
    answer = Client().get("/metrics", headers={"authorization": "Bearer s3cret"})
    assert (answer.status_code, "kam_messages" in answer.content.decode()) == (200, True)


def test_trace_is_refused():
    assert Client().trace("/healthz").status_code == 405


def test_security_headers_are_on_every_answer(client_of, cast):
    for response in (
        Client().get("/healthz"),
        client_of(cast.admin).get("/ops/"),
        client_of(cast.owner).get("/ops/"),
    ):
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
        assert "unsafe" not in response.headers["Content-Security-Policy"]
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Cache-Control"] == "no-store"
        assert "geolocation=(self)" in response.headers["Permissions-Policy"]


def test_operations_page_lists_checks_for_the_administrator(client_of, cast):
    assert b"Rights of the database role" in client_of(cast.admin).get("/ops/").content


def test_operations_page_says_what_work_did_and_hashes_the_public_password_once(
    client_of, cast, monkeypatch, django_assert_max_num_queries
):
    asked = []
    monkeypatch.setattr(selectors, "check_password", lambda _password, encoded: asked.append(encoded))
    selectors._is_public.cache_clear()
    numbers = [figure.staff_number for figure in CAST][:3]
    for person, number in zip((cast.owner, cast.lead, cast.manager), numbers, strict=True):
        User.objects.filter(staff_number=number).exclude(pk=person.pk).update(staff_number=f"{number}-x")
        User.objects.filter(pk=person.pk).update(staff_number=number, password="one-hash")
    now = timezone.now()
    PeriodicRun.objects.update_or_create(
        name="audit.verify",
        defaults={"due_at": now, "ok": True, "result": sentence("%(n)s entries whole", n=7)},
    )
    admin = client_of(cast.admin)
    assert "7 entries whole" in admin.get("/ops/").content.decode()
    with django_assert_max_num_queries(24):
        admin.get("/ops/")
    assert asked.count("one-hash") == 1
    assert len(asked) == len(set(asked))
    selectors._is_public.cache_clear()
