"""Words of competition. No Django here; the labels stand in labels.py."""

from enum import StrEnum


class Supply(StrEnum):
    """Who supplies one of our product lines to a unit today (S-026)."""

    UNKNOWN = "unknown"
    NOBODY = "nobody"
    COMPETITOR = "competitor"
    OURS = "ours"
    NOT_APPLICABLE = "not_applicable"


class Turn(StrEnum):
    """What happened between us and a competitor at one line of a unit."""

    CAME = "came"
    LEFT = "left"
    WON = "won"
    LOST = "lost"


#: What is written down of a competitor's offer beside the figures.
TEXTS = ("product", "price", "strengths", "weaknesses", "contacts")
