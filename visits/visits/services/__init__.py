"""The acts on visits, by noun."""

from visits.visits.services.calls import log_call
from visits.visits.services.drafts import discard_draft, save_draft
from visits.visits.services.persons import ask_persons_change
from visits.visits.services.submissions import DifferentBodyError, forget_old_submissions, send_once
from visits.visits.services.visits import VisitEntry, change_visit, log_visit

__all__ = [
    "DifferentBodyError",
    "VisitEntry",
    "ask_persons_change",
    "change_visit",
    "discard_draft",
    "forget_old_submissions",
    "log_call",
    "log_visit",
    "save_draft",
    "send_once",
]
