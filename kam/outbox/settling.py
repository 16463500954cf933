"""What an administrator decides about a message that is dead or unsure."""

from django.db import transaction
from django.utils import timezone

from kam.audit.services import record
from kam.core.locks import locked
from kam.core.queue import enqueue
from kam.core.transitions import ensure_transition
from kam.outbox.models import Message
from kam.outbox.registers import CANCELLED, SENT_AGAIN, SETTLED
from kam.outbox.terms import MESSAGE_TRANSITIONS, MessageState
from kam.users.models import User


@transaction.atomic
def send_again(message: Message, *, by: User) -> Message:
    """Plan a dead or unsure message anew, to the address the person has now; the Message-ID stays."""
    row = _lock(message)
    changes = _move(row, MessageState.PLANNED)
    row.attempts, row.next_at, row.last_error, row.not_after = 0, timezone.now(), "", None
    row.address = row.to.email or row.address
    row.save(update_fields=["state", "attempts", "next_at", "last_error", "not_after", "address"])
    record(SENT_AGAIN, row, by=by, changes=changes)
    enqueue("outbox.deliver")
    return row


@transaction.atomic
def settle_as_sent(message: Message, *, by: User) -> Message:
    """Say that an unsure message did arrive."""
    row = _lock(message)
    changes = _move(row, MessageState.SENT)
    row.sent_at = row.sending_at or timezone.now()
    row.save(update_fields=["state", "sent_at"])
    record(SETTLED, row, by=by, changes=changes)
    return row


@transaction.atomic
def cancel(message: Message, *, by: User) -> Message:
    """Give a message up that is planned, dead or unsure."""
    row = _lock(message)
    changes = _move(row, MessageState.CANCELLED)
    row.save(update_fields=["state"])
    record(CANCELLED, row, by=by, changes=changes)
    return row


def _lock(message: Message) -> Message:
    return locked(Message.objects.filter(pk=message.pk)).select_related("to").get()


def _move(row: Message, state: MessageState) -> dict[str, tuple[str, str]]:
    old = MessageState(row.state)
    ensure_transition(old, state, MESSAGE_TRANSITIONS)
    row.state = state
    return {"state": (old.value, state.value)}
