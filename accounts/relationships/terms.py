"""Words of relationships. No Django here; the labels stand in labels.py."""

from enum import IntEnum, StrEnum


class Strength(IntEnum):
    """How near a person is to us (S-052)."""

    STRANGER = 1
    ACQUAINTED = 2
    TRUSTING = 3
    SUPPORTING = 4
    ALLIED = 5


class EasyTask(StrEnum):
    """What an insider may be asked: supporters, not agents, hence easy tasks only (S-049)."""

    INTRODUCE = "introduce"
    DATES = "dates"
    NEWS = "news"
    NAMES = "names"
    OPINION = "opinion"
    DISPLAY = "display"


class Lack(StrEnum):
    """What an insider or candidate still lacks (S-050)."""

    LEARN = "learn"
    CULTIVATE = "cultivate"
    TASKS = "tasks"
    RARE = "rare"


class Outcome(StrEnum):
    """How a sheet ended."""

    REACHED = "reached"
    KEPT = "kept"
    GIVEN_UP = "given_up"
