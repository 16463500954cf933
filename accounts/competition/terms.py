"""Words of competition. No Django here; the labels stand in labels.py."""

from enum import StrEnum


class Supply(StrEnum):
    """Who supplies one of our product lines to a unit today (S-026)."""

    UNKNOWN = "unknown"
    NOBODY = "nobody"
    COMPETITOR = "competitor"
    OURS = "ours"
    NOT_APPLICABLE = "not_applicable"


#: What is written down of a competitor's offer beside the figures.
TEXTS = ("product", "strengths", "weaknesses")
