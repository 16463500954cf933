"""Words of questionnaires and surveys. No Django here; the labels stand in labels.py."""

from enum import StrEnum


class QuestionKind(StrEnum):
    """How a question is answered."""

    SCORE = "score"
    NPS = "nps"
    SINGLE = "single"
    MULTIPLE = "multiple"
    TEXT = "text"


class InvitationState(StrEnum):
    """Where an invitation stands; computed, never stored."""

    OPEN = "open"
    ANSWERED = "answered"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class Via(StrEnum):
    """How an answer came: by the customer through the link, or written down by one of us at a visit."""

    LINK = "link"
    VISIT = "visit"


#: Numbers a question may be answered with, both ends included.
SCALES = {QuestionKind.SCORE: (1, 5), QuestionKind.NPS: (0, 10)}
CHOSEN = (QuestionKind.SINGLE, QuestionKind.MULTIPLE)
