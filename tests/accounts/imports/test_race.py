"""One file, started by two requests at the same moment. Fails without locks: see tests/test_race_controls.py."""

import io
import threading
from contextlib import suppress

import pytest
from django.db import connection, transaction

from accounts.imports import services
from accounts.imports import services_wizard as wizard
from accounts.imports.models import UnitImport
from accounts.imports.terms import Column
from accounts.units.models import KeyAccount
from kam.core.errors import ConflictError
from kam.core.locks import locked
from kam.jobs.models import Job
from kam.users.terms import Position
from tests.accounts.imports.conftest import good_row, sheet_of
from tests.factories.accounts import make_unit
from tests.factories.kam import make_team, make_user
from tests.racing import at_once, meeting

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def test_a_file_started_twice_at_once_is_written_by_one_job(monkeypatch):
    clerk = make_user("clerk", Position.CLERK)
    make_user("specialist2", Position.SPECIALIST)
    file = wizard.upload(io.BytesIO(sheet_of(good_row(1)).csv("utf-8")), name="units.csv", by=clerk)
    columns = {int(place): Column(name) for place, name in file.mapping.items()}
    wizard.choose_columns(file, columns, update_existing=True, allow_ownerless=True)
    monkeypatch.setattr(wizard.jobs, "start_job", meeting(wizard.jobs.start_job))
    answers = at_once(*[lambda: type(wizard.start_writing(file, by=clerk))] * 2)
    assert set(answers) == {UnitImport, ConflictError}
    assert Job.objects.count() == 1


def test_a_unit_that_moves_while_its_row_is_written_is_written_before_or_not_at_all(monkeypatch):
    """Rights are asked of the locked unit: nobody moves it to another team between the question and the writing."""
    boss, other = make_user("boss", Position.MANAGER), make_user("other-boss", Position.MANAGER)
    seller = make_user("specialist2", Position.SPECIALIST)
    make_team("One", manager=boss, members=(seller,))
    second = make_team("Two", manager=other)
    unit = make_unit(good_row(1)[0], owner=seller, address="old")
    file = wizard.upload(io.BytesIO(sheet_of(good_row(1)).csv("utf-8")), name="units.csv", by=boss)
    columns = {int(place): Column(name) for place, name in file.mapping.items()}
    wizard.choose_columns(file, columns, update_existing=True, allow_ownerless=True)
    job = wizard.start_writing(file, by=boss).job
    asked, met = threading.Event(), threading.Barrier(2)
    known_units = services.known_units

    def asked_and_wait(*args, **kwargs):
        known = known_units(*args, **kwargs)
        asked.set()
        with suppress(threading.BrokenBarrierError):
            met.wait(timeout=1.5)
        return known

    def move():
        asked.wait(5)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("set local lock_timeout = '30s'")  # a loaded machine may write the batch slowly
            row = locked(KeyAccount.objects.filter(pk=unit.pk)).get()
            KeyAccount.objects.filter(pk=unit.pk).update(team=second)
        with suppress(threading.BrokenBarrierError):
            met.wait(timeout=1.5)
        return row.address

    monkeypatch.setattr(services, "known_units", asked_and_wait)
    written, seen_when_moved = at_once(lambda: wizard.write(job_id=job.pk), move)
    unit.refresh_from_db()
    assert (written, unit.team, seen_when_moved) == (True, second, unit.address)
