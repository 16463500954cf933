"""The four steps of the import in the browser: file, columns, preview, writing."""

import hashlib
import io
from collections.abc import Mapping
from typing import IO, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.imports import services
from accounts.imports.labels import UNREADABLE_LABELS
from accounts.imports.models import ImportRow, RememberedMapping, UnitImport
from accounts.imports.rules.checks import CheckedRow
from accounts.imports.rules.fates import Decision, Report, Seen, decide
from accounts.imports.rules.heads import missing_columns, recognise, signature
from accounts.imports.rules.sheets import MAX_BYTES, UnreadableFileError
from accounts.imports.selectors import Importer, checked, known_units, people_for, read_header
from accounts.imports.terms import Column, Fate, ImportState
from kam.audit.services import record
from kam.core.errors import BusinessError, ConflictError
from kam.core.locks import locked
from kam.jobs import services as jobs
from kam.search.services import fold
from kam.users.models import User

JOB_KIND, TASK = "accounts.import", "accounts.write_import"
#: Rows that need a look are kept one by one up to this number; the file of errors has them all.
KEPT_ROWS = 5_000


def upload(file: IO[bytes], *, name: str, by: User) -> UnitImport:
    """Take a file and recognise its columns; refused with a sentence when it cannot be read."""
    content = file.read(MAX_BYTES + 1)
    try:
        header, samples = read_header(io.BytesIO(content))
    except UnreadableFileError as error:
        raise unreadable(error) from error
    columns = recognise(header.cells, remembered_for(by, header.cells))
    return UnitImport.objects.create(
        by=by,
        file_name=name[:200],
        file=content,
        heads=list(header.cells),
        samples=[list(row.cells) for row in samples],
        mapping={str(place): column for place, column in columns.items()},
    )


def unreadable(error: UnreadableFileError) -> BusinessError:
    return BusinessError(UNREADABLE_LABELS[error.code], code=error.code, field="file")


def _digest(heads: Any) -> str:
    return hashlib.sha256(signature(heads).encode()).hexdigest()


def remembered_for(by: User, heads: Any) -> dict[str, str]:
    """Return folded heading → column as this person mapped files with the same headings before."""
    row = RememberedMapping.objects.filter(by=by, signature=_digest(heads)).first()
    return dict(row.columns) if row else {}


@transaction.atomic
def choose_columns(
    unit_import: UnitImport,
    columns: Mapping[int, Column],
    *,
    update_existing: bool,
    allow_ownerless: bool,
    label: str = "",
) -> UnitImport:
    """Keep the mapping, remember it for files with the same headings, and run the whole file dry."""
    row = _lock(unit_import, ImportState.UPLOADED, ImportState.CHECKED, ImportState.STOPPED)
    if missing_columns(columns):
        raise BusinessError(UNREADABLE_LABELS["no_name_column"], code="no_name_column")
    if len(set(columns.values())) < len(columns):
        raise BusinessError(_("Two columns of the file mean the same. Leave one of them out."), code="twice")
    row.mapping = {str(place): str(column) for place, column in columns.items()}
    row.update_existing, row.allow_ownerless = update_existing, allow_ownerless
    row.save(update_fields=["mapping", "update_existing", "allow_ownerless"])
    told = {fold(head): str(columns.get(place, "")) for place, head in enumerate(row.heads) if head}
    RememberedMapping.objects.update_or_create(
        by=row.by, signature=_digest(row.heads), defaults={"columns": told, "label": label[:80]}
    )
    check(row)
    return row


def importer_of(unit_import: UnitImport) -> Importer:
    """Return who imports and how, with everything that was mended in the browser."""
    fixes = dict(unit_import.rows.exclude(fixes={}).values_list("number", "fixes"))
    return Importer(
        by=unit_import.by,
        update_existing=unit_import.update_existing,
        allow_ownerless=unit_import.allow_ownerless,
        mapping={int(place): Column(column) for place, column in unit_import.mapping.items()},
        fixes=fixes,
        people=people_for(unit_import.by),
    )


def check(unit_import: UnitImport) -> Report:
    """Run the file dry and keep the rows that need a look; what was mended stays mended."""
    importer = importer_of(unit_import)
    kept: list[Decision] = []
    try:
        report = services.check_units(
            io.BytesIO(unit_import.file), importer, on_batch=lambda _r, found: _keep(kept, found, importer)
        )
    except UnreadableFileError as error:
        raise unreadable(error) from error
    _store(unit_import, report, kept, importer, ImportState.CHECKED)
    return report


def _keep(kept: list[Decision], found: list[Decision], importer: Importer) -> None:
    wanted = (d for d in found if d.fate in {Fate.ERROR, Fate.DUPLICATE} or d.row.number in importer.fixes)
    kept += list(wanted)[: max(KEPT_ROWS - len(kept), 0)]


def _store(
    unit_import: UnitImport, report: Report, kept: list[Decision], importer: Importer, state: ImportState
) -> None:
    unit_import.rows.all().delete()
    ImportRow.objects.bulk_create(
        ImportRow(
            unit_import=unit_import,
            number=decision.row.number,
            fixes=dict(importer.fixes.get(decision.row.number, {})),
            **_row_values(decision.row, decision),
        )
        for decision in kept
    )
    unit_import.total = report.rows
    unit_import.counts = {str(fate): count for fate, count in report.counts.items()} | {
        "hints": len(report.hints),
        "hint_examples": [[h.row, str(h.column), h.of] for h in report.hints[:5]],
    }
    unit_import.checked_at = timezone.now()
    unit_import.state = state
    unit_import.version += 1
    unit_import.save(update_fields=["total", "counts", "checked_at", "state", "version"])


def _row_values(row: CheckedRow, decision: Decision) -> dict[str, Any]:
    return {
        "fate": decision.fate,
        "name": row.cells.get(Column.NAME, "")[:300],
        "of": decision.of[:200],
        "cells": {str(column): text for column, text in row.cells.items()},
        "faults": [[f.column, f.problem, f.text, f.suggestion] for f in row.faults],
    }


@transaction.atomic
def fix_cell(unit_import: UnitImport, number: int, column: Column, text: str | None) -> ImportRow:
    """Put `text` into one cell (None: what the file says again) and check that row anew. Nothing is written to units."""
    parent = _lock(unit_import, ImportState.CHECKED, ImportState.STOPPED)
    row = locked(ImportRow.objects.filter(unit_import=parent, number=number)).first()
    if row is None:
        raise BusinessError(_("This row has no error."), code="no_row")
    before = Fate(row.fate)
    if text is None:
        row.fixes.pop(str(column), None)
        row.cells[str(column)] = _original(parent, number, column)
    else:
        row.fixes[str(column)] = text[:5_000]
    decision = _check_again(parent, row)
    for name, value in _row_values(decision.row, decision).items():
        setattr(row, name, value)
    row.save()
    parent.counts[str(before)] -= 1
    parent.counts[str(decision.fate)] += 1
    parent.save(update_fields=["counts"])
    unit_import.counts = parent.counts
    return row


def _check_again(parent: UnitImport, row: ImportRow) -> Decision:
    importer = importer_of(parent)
    importer = Importer(
        by=importer.by,
        update_existing=importer.update_existing,
        allow_ownerless=importer.allow_ownerless,
        fixes={row.number: row.fixes},
        people=importer.people,
    )
    again = checked(row.number, {Column(name): text for name, text in row.cells.items()}, importer)
    return decide(again, seen=Seen(), known=known_units([again], importer))


def _original(parent: UnitImport, number: int, column: Column) -> str:
    from accounts.imports.rules.sheets import read_rows  # noqa: PLC0415 -- only undoing needs the file

    place = next((int(p) for p, name in parent.mapping.items() if name == column), None)
    for found in read_rows(io.BytesIO(parent.file)):
        if found.number == number:
            return found.cells[place] if place is not None and place < len(found.cells) else ""
    return ""


@transaction.atomic
def start_writing(unit_import: UnitImport, *, by: User) -> UnitImport:
    """Hand the file to a worker; it can be left and found again, stopped and started again."""
    row = _lock(unit_import, ImportState.CHECKED, ImportState.STOPPED)
    row.job = jobs.start_job(JOB_KIND, by=by, total=row.total, payload={"import": row.pk}, task=TASK)
    row.state = ImportState.WRITING
    row.version += 1
    row.save(update_fields=["job", "state", "version"])
    record("accounts.import.started", row, by=by, changes={"rows": (None, row.total)})
    return row


def write(*, job_id: int) -> bool:
    """Write the file of a job, batch by batch; called by the worker. Rows that were written before are unchanged."""
    job = jobs.begin(job_id)
    if job is None:
        return False
    unit_import = UnitImport.objects.select_related("by").get(pk=job.payload["import"])
    importer = importer_of(unit_import)
    kept: list[Decision] = []

    def on_batch(_report: Report, found: list[Decision]) -> None:
        _keep(kept, found, importer)
        jobs.advance(job, len(found))

    try:
        report = services.write_units(io.BytesIO(unit_import.file), importer, on_batch=on_batch)
    except jobs.JobStoppedError:
        UnitImport.objects.filter(pk=unit_import.pk).update(state=ImportState.STOPPED)
        return False
    with transaction.atomic():
        _store(unit_import, report, kept, importer, ImportState.WRITTEN)
        record(
            "accounts.import.written",
            unit_import,
            by=unit_import.by,
            changes={str(fate): (None, count) for fate, count in report.counts.items()},
        )
        jobs.finish(job, {"url": unit_import.get_absolute_url()} | unit_import.counts)
    return True


def stop_writing(unit_import: UnitImport, *, by: User) -> None:
    """Stop after the batch that runs; what is written stays, and the rest can be written later."""
    if unit_import.job is None or unit_import.state != ImportState.WRITING:
        raise BusinessError(_("Nothing is being written."), code="not_writing")
    jobs.stop(unit_import.job, by=by)
    UnitImport.objects.filter(pk=unit_import.pk).update(state=ImportState.STOPPED)


def _lock(unit_import: UnitImport, *states: ImportState) -> UnitImport:
    row = locked(UnitImport.objects.filter(pk=unit_import.pk)).get()
    if row.state not in states:
        raise ConflictError(_("This import has moved on meanwhile."), code="state")
    return row
