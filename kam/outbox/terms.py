"""States of a message. No Django here."""

from enum import StrEnum

#: So many signs a line under the bell has.
NOTICE_LENGTH = 500


class MessageState(StrEnum):
    """planned → sending (committed before SMTP DATA) → sent; a crash in between leaves `unsure` (12-decisions, 26)."""

    PLANNED = "planned"
    SENDING = "sending"
    SENT = "sent"
    UNSURE = "unsure"
    DEAD = "dead"
    CANCELLED = "cancelled"


MESSAGE_TRANSITIONS: dict[MessageState, frozenset[MessageState]] = {
    MessageState.PLANNED: frozenset({MessageState.SENDING, MessageState.CANCELLED, MessageState.DEAD}),
    MessageState.SENDING: frozenset(
        {MessageState.SENT, MessageState.UNSURE, MessageState.PLANNED, MessageState.DEAD}
    ),
    MessageState.UNSURE: frozenset({MessageState.PLANNED, MessageState.SENT, MessageState.CANCELLED}),
    MessageState.DEAD: frozenset({MessageState.PLANNED, MessageState.CANCELLED}),
}
