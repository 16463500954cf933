"""The five self-questions of the source, answer by answer (S-059, 000:57-87). No Django here."""

from enum import StrEnum


class SelfQuestion(StrEnum):
    """Five groups of questions; the letter is the source's own."""

    INSIDER_CULTIVATED = "1a"
    INSIDER_PLAN = "1b"
    BUYERS_CLEAR = "2a"
    NOT_INTERVIEWED = "2b"
    MORE_INFORMATION = "2c"
    POWER_CHANGED = "3a"
    NEW_FACES = "3b"
    REORGANISED = "3c"
    DECIDERS_CERTAIN = "3d"
    OUTLINE = "4"
    WRITTEN = "5"

    @property
    def group(self) -> int:
        """1 … 5."""
        return int(self.value[0])


class Judgement(StrEnum):
    """How the answer looks for us."""

    GOOD = "good"
    CARE = "care"
    DANGER = "danger"
    OPEN = "open"
