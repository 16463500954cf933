"""Two key persons of one unit at once: the lock gives the loser a sentence, the constraint holds without it (12-decisions 19)."""

from datetime import date

import pytest
from django.db import IntegrityError, OperationalError
from django.utils import timezone
from psycopg2.errors import DeadlockDetected

from accounts.persons import ties
from accounts.persons.models import KeyPersonPeriod
from kam.core.errors import BusinessError
from tests.factories.accounts import make_person, make_unit
from tests.factories.kam import make_user
from tests.racing import at_once, meeting, without_constraint

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
JUNE, JULY = date(2026, 6, 1), date(2026, 7, 1)


def write_overlapping_periods_at_once():
    """Two connections write a period of the same unit from June on, past every service."""
    unit = make_unit(owner=make_user("owner"))
    people = [make_person(unit), make_person(unit)]
    create = meeting(KeyPersonPeriod.objects.create)

    def write(person):
        try:
            create(unit=unit, person=person, started_on=JUNE, ended_on=JULY, designated_at=timezone.now())
        except OperationalError as error:
            raise (
                error.__cause__ or error
            ) from None  # both stand in the index and wait for each other: one is sent away
        return "written"

    return sorted(at_once(*[lambda person=person: write(person) for person in people]), key=str)


def test_two_overlapping_periods_at_once_leave_one():
    lost, written = write_overlapping_periods_at_once()
    assert lost in {IntegrityError, DeadlockDetected}
    assert written == "written"
    assert KeyPersonPeriod.objects.count() == 1


def test_without_the_constraint_both_periods_stand():
    """Negative control of the test above."""
    with without_constraint("accounts_keypersonperiod", "key_person_one_at_a_time"):
        assert write_overlapping_periods_at_once() == ["written", "written"]
        assert KeyPersonPeriod.objects.count() == 2


def test_two_replacements_at_once_leave_one_running_period(monkeypatch):
    """Fails without locks: see tests/test_race_controls.py."""
    owner, manager = make_user("owner"), make_user("boss", "manager")
    unit = make_unit(owner=owner)
    first, second, third = make_person(unit), make_person(unit), make_person(unit)
    KeyPersonPeriod.objects.create(unit=unit, person=first, started_on=JUNE, designated_at=timezone.now())
    monkeypatch.setattr(ties, "_open", meeting(ties._open))

    def replace(person):
        ties.replace_key_person(person, on=JULY, by=manager, reason="moved on")
        return "done"

    answers = at_once(lambda: replace(second), lambda: replace(third))
    assert [a for a in answers if a != "done" and not issubclass(a, BusinessError)] == []
    assert KeyPersonPeriod.objects.filter(unit=unit, ended_on=None).count() == 1
    assert KeyPersonPeriod.objects.get(person=first).ended_on == JULY
