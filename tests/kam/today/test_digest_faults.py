"""Real processes are doubled, killed and taken away: never two mails; one mail or one `unsure` (12-decisions, 26)."""

from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from kam.outbox.models import Message
from kam.outbox.rules import UNSURE_AFTER
from kam.outbox.terms import MessageState
from kam.today.models import Digest
from kam.today.services import make_due
from tests.kam.today.machinery import machinery, people_at_nine

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]

PEOPLE = 60


@pytest.fixture
def machine():
    with machinery() as running:
        yield running


def states():
    return Counter(Message.objects.values_list("state", flat=True))


def test_two_schedulers_and_two_workers_send_each_digest_once(machine):
    people_at_nine(PEOPLE)
    machine.start_mail()
    for start in (machine.scheduler, machine.scheduler, machine.worker, machine.worker):
        start()
    machine.until(lambda: states()[MessageState.SENT] == PEOPLE)
    machine.tick()
    machine.tick()
    machine.until(lambda: machine.redis.llen("celery") == 0)
    assert Digest.objects.count() == Message.objects.count() == PEOPLE
    assert machine.mails_per_person() == {f"p{n}@kam.example": 1 for n in range(PEOPLE)}
    assert all(digest.is_late for digest in Digest.objects.all())
    assert all("This comes late: it was planned for 08:00." in text for _to, text in machine.mail.taken)


def test_a_worker_killed_in_the_middle_leaves_at_most_its_own_mails_unsure(machine):
    people_at_nine(PEOPLE)
    machine.start_mail()
    worker = machine.worker()
    machine.tick()
    machine.until(lambda: len(machine.mail.taken) > PEOPLE // 4)
    machine.kill(worker)
    assert len(machine.mail.taken) < PEOPLE
    left = states()[MessageState.SENDING]
    assert left <= 2  # one for each process of the pool
    machine.worker()
    machine.tick_until(lambda: states()[MessageState.SENT] == PEOPLE - left)
    Message.objects.filter(state=MessageState.SENDING).update(
        sending_at=timezone.now() - UNSURE_AFTER - timedelta(seconds=1)
    )
    machine.tick_until(lambda: states()[MessageState.SENDING] == 0)
    assert states() == Counter({MessageState.SENT: PEOPLE - left, MessageState.UNSURE: left}) + Counter()
    assert set(machine.mails_per_person().values()) == {1}
    assert len(machine.mail.taken) >= PEOPLE - left


def test_a_flushed_broker_loses_nothing(machine):
    people_at_nine(PEOPLE)
    machine.start_mail()
    machine.tick()
    machine.redis.flushall()
    machine.worker()
    make_due()  # rows that nobody was told about: their nudges went to a broker that is empty now
    machine.redis.flushall()
    machine.tick()
    machine.until(lambda: states()[MessageState.SENT] == PEOPLE)
    assert machine.mails_per_person() == {f"p{n}@kam.example": 1 for n in range(PEOPLE)}


def test_a_mail_server_that_is_away_delays_and_loses_nothing(machine):
    people_at_nine(PEOPLE)
    machine.worker()
    machine.tick()
    machine.until(lambda: Message.objects.filter(attempts__gt=0, state=MessageState.PLANNED).exists())
    assert states() == {MessageState.PLANNED: PEOPLE}
    assert Message.objects.filter(attempts__gt=0).first().last_error.startswith("ConnectionRefusedError")
    machine.start_mail()
    Message.objects.update(next_at=timezone.now())
    machine.tick_until(lambda: states()[MessageState.SENT] == PEOPLE)
    assert machine.mails_per_person() == {f"p{n}@kam.example": 1 for n in range(PEOPLE)}
