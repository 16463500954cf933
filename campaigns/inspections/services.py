"""The acts on inspections: write the checklist, keep an inspection with its findings and their tasks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.inspections.labels import PROBLEMS
from campaigns.inspections.models import ChecklistRow, ChecklistVersion, Inspection, SeenRow
from campaigns.inspections.rules import RowSpec, finding_problem, score_of, write_checklist
from campaigns.inspections.terms import Verdict
from campaigns.outlets.models import Outlet
from campaigns.outlets.services import locked_open, note_inspection
from kam.audit.services import record
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.core.locks import hold_name
from kam.core.numbers import next_number
from kam.core.sentences import labelled
from kam.files.services import attach
from kam.notes.services import add_task
from kam.notes.terms import SourceKey
from kam.users.models import User

FILES = "campaigns.inspection"


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen at a row: the finding and its day where it is not in order."""

    verdict: Verdict
    due_on: date
    text: str = ""


@dataclass(frozen=True, slots=True)
class Walk:
    """An inspection as it was made: day, by which checklist, who mends what is not in order."""

    on: date
    version: ChecklistVersion
    seen: Mapping[int, Seen]
    assignee: User
    accompanied: str = ""
    note: str = ""
    photos: Sequence["UploadedFile[Any]"] = ()


@transaction.atomic
def write_version(rows: Sequence[RowSpec], *, by: User | None, seen: int | None = None) -> ChecklistVersion:
    """Add a version of the checklist; the same rows again write nothing. Inspections made keep theirs."""
    hold_name("campaigns.checklist")
    latest = ChecklistVersion.objects.prefetch_related("rows").first()
    number = latest.number if latest else 0
    if seen is not None and seen != number:
        raise ConflictError(_("Somebody wrote another version meanwhile."), code="stale")
    if latest and write_checklist(row.spec for row in latest.rows.all()) == write_checklist(rows):
        return latest
    made = ChecklistVersion.objects.create(number=number + 1, by=by)
    ChecklistRow.objects.bulk_create(
        ChecklistRow(
            version=made, place=place, section=list(row.section), texts=list(row.texts), points=row.points
        )
        for place, row in enumerate(rows, 1)
    )
    record("campaigns.checklist.written", made, by=by, changes={"number": (number, made.number)})
    return made


@transaction.atomic
def keep_inspection(outlet: Outlet, walk: Walk, *, by: User) -> Inspection:
    """Keep what was seen, once a day by one person; what is not in order becomes a task with its day.

    Raises BusinessError at the row, and for a photo that is none: then nothing is kept.
    """
    place = locked_open(outlet)
    rows = list(walk.version.rows.all())
    _check(place, walk, rows, by)
    score = score_of([(row.points, walk.seen[row.place].verdict) for row in rows])
    made = Inspection.objects.create(
        number=next_number(Inspection, "XJ", business_date().year),
        outlet=place,
        version=walk.version,
        on=walk.on,
        score=score,
        accompanied=walk.accompanied,
        note=walk.note,
        by=by,
    )
    for row in rows:
        _write(made, row, walk, by)
    note_inspection(place, on=walk.on, score=score)
    for photo in walk.photos:
        attach(FILES, made.pk, photo, by=by)
    record("campaigns.inspection.kept", made, by=by, changes={"score": (None, score)})
    return made


def source_of(inspection: Inspection) -> SourceKey:
    return SourceKey.of("inspection", inspection.pk, inspection.number)


def _check(outlet: Outlet, walk: Walk, rows: Sequence[ChecklistRow], by: User) -> None:
    if walk.on > business_date():
        raise BusinessError(_("This day has not come yet."), code="future", field="on")
    if walk.on < outlet.opened_on:
        raise BusinessError(_("This lies before the opening of the outlet."), code="before", field="on")
    if Inspection.objects.filter(outlet=outlet, on=walk.on, by=by).exists():
        raise ConflictError(_("You inspected this outlet on this day already."), code="twice", field="on")
    for row in rows:
        seen = walk.seen[row.place]
        problem = finding_problem(seen.verdict, seen.text, seen.due_on, walk.on)
        if problem is not None:
            name = "text" if problem == "unsaid" else "due"
            raise BusinessError(PROBLEMS[problem], code=problem, field=f"{name}_{row.place}")


def _write(made: Inspection, row: ChecklistRow, walk: Walk, by: User) -> None:
    seen = walk.seen[row.place]
    told = SeenRow(inspection=made, row=row, verdict=seen.verdict, text=seen.text.strip())
    if seen.verdict is Verdict.FAILED:
        told.due_on = seen.due_on
        told.task = add_task(
            labelled(made.outlet.name, told.text),
            assignee=walk.assignee,
            by=by,
            subject=SourceKey.of("accounts.unit", made.outlet.unit_id, made.outlet.unit.name),
            source=source_of(made),
            due_on=seen.due_on,
        )
    told.save(force_insert=True)
