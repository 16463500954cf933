"""Labels of the words in terms.py, and sentences of what cannot be, in the reader's language."""

from django.utils.translation import gettext_lazy as _

from kam.personnel.terms import Fault, Kind, ProposalState

KIND_LABELS = {
    Kind.SANCTION: _("Sanction"),
    Kind.HIRE: _("Hiring"),
    Kind.DISMISS: _("Dismissal"),
}
FAULT_LABELS = {
    Fault.ACT: _("An act"),
    Fault.NEGLIGENCE: _("Negligence"),
}
STATE_LABELS = {
    ProposalState.DRAFT: _("Draft"),
    ProposalState.PENDING: _("Waiting for the decision"),
    ProposalState.RETURNED: _("Returned for changes"),
    ProposalState.APPROVED: _("Agreed to"),
    ProposalState.REJECTED: _("Rejected"),
    ProposalState.WITHDRAWN: _("Withdrawn"),
}
STATE_TONES = {
    ProposalState.DRAFT: "draft",
    ProposalState.PENDING: "pending",
    ProposalState.RETURNED: "warn",
    ProposalState.APPROVED: "good",
    ProposalState.REJECTED: "danger",
    ProposalState.WITHDRAWN: "draft",
}
PROBLEMS = {
    "candidate": _("Say who shall be hired."),
    "position": _("Choose a position of the department."),
    "person": _("Say whom it is about."),
    "own": _("Nobody proposes something about themselves."),
    "staff": _("Only about the department’s own staff."),
    "fault": _("Say whether it was an act or negligence."),
    "day": _("Say on which day it happened."),
    "future": _("This day lies ahead."),
    "evidence": _("Say what shows it."),
    "what": _("Say what it is about."),
    "proposal": _("Say what you propose."),
    "not_yours": _("Only the person it is about comments."),
    "not_decided": _("A comment follows the decision."),
    "once": _("You have commented already."),
    "blank": _("Write something, or leave it."),
}
