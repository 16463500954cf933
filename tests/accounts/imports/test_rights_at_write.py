"""Rights are those of the moment a row is written: between the preview and the worker a person may lose them (R-16)."""

import io
from datetime import date, timedelta

import pytest

from accounts.imports import services
from accounts.imports import services_wizard as wizard
from accounts.imports.models import UnitImport
from accounts.imports.terms import Column, ImportState
from accounts.units.models import KeyAccount, Observation, Ownership
from kam.audit.models import AuditEntry
from kam.people.services.users import deactivate_user, join_team
from kam.users.models import Team
from kam.users.terms import Position
from tests.accounts.imports.conftest import good_row, sheet_of
from tests.factories.accounts import make_unit
from tests.factories.kam import make_user

pytestmark = pytest.mark.django_db
TODAY = date.today


@pytest.fixture
def manager(sellers):
    """The manager of the first team, whose people are specialist1 … 4."""
    manager = make_user("boss", Position.MANAGER)
    Team.objects.filter(name="Sellers 1").update(manager=manager)
    return manager


def previewed(by, *rows, **options):
    """Return a file of these rows, up to its preview."""
    file = wizard.upload(io.BytesIO(sheet_of(*rows).csv("utf-8")), name="units.csv", by=by)
    columns = {int(place): Column(name) for place, name in file.mapping.items()}
    wizard.choose_columns(file, columns, update_existing=True, allow_ownerless=True, **options)
    file.refresh_from_db()
    return file


def written(file):
    """Let the worker write it; return the file as it stands then."""
    wizard.write(job_id=wizard.start_writing(file, by=file.by).job_id)
    return UnitImport.objects.get(pk=file.pk)


def faults_of(file):
    return {row.number: [(c, p) for c, p, *_rest in row.faults] for row in file.rows.order_by("number")}


def deactivated(user):
    deactivate_user(user, on=TODAY(), by=None)


def in_finance(user):
    user.position = Position.FINANCE
    user.save(update_fields=["position"])


@pytest.mark.parametrize("lose", [deactivated, in_finance])
def test_who_lost_the_right_writes_nothing_and_each_row_says_so(manager, sellers, lose):
    there = make_unit(owner=sellers[0], name="泉州恒泰商会", name_key="泉州恒泰商会", address="old")
    update = [there.name, *good_row(0)[1:]]
    file = previewed(manager, good_row(0), good_row(1), update)
    assert (file.counts["created"], file.counts["updated"]) == (2, 1)
    units, entries = KeyAccount.objects.count(), AuditEntry.objects.filter(act__startswith="accounts.unit")
    lose(manager)
    file = written(file)
    there.refresh_from_db()
    assert (file.state, file.counts["created"], file.counts["updated"], file.counts["error"]) == (
        ImportState.WRITTEN, 0, 0, 3,
    )  # fmt: skip
    assert faults_of(file) == {n: [("name", "no_rights")] for n in (2, 3, 4)}
    assert (KeyAccount.objects.count(), there.address, entries.count()) == (units, "old", 0)
    assert (Ownership.objects.count(), Observation.objects.count()) == (1, 0)


def test_a_colleague_who_left_the_team_is_an_error_of_that_row_only(manager, sellers):
    mine, theirs = good_row(0), good_row(1)  # specialist1, specialist2
    file = previewed(manager, mine, theirs)
    join_team(sellers[1], Team.objects.get(name="Sellers 2"), on=TODAY() + timedelta(days=1), by=None)
    file = written(file)
    assert faults_of(file) == {3: [("owner", "owner_not_yours")]}
    assert [(u.owner, u.team.name) for u in KeyAccount.objects.all()] == [(sellers[0], "Sellers 1")]


def test_a_unit_that_went_to_another_team_is_left_alone(manager, sellers):
    stays, goes = (make_unit(good_row(n)[0], owner=sellers[n], address="old") for n in (0, 1))
    file = previewed(manager, good_row(0), good_row(1))
    assert file.counts["updated"] == 2
    KeyAccount.objects.filter(pk=goes.pk).update(owner=sellers[5], team=Team.objects.get(name="Sellers 2"))
    file = written(file)
    stays.refresh_from_db()
    goes.refresh_from_db()
    assert (file.counts["updated"], file.counts["duplicate"]) == (1, 1)
    assert (stays.address, goes.address) == (good_row(0)[5], "old")
    assert Observation.objects.filter(unit=goes).count() == 0


def test_rights_lost_in_the_middle_end_the_writing_between_two_batches(manager, monkeypatch):
    """What was written stays with its history, the rest is refused: nothing is half written."""
    monkeypatch.setattr(services, "FIRST_BATCHES", (2,))
    file = previewed(manager, *(good_row(n) for n in (0, 1, 2, 3, 8)))
    advance = wizard.jobs.advance
    monkeypatch.setattr(wizard.jobs, "advance", lambda job, n: (advance(job, n), in_finance(manager)))
    file = written(file)
    assert (file.counts["created"], file.counts["error"]) == (2, 3)
    assert faults_of(file) == {n: [("name", "no_rights")] for n in (4, 5, 6)}
    assert (KeyAccount.objects.count(), Ownership.objects.count()) == (2, 2)
    assert AuditEntry.objects.filter(act="accounts.unit.created").count() == 2


def test_with_the_same_rights_everything_is_written_as_previewed(sellers):
    file = previewed(sellers[0], good_row(0))
    file = written(file)
    assert (file.counts["created"], KeyAccount.objects.get().owner) == (1, sellers[0])
