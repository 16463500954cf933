"""Words of pilot launches. No Django here; the labels stand in labels.py."""

from collections.abc import Mapping
from enum import StrEnum


class Size(StrEnum):
    """The units of a pilot are a mix (S-097)."""

    LARGE = "large"
    MEDIUM = "medium"
    SMALL = "small"


class Source(StrEnum):
    """Where the figure of a measure comes from: told by somebody, or counted from what KAM knows of the round's units."""

    TOLD = "told"
    VISITED = "visited"
    SUGGESTIONS = "suggestions"


class Verdict(StrEnum):
    """What is decided after a round."""

    EXPAND = "expand"
    CHANGE = "change"
    STOP = "stop"


class Outcome(StrEnum):
    """How a measure came out."""

    REACHED = "reached"
    MISSED = "missed"
    UNKNOWN = "unknown"


class Problem(StrEnum):
    """Why a round is not opened or decided, or a line of measures not read."""

    NOT_RUNNING = "not_running"
    DECIDED = "decided"
    NOT_OVER = "not_over"
    UNTOLD = "untold"
    NO_NEXT = "no_next"
    NO_MORE = "no_more"
    ORDER = "order"
    OVERLAP = "overlap"
    LINE = "line"
    EMPTY = "empty"
    TWICE = "twice"


VERDICT_TONES: Mapping[Verdict, str] = {
    Verdict.EXPAND: "good",
    Verdict.CHANGE: "warn",
    Verdict.STOP: "danger",
}
OUTCOME_TONES: Mapping[Outcome, str] = {
    Outcome.REACHED: "good",
    Outcome.MISSED: "danger",
    Outcome.UNKNOWN: "draft",
}
#: The expansion table of a campaign has four rounds (S-091); a pilot goes through the same.
LAST_ROUND = 4
