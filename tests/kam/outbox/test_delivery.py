"""Delivery against a real mail server: sent once, tried again, dead, unsure, late, too late."""

import email
import threading
from datetime import timedelta
from email import policy

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from kam.core.transitions import TransitionRefusedError
from kam.outbox import settling
from kam.outbox.delivery import Tally, deliver_due
from kam.outbox.models import Message
from kam.outbox.rules import MAX_ATTEMPTS, UNSURE_AFTER, pause_after
from kam.outbox.services import Letter, post, post_many, withdraw_planned
from kam.outbox.terms import MessageState
from tests.factories.kam import make_user
from tests.kam.outbox.server import closed_door, mail_server


@pytest.fixture
def user(db):
    return make_user("one")


def post_one(user, key="a", **fields):
    return post(
        key=key,
        to=user,
        kind="test",
        subject="Plan · 泉州商会",
        text="你好\n.\nbye",
        html="<p>你好</p>",
        **fields,
    )


def states():
    return list(Message.objects.order_by("id").values_list("state", flat=True))


def test_a_message_is_sent_once_and_arrives_whole(settings, user):
    default_storage.save("tests/plan.txt", ContentFile(b"plan"))
    message = post_one(
        user, attachments=[{"name": "plan.txt", "type": "text/plain", "file": "tests/plan.txt"}]
    )
    assert post_one(user) is None
    with mail_server(settings) as server:
        assert deliver_due() == Tally(sent=1)
        assert deliver_due() == Tally()
    default_storage.delete("tests/plan.txt")
    taken = email.message_from_bytes(server.taken[0].content, policy=policy.default)
    assert server.taken[0].rcpt_tos == ["one@kam.example"]
    assert (taken["Subject"], taken["Message-ID"]) == ("Plan · 泉州商会", message.message_id)
    assert taken.get_body(("plain",)).get_content().split() == ["你好", ".", "bye"]
    assert "<p>你好</p>" in taken.get_body(("html",)).get_content()
    assert [part.get_filename() for part in taken.iter_attachments()] == ["plan.txt"]
    assert states() == [MessageState.SENT]


def test_a_server_that_is_away_costs_one_message_one_attempt(settings, user):
    post_many([Letter(str(n), user, "test", "Subject", "text") for n in range(3)])
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    now = timezone.now()
    with closed_door() as port:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        assert deliver_due(now).failed == 1
    tried, *others = Message.objects.order_by("id")
    assert (tried.state, tried.attempts) == (MessageState.PLANNED, 1)
    assert timedelta(seconds=48) <= tried.next_at - now <= timedelta(seconds=72)
    assert tried.last_error.startswith("ConnectionRefusedError")
    assert [other.attempts for other in others] == [0, 0]
    with mail_server(settings) as server:
        assert deliver_due(now + timedelta(minutes=2)).sent == 3
    assert len(server.taken) == 3


def test_a_refused_address_is_dead_at_once_and_stops_nobody(settings, user):
    post_one(user)
    with mail_server(settings, rcpt="550 unknown"):
        deliver_due()
    assert states() == [MessageState.DEAD]
    assert Message.objects.get().last_error == "550 unknown"


def test_a_mail_put_off_each_time_is_dead_in_the_end_and_can_be_sent_again(settings, user):
    message, now = post_one(user), timezone.now()
    with mail_server(settings, data="451 later"):
        for _ in range(MAX_ATTEMPTS):
            deliver_due(now)
            now += timedelta(hours=2)
    message.refresh_from_db()
    assert (message.state, message.attempts) == (MessageState.DEAD, MAX_ATTEMPTS)
    settling.send_again(message, by=user)
    with mail_server(settings) as server:
        deliver_due(now)
    assert len(server.taken) == 1
    assert states() == [MessageState.SENT]


@pytest.mark.parametrize(("resend", "state"), [(False, MessageState.UNSURE), (True, MessageState.PLANNED)])
def test_a_line_that_breaks_after_the_mail_leaves_unsure_or_goes_again(settings, user, resend, state):
    message, now = post_one(user, resend_when_unsure=resend), timezone.now()
    with mail_server(settings, hang_up=True) as server:
        assert deliver_due(now).unsure == 1
        assert deliver_due(now + timedelta(seconds=1)).sent == 0
    assert (len(server.taken), states()) == (1, [state])
    with mail_server(settings) as again:
        deliver_due(now + timedelta(minutes=3))
    assert len(again.taken) == int(resend)
    if resend:
        assert email.message_from_bytes(again.taken[0].content)["Message-ID"] == message.message_id


def test_what_a_dead_worker_left_becomes_unsure_and_is_settled_by_one_click(settings, user):
    message, now = post_one(user), timezone.now()
    Message.objects.update(state=MessageState.SENDING, sending_at=now, attempts=1)
    deliver_due(now + UNSURE_AFTER - timedelta(seconds=1))
    assert states() == [MessageState.SENDING]
    with mail_server(settings) as server:
        deliver_due(now + UNSURE_AFTER + timedelta(seconds=1))
    assert (server.taken, states()) == ([], [MessageState.UNSURE])
    settling.settle_as_sent(message, by=user)
    assert Message.objects.get().sent_at == now
    with pytest.raises(TransitionRefusedError):
        settling.send_again(message, by=user)
    assert states() == [MessageState.SENT]


def test_a_late_mail_says_so_and_one_too_late_is_not_sent(settings, user):
    now = timezone.now()
    fields = {
        "late_after": now,
        "late_text": "Late: planned for 08:00.",
        "not_after": now + timedelta(hours=4),
    }
    for key in ("early", "late", "too late"):
        post_many([Letter(key, user, "digest", "Plan", "body", "<p><!--late-->body</p>", **fields)])
    Message.objects.update(next_at=now)
    first, second, third = Message.objects.order_by("id")
    with mail_server(settings) as server:
        deliver_due(now, only=[first.pk])
        deliver_due(now + timedelta(minutes=30), only=[second.pk])
        deliver_due(now + timedelta(hours=5), only=[third.pk])
    texts = [email.message_from_bytes(mail.content, policy=policy.default) for mail in server.taken]
    assert [mail.get_body(("plain",)).get_content() for mail in texts] == [
        "body",
        "Late: planned for 08:00.\r\n\r\nbody",
    ]
    assert "<strong>Late: planned for 08:00.</strong>" in texts[1].get_body(("html",)).get_content()
    assert states() == [MessageState.SENT, MessageState.SENT, MessageState.CANCELLED]


def test_nothing_goes_to_a_person_who_left_meanwhile(settings, user):
    post_one(user)
    user.is_active = False
    user.save()
    with mail_server(settings) as server:
        deliver_due()
    assert (server.taken, states()) == ([], [MessageState.DEAD])
    assert post_one(user, key="b") is None


def test_a_subject_cannot_become_a_header(settings, user):
    post(key="a", to=user, kind="test", subject="Hello\r\nBcc: x@evil.example", text="t")
    Message.objects.update(subject="Hello\nBcc: x@evil.example")  # even when it got in by another way
    with mail_server(settings) as server:
        assert deliver_due().failed == 1
    assert server.taken == []
    assert Message.objects.get().last_error.startswith("BadHeaderError")


def test_withdrawn_mails_are_not_sent(settings, user):
    post_one(user)
    assert withdraw_planned() == 1
    with mail_server(settings) as server:
        deliver_due()
    assert (server.taken, states()) == ([], [MessageState.CANCELLED])


def test_pauses_grow_with_a_fifth_of_jitter():
    assert [pause_after(n, 0.5) // timedelta(minutes=1) for n in (1, 2, 3, 7, 9)] == [1, 2, 4, 60, 60]
    assert (pause_after(1, 0), pause_after(1, 1)) == (timedelta(seconds=48), timedelta(seconds=72))


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_sweepers_at_once_send_each_mail_once(settings):
    """Fails when the row locks are left out (KAM_TEST_SKIP_LOCKS=1)."""
    user = make_user("one")
    post_many([Letter(str(n), user, "test", "Subject", "text") for n in range(40)])
    start = threading.Barrier(3)

    def sweep():
        start.wait(5)
        deliver_due()
        connection.close()

    with mail_server(settings) as server:
        threads = [threading.Thread(target=sweep) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
    assert len(server.taken) == 40
    assert set(states()) == {MessageState.SENT}
