"""One file, started by two requests at the same moment. Fails without locks: see tests/test_race_controls.py."""

import io

import pytest

from accounts.imports import services_wizard as wizard
from accounts.imports.models import UnitImport
from accounts.imports.terms import Column
from kam.core.errors import ConflictError
from kam.jobs.models import Job
from kam.users.terms import Position
from tests.accounts.imports.conftest import good_row, sheet_of
from tests.factories.kam import make_user
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
