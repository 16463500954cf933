"""States of a job. No Django here."""

from enum import StrEnum


class JobState(StrEnum):
    """A job waits, runs, and ends in one of three ways."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


OPEN_STATES = frozenset({JobState.WAITING, JobState.RUNNING})
