"""The real tick in real processes, at moments that matter: a scheduler that was away, a holiday, a Saturday that is worked."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from kam.outbox.models import Message
from kam.outbox.terms import MessageState
from kam.today.models import Digest
from kam.today.terms import DigestState
from kam.users.models import User
from kam.users.terms import Position
from tests.kam.today.machinery import machinery

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]
LATE = "This comes late: it was planned for 08:00."


def shanghai(year, month, day, hour, minute=0):
    return datetime(year, month, day, hour, minute, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def machine():
    with machinery() as running:
        running.start_mail()
        User.objects.bulk_create(
            User(
                staff_number=f"p{n}", name=f"Person {n}", email=f"p{n}@kam.example", position=Position.SPECIALIST,
                language="en", joined_on=date(2020, 1, 1), password="!",
            )
            for n in range(3)
        )  # fmt: skip
        yield running


def sent():
    return Message.objects.filter(state=MessageState.SENT).count()


def test_a_scheduler_away_from_755_to_820_sends_late_and_once(machine):
    before = machine.minute_at(shanghai(2026, 6, 23, 7, 55))
    assert Digest.objects.count() == 0
    machine.kill(before)
    machine.minute_at(shanghai(2026, 6, 23, 8, 20))
    machine.until(lambda: sent() == 3)
    machine.tick(shanghai(2026, 6, 23, 8, 20) + timedelta(minutes=1))
    machine.until(lambda: machine.redis.llen("celery") == 0)
    assert machine.mails_per_person() == {f"p{n}@kam.example": 1 for n in range(3)}
    assert all(LATE in text for _to, text in machine.mail.taken)
    assert list(Digest.objects.values_list("slot", "is_late").distinct()) == [("plan", True)]


def test_none_on_a_holiday_and_one_on_a_saturday_that_is_worked(machine):
    saturday = machine.minute_at(shanghai(2026, 2, 14, 8, 5))
    machine.until(lambda: sent() == 3)
    machine.kill(saturday)
    assert not any(LATE in text for _to, text in machine.mail.taken)
    machine.minute_at(shanghai(2026, 6, 19, 8, 5))  # Dragon Boat, a Friday
    made = Digest.objects.filter(state=DigestState.MADE)
    assert set(made.values_list("date", "slot")) == {(date(2026, 2, 14), "plan")}
    assert not Digest.objects.filter(date=date(2026, 6, 19)).exists()
    assert (sent(), len(machine.mail.taken)) == (3, 3)
