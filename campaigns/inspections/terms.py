"""Words of inspections. No Django here; the labels stand in labels.py."""

from collections.abc import Mapping
from enum import StrEnum


class Verdict(StrEnum):
    """What was seen at one row of the checklist."""

    OK = "ok"
    FAILED = "failed"
    NOT_APPLICABLE = "n_a"


class Problem(StrEnum):
    """What is wrong with a finding, or with a line of a checklist."""

    UNSAID = "unsaid"
    EARLY = "early"
    POINTS = "points"
    TEXT = "text"
    EMPTY = "empty"
    TOO_MANY = "too_many"


class Grade(StrEnum):
    """How a score reads."""

    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"


GRADE_TONES: Mapping[Grade, str] = {Grade.GOOD: "good", Grade.FAIR: "warn", Grade.POOR: "danger"}
VERDICT_TONES: Mapping[Verdict, str] = {
    Verdict.OK: "good",
    Verdict.FAILED: "danger",
    Verdict.NOT_APPLICABLE: "draft",
}
