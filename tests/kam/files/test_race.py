"""The last place on a record, taken by two at once. Fails without locks: see tests/test_race_controls.py."""

import pytest

from kam.core.errors import BusinessError
from kam.files import services
from kam.files.models import Attachment
from kam.files.terms import MAX_PER_RECORD
from tests.kam.files.test_files import attach
from tests.racing import at_once, meeting

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def test_the_last_place_of_a_record_is_taken_by_one_of_two_new_files(cast, monkeypatch):
    for _number in range(MAX_PER_RECORD - 1):
        attach(cast)
    monkeypatch.setattr(services, "_store", meeting(services._store))
    answers = at_once(*[lambda: type(attach(cast))] * 2)
    assert set(answers) == {Attachment, BusinessError}
    assert Attachment.objects.of("tests.own", cast.owner.pk).count() == MAX_PER_RECORD


def test_the_last_place_of_a_record_is_taken_by_one_of_two_files_brought_back(cast, monkeypatch):
    gone = [attach(cast), attach(cast)]
    for row in gone:
        services.remove(row, by=cast.owner)
    for _number in range(MAX_PER_RECORD - 1):
        attach(cast)
    monkeypatch.setattr(services.audit, "record", meeting(services.audit.record))
    answers = at_once(*[lambda row=row: services.restore(row, by=cast.owner) for row in gone])
    assert set(answers) == {None, BusinessError}
    assert Attachment.objects.of("tests.own", cast.owner.pk).count() == MAX_PER_RECORD
