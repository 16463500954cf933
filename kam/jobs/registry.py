"""Work that runs by the clock, and what jobs are called: registered by the rooms that own it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from kam.audit.registry import register_system
from kam.jobs.rules import Rhythm, rhythm_of

if TYPE_CHECKING:
    from kam.jobs.models import Job


@dataclass(frozen=True, slots=True)
class Periodic:
    """Work the tick starts when it is due. `run()` is idempotent, finds its work from rows, and returns a line about it or None."""

    name: str
    rhythm: Rhythm
    run: Callable[[], object]
    label: Any
    may_overlap: bool = False


@dataclass(frozen=True, slots=True)
class JobKind:
    """What a kind of job is called, and where its result is to be seen."""

    kind: str
    label: Any
    result_url: Callable[["Job"], str] | None = None


_periodic: dict[str, Periodic] = {}
_kinds: dict[str, JobKind] = {}


def periodic(
    name: str, *, every: timedelta | str, run: Callable[[], object], label: Any, may_overlap: bool = False
) -> None:
    """Register periodic work: `every` is a timedelta of at least a minute, or "daily HH:MM" on the department's clock.

    `run` gets no arguments, takes at most two minutes (long work: small chunks, the rest next time) and may run twice. Work that
    `may_overlap` claims its rows itself: the next run does not wait for one whose worker died.
    """
    if name in _periodic:
        raise ValueError(f"periodic work {name} is registered twice")
    register_system(name, label)
    _periodic[name] = Periodic(name, rhythm_of(every), run, label, may_overlap)


def all_periodic() -> dict[str, Periodic]:
    """Return a copy: name → work."""
    return dict(_periodic)


def register_kind(kind: str, label: Any, *, result_url: Callable[["Job"], str] | None = None) -> str:
    """Register a kind of job with the label people read, and where its result is; return the kind."""
    _kinds[kind] = JobKind(kind, label, result_url)
    return kind


def kind_of(job: "Job") -> JobKind:
    """Return what is known about the job's kind; its bare name when its room is gone."""
    return _kinds.get(job.kind, JobKind(job.kind, job.kind))
