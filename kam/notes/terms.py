"""Words about tasks and notes. No Django here."""

from dataclasses import dataclass
from enum import StrEnum


class TaskKind(StrEnum):
    """What kind of thing to do a task is."""

    STEP = "step"
    PROMISE = "promise"
    THEIR_PROMISE = "their_promise"
    HELP = "help"
    TASK = "task"


@dataclass(frozen=True, slots=True)
class SourceKey:
    """Names a row of any room without depending on it; `label` is what a person reads when the row is out of reach."""

    kind: str
    id: str
    label: str = ""

    @classmethod
    def of(cls, kind: str, pk: int | str, label: object = "") -> "SourceKey":
        """Return the key of a row, given its primary key as the database gives it."""
        return cls(kind, str(pk), str(label)[:300])


NOTHING = SourceKey("", "", "")
