"""Periodic work: due once, found again when lost, never stopped by a failure."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from kam.jobs import registry, tick
from kam.jobs.models import Heartbeat, PeriodicRun
from kam.jobs.rules import DEAD_AFTER

NOW = datetime(2026, 6, 23, 0, 0, 30, tzinfo=UTC)


@pytest.fixture
def calls(monkeypatch):
    """Return the list of runs of the only known work, `tests.count`."""
    ran = []
    monkeypatch.setattr(registry, "_periodic", {})
    registry.periodic("tests.count", every=timedelta(minutes=1), run=lambda: ran.append(1), label="Count")
    return ran


@pytest.mark.django_db
def test_due_work_is_queued_once_and_runs_once(calls):
    assert tick.tick(NOW) == ["tests.count"]
    assert tick.tick(NOW) == []  # a second scheduler, the same minute
    assert tick.run_periodic("tests.count", NOW) == ""
    assert tick.run_periodic("tests.count", NOW) is None  # the message came twice
    assert calls == [1]
    assert Heartbeat.objects.get(process="worker").seen_at == NOW


@pytest.mark.django_db
def test_a_message_the_broker_lost_is_sent_again(calls):
    tick.tick(NOW)
    assert tick.tick(NOW + timedelta(seconds=30)) == []
    assert tick.tick(NOW + timedelta(seconds=60)) == ["tests.count"]


@pytest.mark.django_db
def test_work_whose_worker_died_is_taken_up_again(calls):
    tick.tick(NOW)
    PeriodicRun.objects.update(started_at=NOW, failures=1)
    assert tick.tick(NOW + timedelta(seconds=60)) == []
    later = NOW + DEAD_AFTER + timedelta(seconds=1)
    assert tick.tick(later) == ["tests.count"]
    tick.run_periodic("tests.count", later)
    assert calls == [1]
    assert PeriodicRun.objects.get().failures == 0


@pytest.mark.django_db
def test_a_failure_is_written_down_and_tried_again_soon(monkeypatch):
    monkeypatch.setattr(registry, "_periodic", {})
    registry.periodic("tests.break", every="daily 08:00", run=lambda: 1 // 0, label="Break")
    tick.tick(NOW)
    PeriodicRun.objects.update(due_at=NOW)
    tick.run_periodic("tests.break", NOW)
    row = PeriodicRun.objects.get()
    assert (row.ok, row.failures) == (False, 1)
    assert row.result.startswith("ZeroDivisionError")
    assert (row.due_at - row.finished_at) == timedelta(minutes=1)


@pytest.mark.django_db
def test_daily_work_met_for_the_first_time_waits_for_its_hour(monkeypatch):
    monkeypatch.setattr(registry, "_periodic", {})
    registry.periodic("tests.daily", every="daily 08:00", run=lambda: None, label="Daily")
    assert tick.tick(NOW) == []
    assert PeriodicRun.objects.get().due_at == datetime(2026, 6, 24, 0, 0, tzinfo=UTC)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_workers_with_the_same_message_run_the_work_once(monkeypatch):
    ran, at_once = [], threading.Barrier(2)
    monkeypatch.setattr(registry, "_periodic", {})
    registry.periodic("tests.slow", every=timedelta(minutes=1), run=lambda: ran.append(1), label="Slow")
    tick.tick(NOW)

    def work():
        at_once.wait(5)
        tick.run_periodic("tests.slow", NOW)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert ran == [1]
