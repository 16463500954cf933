"""One entry sent by two requests at the same moment acts once. With KAM_TEST_SKIP_LOCKS=1 this test fails."""

import threading
from contextlib import suppress
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from tests.factories.accounts import make_person, make_unit
from visits.visits import services
from visits.visits.models import Submission, Visit
from visits.visits.services.visits import VisitEntry
from visits.visits.terms import Outcome

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def test_two_sendings_of_one_key_at_the_same_moment_record_one_visit(transactional_db, cast):
    unit = make_unit(owner=cast.owner)
    person = make_person(unit)
    key, inside = uuid4(), threading.Barrier(2)
    answers, errors = [], []

    def log() -> str:
        # Without the lock both arrive here together; with it the other one waits outside until this one has committed.
        with suppress(threading.BrokenBarrierError):
            inside.wait(timeout=2)
        entry = VisitEntry(unit=unit, on=timezone.localdate(), outcome=Outcome.NEUTRAL, persons=[person])
        return f"/visits/{services.log_visit(entry, public_id=key, by=cast.owner).pk}/"

    def send() -> None:
        try:
            answers.append(
                services.send_once(log, by=cast.owner, route="visit", key=key, body={"summary": ["same"]})
            )
        except Exception as error:  # noqa: BLE001 -- whatever it is, the test names it
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert errors == []
    assert answers == [f"/visits/{Visit.objects.get().pk}/"] * 2
    assert Submission.objects.count() == 1
