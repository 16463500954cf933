"""The acts on briefings, by what they are about."""

from campaigns.briefings.services.holding import (
    Counted,
    Person,
    change_attendee,
    count_briefing,
    do_step,
    register_attendee,
    undo_step,
)
from campaigns.briefings.services.preparing import Prepared, Taken, Taking, cancel_briefing, prepare_briefing
from campaigns.briefings.services.requests import (
    SUBJECT,
    Asked,
    approve_briefing,
    ask_again,
    ask_briefing,
    end_request,
    hand_over,
)

__all__ = [
    "SUBJECT",
    "Asked",
    "Counted",
    "Person",
    "Prepared",
    "Taken",
    "Taking",
    "approve_briefing",
    "ask_again",
    "ask_briefing",
    "cancel_briefing",
    "change_attendee",
    "count_briefing",
    "do_step",
    "end_request",
    "hand_over",
    "prepare_briefing",
    "register_attendee",
    "undo_step",
]
