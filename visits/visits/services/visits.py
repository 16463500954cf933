"""Recording a visit: one transaction from the visit to the unit's file, the tasks and the plan line."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.persons.models import Person
from accounts.units.models import KeyAccount
from accounts.units.services import mark_dirty
from kam.audit.services import changed_fields, record
from kam.calendar.selectors import add_working_days
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.core.locks import locked
from kam.notes.models import Task
from kam.notes.services import add_task
from kam.notes.terms import SourceKey, TaskKind
from kam.settings_rows.selectors import int_setting
from kam.users.models import User
from visits.appointments.models import Appointment
from visits.plans.models import PlanLine
from visits.plans.services import finish_line, lock_standing
from visits.plans.terms import VisitMode
from visits.visits.models import Visit, VisitAnswer, VisitPerson
from visits.visits.registry import is_month_closed
from visits.visits.rules import is_late, kind_of
from visits.visits.services.appointments import appointment_of, settle_appointment
from visits.visits.services.contacts import source_of, write_contact
from visits.visits.services.faces import NewFace, meet_faces
from visits.visits.services.late import ask_for_late_entry
from visits.visits.services.persons import change_persons
from visits.visits.services.rights import lock_unit_of
from visits.visits.terms import Outcome

#: Fields that a person may correct afterwards.
EDITABLE = (
    *("outcome", "started_at", "ended_at", "place", "purpose", "summary", "problems", "next_step"),
    *("next_step_on", "quality_reaction", "satisfaction", "competitor_use", "industry_news"),
)


@dataclass(frozen=True, slots=True)
class Location:
    """Where the telephone was at check-in; only given when its owner agreed."""

    latitude: Decimal
    longitude: Decimal


@dataclass(frozen=True, slots=True)
class Promise:
    """What one side promised; becomes a task of ours, theirs to be reminded of."""

    text: str
    is_ours: bool = True
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitEntry:
    """What the visitor writes down."""

    unit: KeyAccount
    on: date
    outcome: Outcome
    mode: VisitMode = VisitMode.VISIT
    is_return: bool = False
    persons: Sequence[Person] = ()
    faces: Sequence[NewFace] = ()
    companions: Sequence[User] = ()
    started_at: datetime | None = None
    ended_at: datetime | None = None
    place: str = ""
    location: Location | None = None
    purpose: str = ""
    summary: str = ""
    problems: str = ""
    next_step: str = ""
    next_step_on: date | None = None
    quality_reaction: str = ""
    satisfaction: str = ""
    competitor_use: str = ""
    industry_news: str = ""
    late_reason: str = ""
    answers: Sequence[tuple[str, str]] = ()
    promises: Sequence[Promise] = field(default=())
    plan_line: PlanLine | None = None
    appointment: Appointment | None = None


@transaction.atomic
def log_visit(entry: VisitEntry, *, public_id: UUID, by: User) -> Visit:
    """Record a visit: persons met, answers, contact, promises as tasks; the plan line is done. Entered late: marked so."""
    unit = lock_unit_of(entry.unit.pk, by=by)
    entry = _with_faces(_with_standing_line(entry), by=by)
    _check(entry, by=by)
    if Visit.objects.filter(public_id=public_id).exists():
        raise ConflictError(_("This entry was already recorded."), code="recorded")
    visit = _create(entry, unit=unit, public_id=public_id, by=by)
    _write_details(visit, entry)
    record("visits.visit.logged", visit, by=by, changes={"outcome": (None, visit.outcome)})
    source = source_of(visit)
    write_contact(visit, entry.persons, outline_used=_is_answered(entry), by=by)  # marks the unit's flags
    _write_tasks(visit, entry, source=source, by=by)
    settle_appointment(visit, by=by)
    if visit.is_late:
        ask_for_late_entry(visit, by=by)
    return visit


@transaction.atomic
def change_visit(visit: Visit, entry: VisitEntry, *, by: User, version: int | None = None) -> Visit:
    """Correct a visit. Day, unit and way stay; persons met on a first visit freeze after a day (12-decisions, 19).

    What counts is as final as an entry: the outcome with the month's scores, "met after all" with the days for entering (12-decisions, 23).
    """
    lock_unit_of(visit.unit_id, by=by)
    row = locked(Visit.objects.filter(pk=visit.pk)).get()
    if version is not None and row.version != version:
        raise ConflictError(_("Somebody changed this visit meanwhile. Look at it again."), code="stale")
    if (row.unit_id, row.on) != (entry.unit.pk, entry.on):
        raise BusinessError(_("Unit and day of a visit stay as they were entered."), code="fixed", field="on")
    entry = _with_faces(entry, by=by, met=list(row.persons_met.values_list("person", flat=True)))
    _check(entry, by=by, instead_of=row)
    _check_outcome(row, entry.outcome)
    change_persons(row, entry.persons, by=by)
    changes = changed_fields(row, {name: getattr(entry, name) for name in EDITABLE})
    for name, (_old, new) in changes.items():
        setattr(row, name, new)
    row.version += 1
    row.save(update_fields=[*changes, "version"])
    if entry.answers:
        row.answers.all().delete()
        _write_answers(row, entry.answers)
    record("visits.visit.changed", row, by=by, changes=changes)
    source = source_of(row)
    write_contact(row, entry.persons, outline_used=_is_answered(entry), by=by)
    there = set(Task.objects.filter(source_kind=source.kind, source_id=source.id).values_list("kind", "text"))
    _write_tasks(row, entry, source=source, by=by, there=there)
    mark_dirty(row.unit_id)
    return row


def _with_standing_line(entry: VisitEntry) -> VisitEntry:
    """Return the entry without a line that was taken out or moved meanwhile: the visit was made all the same, unplanned (12-decisions, 11)."""
    line = entry.plan_line
    return entry if line is None else replace(entry, plan_line=lock_standing(line))


def _with_faces(entry: VisitEntry, *, by: User, met: Sequence[int] = ()) -> VisitEntry:
    """Return the entry with its new faces among the persons met."""
    if not entry.faces:
        return entry
    if entry.outcome is Outcome.NOT_MET:
        raise BusinessError(_("Nobody was met, so there is no new face."), code="faces", field="persons")
    found = meet_faces(entry.faces, unit=entry.unit, on=entry.on, by=by, met=met)
    persons = {person.pk: person for person in (*entry.persons, *found)}
    return replace(entry, persons=list(persons.values()), faces=())


def _is_answered(entry: VisitEntry) -> bool:
    return any(answer for _question, answer in entry.answers)


def _check(entry: VisitEntry, *, by: User, instead_of: Visit | None = None) -> None:
    today = business_date()
    if entry.on > today:
        raise BusinessError(_("A visit is recorded after it took place."), code="future", field="on")
    if entry.outcome is not Outcome.NOT_MET and not entry.persons:
        raise BusinessError(_("Say who was met."), code="nobody", field="persons")
    if any(person.unit_id != entry.unit.pk for person in entry.persons):
        raise BusinessError(_("A person met belongs to another unit."), code="other_unit", field="persons")
    if entry.started_at and entry.ended_at and entry.ended_at < entry.started_at:
        raise BusinessError(_("The visit ends before it starts."), code="turned_round", field="ended")
    _check_what_follows(entry)
    if entry.appointment is not None and entry.appointment.unit_id != entry.unit.pk:
        raise BusinessError(
            _("This appointment is with another unit."), code="other_unit", field="appointment"
        )
    if entry.plan_line is not None:
        _check_line(entry.plan_line, entry, by=by, instead_of=instead_of)


def _check_outcome(row: Visit, outcome: Outcome) -> None:
    """Refuse an outcome that would count after the fact: what was missed then goes the way of a late entry, past the manager."""
    if outcome == row.outcome:
        return
    if is_month_closed(row.user_id, row.on):
        raise BusinessError(
            _("The scores of that month are closed: the outcome stays."), code="month_closed", field="outcome"
        )
    last_day = _last_day_to_enter(row.on)
    after_all = row.outcome == Outcome.NOT_MET
    if after_all and is_late(last_day_in_time=last_day, entered_on=business_date()):
        raise BusinessError(
            _(
                "That somebody was met after all could be said for %(days)s working days. Enter the visit late: the manager decides."
            )
            % {"days": int_setting("visit_entry_working_days")},
            code="met_late",
            field="outcome",
        )


def _last_day_to_enter(on: date) -> date:
    return add_working_days(on, int_setting("visit_entry_working_days"))


def _check_what_follows(entry: VisitEntry) -> None:
    if entry.next_step_on is not None and entry.next_step_on < entry.on:
        raise BusinessError(
            _("The next step comes after the visit."), code="step_before", field="next_step_on"
        )
    if any(promise.due_on is not None and promise.due_on < entry.on for promise in entry.promises):
        raise BusinessError(_("A promise is due after the visit."), code="promise_before", field="promises")


def _check_line(line: PlanLine, entry: VisitEntry, *, by: User, instead_of: Visit | None) -> None:
    if line.unit_id != entry.unit.pk or line.plan.user_id != by.pk:
        raise BusinessError(
            _("This plan line is for another unit or person."), code="other_line", field="plan_line"
        )
    taken = Visit.objects.filter(plan_line=line)
    if instead_of is not None:
        taken = taken.exclude(pk=instead_of.pk)
    if taken.exists():
        raise ConflictError(_("This plan line already has its visit."), code="line_done", field="plan_line")


def _create(entry: VisitEntry, *, unit: KeyAccount, public_id: UUID, by: User) -> Visit:
    now = timezone.now()
    line = entry.plan_line
    late = is_late(
        last_day_in_time=_last_day_to_enter(entry.on), entered_on=business_date(now)
    ) or is_month_closed(by.pk, entry.on)
    if late and not entry.late_reason:
        raise BusinessError(
            _("Say why this visit is entered late: the manager decides whether it counts."),
            code="late_reason",
            field="late_reason",
        )
    held_before = Visit.objects.filter(unit=unit, on__lte=entry.on).held().count()
    return Visit.objects.create(
        public_id=public_id,
        unit=unit,
        user=by,
        plan_line=line,
        appointment=entry.appointment or appointment_of(line, unit=unit, on=entry.on, mode=entry.mode, by=by),
        kind=kind_of(entry.mode, held_before=held_before, is_return=entry.is_return),
        mode=entry.mode,
        on=entry.on,
        is_planned=line is not None and PlanLine.objects.binding().filter(pk=line.pk).exists(),
        entered_at=now,
        is_late=late,
        late_reason=entry.late_reason if late else "",
        business_date=None if late else entry.on,
        latitude=entry.location.latitude if entry.location else None,
        longitude=entry.location.longitude if entry.location else None,
        location_consent_at=now if entry.location else None,
        **{name: getattr(entry, name) for name in EDITABLE},
    )


def _write_details(visit: Visit, entry: VisitEntry) -> None:
    VisitPerson.objects.bulk_create([VisitPerson(visit=visit, person=person) for person in entry.persons])
    visit.companions.add(*entry.companions)
    _write_answers(visit, entry.answers)
    if entry.plan_line is not None:
        finish_line(entry.plan_line, by=visit.user)


def _write_answers(visit: Visit, answers: Sequence[tuple[str, str]]) -> None:
    VisitAnswer.objects.bulk_create(
        [
            VisitAnswer(visit=visit, position=number, question=question, answer=answer)
            for number, (question, answer) in enumerate(answers, start=1)
        ]
    )


def _write_tasks(
    visit: Visit,
    entry: VisitEntry,
    *,
    source: SourceKey,
    by: User,
    there: Collection[tuple[str, str]] = (),
) -> None:
    """Make the tasks that this visit does not have yet; a correction never makes one that is `there` twice."""
    subject = SourceKey.of("accounts.unit", visit.unit_id, visit.unit.name)
    for promise in entry.promises:
        kind = TaskKind.PROMISE if promise.is_ours else TaskKind.THEIR_PROMISE
        if (kind, promise.text) in there:
            continue
        add_task(
            promise.text,
            assignee=by,
            by=by,
            subject=subject,
            due_on=promise.due_on,
            kind=kind,
            source=source,
        )
    if entry.next_step and (TaskKind.STEP, entry.next_step) not in there:
        add_task(
            entry.next_step,
            assignee=by,
            by=by,
            subject=subject,
            due_on=entry.next_step_on,
            kind=TaskKind.STEP,
            source=source,
        )
