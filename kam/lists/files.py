"""Files that a worker writes: kept outside the web root under a random name, for one day (12-decisions, defaults)."""

import secrets
import tempfile
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from kam.jobs import services as jobs
from kam.jobs.models import Job
from kam.lists import exports
from kam.lists.state import ListState
from kam.outbox.services import notify
from kam.users.models import User

JOB_KIND = exports.JOB_KIND
KEPT_FOR = timedelta(hours=24)
_FOLDER = "exports"


def write_export(job_id: int) -> None:
    """Write the file of a job, tell the person. Safe to run twice: a file is written anew from its first row."""
    job = jobs.begin(job_id)
    if job is None or job.by is None:
        return
    with translation.override(job.payload.get("language") or job.by.language):
        state = exports.state_of_job(job)
        if refusal := exports.refusal_of(job, state):
            _give_up(job, state.user, refusal)
            return
        Job.objects.filter(pk=job.pk).update(done=0)
        with suppress(jobs.JobStoppedError):  # nothing of it is kept
            _write(job, state)


def _write(job: Job, state: ListState) -> None:
    file_format = job.payload["format"]
    with tempfile.TemporaryFile() as file:
        count = exports.write_rows(state, file_format, file, progress=lambda n: jobs.advance(job, n))
        file.seek(0)
        stored = default_storage.save(f"{_FOLDER}/{secrets.token_hex(16)}.{file_format}", File(file))
    if not _hand_out(job, state, stored, count):
        default_storage.delete(stored)


@transaction.atomic
def _hand_out(job: Job, state: ListState, stored: str, count: int) -> bool:
    """End the job, write the audit, ring the bell: all or nothing, once. False where somebody ended the job before."""
    file_format = job.payload["format"]
    name = exports.file_name(state, file_format, job=job.pk)
    if not jobs.finish(job, {"file": stored, "name": name, "rows": count}):
        return False
    exports.record_export(state, file_format, count, approval=exports.approval_of(job))
    notify(
        key=f"lists.export:{job.pk}",
        to=state.user,
        kind="lists.export",
        text=_("Your file is ready: %(name)s, %(rows)s rows. It stays for a day.")
        % {"name": name, "rows": count},
        url=f"/exports/{job.pk}/",
    )
    return True


@transaction.atomic
def _give_up(job: Job, person: User, refusal: str) -> None:
    jobs.fail(job, refusal)
    notify(key=f"lists.export:{job.pk}", to=person, kind="lists.export", text=refusal, url=f"/jobs/{job.pk}/")


def open_export(job: Job) -> IO[bytes] | None:
    """Return the open file of a finished job, or None once it is gone or too old."""
    name = job.result.get("file", "")
    if not name or job.finished_at is None or timezone.now() - job.finished_at > KEPT_FOR:
        return None
    return default_storage.open(name) if default_storage.exists(name) else None


def drop_old_exports() -> str:
    """Delete files older than a day; the sweeper of exports."""
    folder = Path(settings.MEDIA_ROOT) / _FOLDER
    limit = (timezone.now() - KEPT_FOR).timestamp()
    old = [path for path in folder.glob("*") if path.stat().st_mtime < limit] if folder.is_dir() else []
    for path in old:
        path.unlink(missing_ok=True)
    return str(len(old))
