"""Delivering: never two mails; one mail or one `unsure`, of which no more than workers killed (R-18, R-22, 12-decisions 26).

planned → sending is committed before the first byte goes out. Whoever dies in between leaves `sending`, which becomes `unsure`.
"""

import logging
import random
import time
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_noop

from kam.core.locks import locked
from kam.core.sentences import sentence
from kam.core.transitions import ensure_transition
from kam.outbox.attachments import bytes_of
from kam.outbox.channels import Channel, NotSentError, UnsureError, open_channel
from kam.outbox.links import with_links
from kam.outbox.models import Message
from kam.outbox.rules import MAX_ATTEMPTS, UNSURE_AFTER, pause_after
from kam.outbox.terms import MESSAGE_TRANSITIONS, MessageState

log = logging.getLogger(__name__)

#: One sweep ends after this; the rest waits for the next.
SWEEP_SECONDS = 100
#: Stands in the HTML of a mail where it says that it is late.
LATE_MARK = "<!--late-->"


@dataclass(slots=True)
class Tally:
    """What one sweep did."""

    sent: int = 0
    failed: int = 0
    unsure: int = 0

    def __str__(self) -> str:
        text = gettext_noop("%(sent)s sent, %(failed)s failed, %(unsure)s unsure")
        return sentence(text, sent=self.sent, failed=self.failed, unsure=self.unsure)


def deliver_due(now: datetime | None = None, *, only: Collection[int] | None = None) -> Tally:
    """Send what is due (of `only`, where given), settle what a dead worker left, cancel what is too old."""
    now = now or timezone.now()
    settle_crashed(now)
    cancel_too_late(now)
    tally, channel, until = Tally(), open_channel(), time.monotonic() + SWEEP_SECONDS
    try:
        while time.monotonic() < until:
            message = _claim_next(now, only)
            if message is None or not _send(message, channel, now, tally):
                break
    finally:
        channel.close()
    return tally


@transaction.atomic
def settle_crashed(now: datetime) -> int:
    """What is `sending` for too long was left by a worker that died: mails that may come twice go again, others are `unsure`."""
    left = locked(
        Message.objects.filter(state=MessageState.SENDING, sending_at__lt=now - UNSURE_AFTER),
        skip_locked=True,
    )
    rows = list(left)
    for message in rows:
        _to_unsure(message, "the worker died while sending", now)
    return len(rows)


def cancel_too_late(now: datetime) -> int:
    """Cancel what may not be sent any more."""
    return Message.objects.filter(state=MessageState.PLANNED, not_after__lt=now).update(
        state=MessageState.CANCELLED, last_error="too late to be sent"
    )


@transaction.atomic
def _claim_next(now: datetime, only: Collection[int] | None) -> Message | None:
    """Take one message and commit that it is being sent; another sweeper never gets the same one."""
    rows = Message.objects.filter(state=MessageState.PLANNED, next_at__lte=now)
    rows = rows if only is None else rows.filter(pk__in=only)
    message = locked(rows, skip_locked=True).select_related("to").first()
    if message is not None:
        _move(message, MessageState.SENDING)
        message.sending_at = timezone.now()
        message.attempts += 1
        message.save(update_fields=["state", "sending_at", "attempts"])
    return message


def _send(message: Message, channel: Channel, now: datetime, tally: Tally) -> bool:
    """Send one claimed message and write what became of it; False when the server is away and the sweep should end."""
    if not message.to.is_active:
        _finish(message, MessageState.DEAD, last_error="the person does not work here any more")
        return True
    try:
        channel.send(compose(message, now))
    except UnsureError as error:
        _to_unsure(message, str(error), now)
        tally.unsure += 1
    except NotSentError as error:
        _to_retry(message, str(error), now, permanent=error.permanent)
        tally.failed += 1
        return not error.server_away
    except Exception as error:  # a mail that cannot be built must not stop the others
        log.exception("message %s cannot be built", message.pk)
        _to_retry(message, f"{type(error).__name__}: {error}", now)
        tally.failed += 1
    else:
        _finish(message, MessageState.SENT, sent_at=timezone.now(), last_error="")
        tally.sent += 1
    return True


def compose(message: Message, now: datetime) -> EmailMultiAlternatives:
    """Build the mail from its row: the same row gives the same mail, except that a late one says so."""
    text, html = with_links(message.text, key=message.key), message.html
    if message.late_after and now > message.late_after and message.late_text:
        text = f"{message.late_text}\n\n{text}"
        html = html.replace(LATE_MARK, format_html("<p><strong>{}</strong></p>", message.late_text), 1)
    mail = EmailMultiAlternatives(
        message.subject,
        text,
        None,
        [message.address],
        headers={"Message-ID": message.message_id, "Auto-Submitted": "auto-generated"},
    )
    if html:
        mail.attach_alternative(html, "text/html")
    for attachment in message.attachments:
        mail.attach(attachment["name"], bytes_of(attachment), attachment["type"])
    return mail


def _to_retry(message: Message, error: str, now: datetime, *, permanent: bool = False) -> None:
    dead = permanent or message.attempts >= MAX_ATTEMPTS
    pause = pause_after(message.attempts, random.random())  # noqa: S311 -- jitter, no secret
    _finish(
        message,
        MessageState.DEAD if dead else MessageState.PLANNED,
        last_error=error[:2000],
        next_at=now + pause,
    )


def _to_unsure(message: Message, error: str, now: datetime) -> None:
    """A mail that may come twice (same Message-ID) goes again, unless it was tried too often; any other waits for a person."""
    again = message.resend_when_unsure and message.attempts < MAX_ATTEMPTS
    _finish(message, MessageState.UNSURE, last_error=error[:2000])
    if again:
        pause = pause_after(message.attempts, random.random())  # noqa: S311 -- jitter, no secret
        _finish(message, MessageState.PLANNED, next_at=now + pause)


def _finish(message: Message, state: MessageState, **values: object) -> None:
    """Write what became of a message, if it is still in the state we know it in."""
    old = message.state
    _move(message, state)
    Message.objects.filter(pk=message.pk, state=old).update(state=state, **values)


def _move(message: Message, state: MessageState) -> None:
    ensure_transition(MessageState(message.state), state, MESSAGE_TRANSITIONS)
    message.state = state
