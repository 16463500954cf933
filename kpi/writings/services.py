"""The acts on writings: begin with what is known, write, hand in once, read."""

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from kam.audit.services import record
from kam.core.clock import business_date, department_zone
from kam.core.errors import BusinessError, ConflictError
from kam.core.locks import locked
from kam.core.periods import Period
from kam.core.sentences import listed
from kam.core.transitions import ensure_transition
from kam.outbox.services import notify
from kam.users.models import User
from kpi.writings.labels import PERIOD_PROBLEMS, SECTION_LABELS
from kpi.writings.models import Writing, WritingSection
from kpi.writings.prefill import prefilled
from kpi.writings.rules import is_late, missing_sections, period_problem
from kpi.writings.terms import SECTIONS, WRITING_TRANSITIONS, Kind, WritingState


@transaction.atomic
def begin(kind: Kind, period: Period, *, by: User) -> Writing:
    """Begin a writing with what the figures say; one a person, kind and period."""
    if problem := period_problem(kind, period, business_date()):
        raise BusinessError(str(PERIOD_PROBLEMS[problem]), code=problem, field="period")
    try:
        with transaction.atomic():
            made = Writing.objects.create(kind=kind, author=by, first_day=period.first, last_day=period.last)
    except IntegrityError as error:
        words = _("This is written already: one for each period.")
        raise BusinessError(words, code="twice", field="period") from error
    with override(by.language):
        texts = prefilled(kind, period, by)
    WritingSection.objects.bulk_create(
        WritingSection(writing=made, key=key, text=texts[key][:10_000]) for key in SECTIONS[kind]
    )
    record("kpi.writing.begun", made, by=by, changes={"kind": (None, kind.value)})
    return made


@transaction.atomic
def write(writing: Writing, texts: Mapping[str, str], *, version: int, by: User) -> Writing:
    """Keep the parts of a draft."""
    row = _draft_at(writing, version)
    for part in locked(WritingSection.objects.filter(writing=row)):
        if part.key in texts and part.text != texts[part.key]:
            part.text = texts[part.key]
            part.save(update_fields=["text"])
    _save(row)
    return row


@transaction.atomic
def hand_in(writing: Writing, *, version: int, by: User, now: datetime | None = None) -> Writing:
    """Hand a writing in; every part says something, and from then on it stays as it is."""
    row = _draft_at(writing, version)
    kind = Kind(row.kind)
    missing = missing_sections(kind, dict(row.sections.values_list("key", "text")))
    if missing:
        words = _("These parts say nothing yet: %(parts)s.")
        told = {"parts": listed(str(SECTION_LABELS[key]) for key in missing)}
        raise BusinessError(words % told, code="missing")
    row.handed_in_at = now or timezone.now()
    row.is_late = is_late(kind, row.period, row.handed_in_at.astimezone(department_zone()))
    _move(row, WritingState.HANDED_IN, "handed_in_at", "is_late", by=by)
    return row


@transaction.atomic
def mark_read(writing: Writing, *, remark: str, by: User) -> Writing:
    """Say that it was read, with a remark for the author if there is one."""
    row = locked(Writing.objects.filter(pk=writing.pk)).get()
    row.read_by, row.read_at, row.remark = by, timezone.now(), remark
    _move(row, WritingState.READ, "read_by", "read_at", "remark", by=by)
    if remark:
        with override(row.author.language):
            notify(
                key=f"kpi:writing:{row.pk}:read",
                to=row.author,
                text=_("%(name)s read your writing and says something.") % {"name": by.name},
                url=row.get_absolute_url(),
                kind="kpi.writing",
            )
    return row


def _draft_at(writing: Writing, version: int) -> Writing:
    row = locked(Writing.objects.filter(pk=writing.pk)).get()
    if row.state != WritingState.DRAFT:
        raise BusinessError(_("This was handed in and stays as it is."), code="handed_in")
    if row.version != version:
        raise ConflictError(_("Somebody changed this meanwhile."), code="stale")
    return row


def _move(row: Writing, to: WritingState, *fields: str, by: User) -> None:
    before = WritingState(row.state)
    ensure_transition(before, to, WRITING_TRANSITIONS)
    row.state = to
    _save(row, "state", *fields)
    record(f"kpi.writing.{to.value}", row, by=by, changes={"state": (before.value, to.value)})


def _save(row: Writing, *fields: str) -> None:
    row.version += 1
    row.save(update_fields=[*fields, "version"])
