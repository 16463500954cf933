"""Words of lists. No Django here."""

from enum import StrEnum


class Why(StrEnum):
    """Why a file needs the director's approval (12-decisions, 8)."""

    PERSONAL = "personal"
    LARGE = "large"
    MANY = "many"
