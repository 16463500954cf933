"""Files of what a list shows: same rows, same order, same columns. Long ones are written by a worker (P17)."""

import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from typing import IO, Any
from urllib.parse import urlencode

from django.db import transaction
from django.http import FileResponse, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils import translation
from django.utils.translation import gettext as _

from kam.audit import services as audit
from kam.core.clock import business_date
from kam.core.locks import locked
from kam.core.toasts import toast
from kam.jobs import services as jobs
from kam.jobs.models import Job
from kam.lists.cells import reader_of
from kam.lists.rules import is_still_approved
from kam.lists.selectors import EXPORTED, hang_beside, read_beside, why_approval
from kam.lists.spec import Column, Name, list_called
from kam.lists.state import ListState
from kam.lists.terms import Why
from kam.lists.writers import CONTENT_TYPES, Cell, write_csv, write_xlsx
from kam.settings_rows.selectors import setting
from kam.users.http import AuthedRequest
from kam.users.models import User

FORMATS = frozenset(CONTENT_TYPES)
JOB_KIND = "lists.export"
TASK = "lists.export"
_CHUNK = 2_000
_KEEP_IN_MEMORY = 2 * 1024 * 1024


def export_response(
    request: AuthedRequest, state: ListState, file_format: str
) -> HttpResponse | FileResponse:
    """Answer with the file, start a job when there are many rows, or lead to where the director is asked first."""
    if why_approval(state) is not None:
        return HttpResponseRedirect(ask_address(state, file_format))
    return _file_or_job(request, state, file_format)


@transaction.atomic
def _file_or_job(request: AuthedRequest, state: ListState, file_format: str) -> HttpResponse | FileResponse:
    """Look again under a lock of the person: of several files asked for at once each counts what the one before took."""
    locked(User.objects.filter(pk=request.user.pk)).get()
    if why_approval(state) is not None:
        return HttpResponseRedirect(ask_address(state, file_format))
    limit = int(setting("export_direct_rows"))
    if state.rows()[: limit + 1].count() > limit:
        job = start_export(state, file_format, by=request.user)
        toast(request, _("The file is being written. The bell tells when it is ready."))
        return HttpResponseRedirect(f"/jobs/{job.pk}/")
    file = tempfile.SpooledTemporaryFile(max_size=_KEEP_IN_MEMORY)  # noqa: SIM115 -- FileResponse closes it
    count = write_rows(state, file_format, file)
    record_export(state, file_format, count)
    file.seek(0)
    return FileResponse(
        file,
        as_attachment=True,
        filename=file_name(state, file_format),
        content_type=CONTENT_TYPES[file_format],
    )


def ask_address(state: ListState, file_format: str) -> str:
    """Return the address of the page that asks the director; the room of that page stands above."""
    return f"/exports/ask/{state.spec.key}/{file_format}/?{urlencode({'query': state.query})}"


def file_name(state: ListState, file_format: str, *, job: int | None = None) -> str:
    """Return the name of the file: list and day, and the job that wrote it, so that two of one day are told apart."""
    number = "" if job is None else f"-{job}"
    return f"{state.spec.key.replace('.', '-')}-{business_date():%Y%m%d}{number}.{file_format}"


@dataclass(frozen=True, slots=True)
class Approval:
    """What the director approved: which request, for what reason, how many rows there were."""

    request: int
    reason: str
    rows: int


@transaction.atomic
def start_export(
    state: ListState, file_format: str, *, by: User, language: str = "", approval: Approval | None = None
) -> Job:
    """Make the job that writes a long or approved file; the worker reads the list again as this person."""
    payload: dict[str, Any] = {
        "list": state.spec.key,
        "query": state.query,
        "format": file_format,
        "language": language or translation.get_language(),
        "position": by.position,
    }
    if approval is not None:
        payload["approval"] = asdict(approval)
    return jobs.start_job(JOB_KIND, by=by, total=state.rows().count(), payload=payload, task=TASK)


def state_of_job(job: Job) -> ListState:
    """Return the list as the job's person asked for it; raises LookupError when list or person are gone."""
    spec = list_called(job.payload["list"])
    if spec is None or job.by is None:
        raise LookupError(job.payload["list"])
    return ListState(spec, job.by, QueryDict(job.payload["query"]), "")


def write_rows(state: ListState, file_format: str, file: IO[bytes], *, progress: Any = None) -> int:
    """Write all matching rows to `file`; return how many. `progress(n)` is called after every chunk."""
    heads = [str(column.label) for column in state.columns]
    write = write_xlsx if file_format == "xlsx" else write_csv
    return write(file, heads, _cells(state, progress))


def approval_of(job: Job) -> Approval | None:
    """Return the approval on which a job writes its file."""
    told = job.payload.get("approval")
    return Approval(**told) if told else None


def refusal_of(job: Job, state: ListState) -> str:
    """Return why the file may not be written any more, "" where it may: rights and the list are looked at again."""
    if not state.user.is_active or state.user.position != job.payload["position"]:
        return _("The person who asked has other rights now.")
    if not state.spec.can_export(state.user):
        return _("The person who asked has other rights now.")
    approval = approval_of(job)
    if approval is None:
        why = why_approval(state)  # asked again: other files may have left while this one waited
        if why is Why.PERSONAL:
            return _("A file with personal data needs the director's approval.")
        return _("These are too many rows without the director's approval. Please ask for it.") if why else ""
    if not is_still_approved(approved=approval.rows, rows=state.rows().count()):
        return _("The list has grown since it was approved. Please ask again.")
    return ""


def record_export(
    state: ListState, file_format: str, count: int, *, approval: Approval | None = None
) -> None:
    """Put the export into the audit: who, which list, which conditions, how many rows; the reason where it was approved."""
    told: dict[str, tuple[None, str | int]] = {
        "list": (None, state.spec.key),
        "query": (None, state.query),
        "format": (None, file_format),
        "rows": (None, count),
    }
    if approval is not None:
        told["approval"] = (None, approval.request)
    with transaction.atomic():
        reason = approval.reason if approval else ""
        audit.record(EXPORTED, state.user, by=state.user, changes=told, reason=reason)


def _cells(state: ListState, progress: Any) -> Iterator[list[Cell]]:
    readers = [(column, column.export or reader_of(column)) for column in state.columns]
    with transaction.atomic():  # a server-side cursor lives in a transaction: constant memory
        for rows in _batched(state.ordered().iterator(chunk_size=_CHUNK)):
            told = read_beside(state, [row.pk for row in rows])
            for row in rows:
                hang_beside(told, row)
                yield [_plain(column, read(row)) for column, read in readers]
            if progress is not None and len(rows) == _CHUNK:
                progress(_CHUNK)


def _batched(rows: Iterator[Any]) -> Iterator[list[Any]]:
    """Give the rows in lists of a chunk."""
    while chunk := list(islice(rows, _CHUNK)):
        yield chunk


def _plain(column: Column, value: Any) -> Cell:
    """Return what stands in a file for a value: words, a number or a date."""
    if isinstance(value, Name):
        return value.text
    if column.kind == "badge" and isinstance(value, tuple):
        return str(value[1])
    if column.kind == "yes":
        return _("yes") if value else _("no")
    if value is None or isinstance(value, str | int | float):
        return value
    return value if column.kind in {"number", "money", "percent", "date", "datetime"} else str(value)
