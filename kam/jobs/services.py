"""Long work with progress. The row is the truth: a worker may die at any chunk, the next one goes on from `done`."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kam.core.errors import BusinessError
from kam.core.locks import locked
from kam.core.queue import enqueue
from kam.jobs.models import Job
from kam.jobs.rules import DEAD_AFTER
from kam.jobs.terms import OPEN_STATES, JobState
from kam.users.models import User

__all__ = ["JobStoppedError", "advance", "begin", "enqueue", "fail", "finish", "revive", "start_job", "stop"]

#: A job whose worker died this often is given up (R-21).
MAX_ATTEMPTS = 5
#: A waiting job that nobody took is sent again.
FORGOTTEN_AFTER = timedelta(seconds=90)


class JobStoppedError(Exception):
    """Somebody stopped the job, or another worker ended it: leave off, keep what is done."""


@transaction.atomic
def start_job(
    kind: str, *, by: User | None, total: int = 0, payload: dict[str, Any] | None = None, task: str = ""
) -> Job:
    """Make a waiting job; `task` is sent with its id after commit and again whenever it seems lost."""
    job = Job.objects.create(kind=kind, task=task, by=by, total=total, payload=payload or {})
    if task:
        enqueue(task, job_id=job.pk)
    return job


@transaction.atomic
def begin(job_id: int) -> Job | None:
    """Take a job that waits or whose worker died; None when there is nothing to do. The task starts with this."""
    now = timezone.now()
    free = Q(state=JobState.WAITING) | Q(state=JobState.RUNNING, heartbeat_at__lt=now - DEAD_AFTER)
    job = locked(Job.objects.filter(free, pk=job_id), skip_locked=True).first()
    if job is None:
        return None
    job.attempts += 1
    job.heartbeat_at = now
    job.started_at = job.started_at or now
    job.state = JobState.RUNNING if job.attempts <= MAX_ATTEMPTS else JobState.FAILED
    if job.state == JobState.FAILED:
        job.finished_at, job.error = now, "its worker died too often"
    job.save(update_fields=["attempts", "heartbeat_at", "started_at", "state", "finished_at", "error"])
    return job if job.state == JobState.RUNNING else None


def advance(job: Job, done: int = 1, *, total: int | None = None) -> None:
    """Say that `done` more pieces are done, and that the worker lives; raises JobStoppedError when the job was stopped.

    `total`, where given, is the number of pieces, known only now.
    """
    new_total = F("total") if total is None else Greatest(F("done"), total)
    if total is not None:
        Job.objects.filter(pk=job.pk, state=JobState.RUNNING).update(total=new_total)
    moved = Job.objects.filter(pk=job.pk, state=JobState.RUNNING).update(
        done=Least(F("done") + done, F("total")), heartbeat_at=timezone.now()
    )
    if not moved:
        raise JobStoppedError
    job.refresh_from_db(fields=["done", "total"])


def pause(job: Job) -> None:
    """Put a running job back after a chunk: the next task goes on where this one ended."""
    with transaction.atomic():
        moved = Job.objects.filter(pk=job.pk, state=JobState.RUNNING).update(
            state=JobState.WAITING, attempts=0, heartbeat_at=timezone.now()
        )
        if moved and job.task:
            enqueue(job.task, job_id=job.pk)


def finish(job: Job, result: dict[str, Any] | None = None) -> bool:
    """End the job well; `result` is what its page shows. False where it had ended already: stopped, or done by another."""
    return _end(job, JobState.DONE, result=result or {}, done=F("total"))


def fail(job: Job, error: str) -> None:
    """End the job badly; `error` is a sentence for a person."""
    _end(job, JobState.FAILED, error=error[:2000])


def stop(job: Job, *, by: User) -> None:
    """Let a person stop a job; what is done stays done. Refused when it has ended."""
    if not _end(job, JobState.STOPPED, error="", payload=job.payload | {"stopped_by": by.pk}):
        raise BusinessError(_("This job has already ended."), code="ended")


def revive() -> str:
    """Send again the tasks of jobs that nobody took or whose worker died; the sweeper of jobs."""
    now = timezone.now()
    lost = Q(state=JobState.WAITING, created_at__lt=now - FORGOTTEN_AFTER) & (
        Q(heartbeat_at__isnull=True) | Q(heartbeat_at__lt=now - FORGOTTEN_AFTER)
    )
    dead = Q(state=JobState.RUNNING, heartbeat_at__lt=now - DEAD_AFTER)
    rows = list(Job.objects.filter(lost | dead).exclude(task="").values_list("pk", "task")[:100])
    for job_id, task in rows:
        enqueue(task, job_id=job_id)
    return str(len(rows))


def _end(job: Job, state: JobState, **values: Any) -> bool:
    ended = Job.objects.filter(pk=job.pk, state__in=OPEN_STATES).update(
        state=state, finished_at=timezone.now(), **values
    )
    job.refresh_from_db()
    return bool(ended)
