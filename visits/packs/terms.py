"""Words of promises. No Django here; the labels stand in labels.py."""

from enum import StrEnum


class Standing(StrEnum):
    """What became of a promise."""

    OPEN = "open"
    BROKEN = "broken"
    KEPT = "kept"
    LATE = "late"
