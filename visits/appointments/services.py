"""The acts on appointments. A booked one holds our person's time; one that belongs to a plan line moves with it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.persons.models import Person
from accounts.units.models import KeyAccount
from accounts.units.permissions import loses
from accounts.units.registry import Went
from kam.audit.services import record
from kam.core.clock import business_date, department_zone
from kam.core.errors import BusinessError, BusyError, ConflictError
from kam.core.house import house_words
from kam.core.locks import locked
from kam.core.periods import iso_week_of
from kam.core.transitions import ensure_transition
from kam.notes.terms import SourceKey
from kam.users.models import User
from kam.users.scopes import team_of
from kam.users.terms import SELLERS
from visits.appointments.models import Appointment, AppointmentChange
from visits.appointments.registry import tell_followers
from visits.appointments.terms import MOVES, AppointmentState, BreakReason, Origin
from visits.bookings import services as bookings
from visits.bookings.rules import Slot
from visits.bookings.selectors import Wanted, working_windows
from visits.bookings.terms import ResourceKind
from visits.plans import services as plans
from visits.plans.models import PlanLine, WeekPlan
from visits.plans.services import LineDraft, Place

SOURCE = "appointment"
LENGTH = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class AppointmentDraft:
    """What is known when an appointment is recorded; without `starts_at` the customer was only told how to reach us."""

    unit: KeyAccount
    user: User
    person: Person | None = None
    origin: Origin = Origin.OURS
    caller: str = ""
    contact: str = ""
    wished: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    place: str = ""
    topic: str = ""


@transaction.atomic
def record_appointment(
    draft: AppointmentDraft, *, by: User, plan_line: PlanLine | None = None
) -> Appointment:
    """Write down an appointment; with a time it is booked at once. For a plan line it takes the line's time."""
    _check(draft)
    starts_at = plan_line.starts_at if plan_line else draft.starts_at
    ends_at = plan_line.ends_at if plan_line else _end(starts_at, draft.ends_at)
    row = Appointment.objects.create(
        unit=draft.unit,
        person=draft.person,
        user=draft.user,
        team=team_of(draft.user),
        plan_line=plan_line,
        origin=draft.origin,
        caller=draft.caller,
        contact=draft.contact,
        wished=draft.wished,
        starts_at=starts_at,
        ends_at=ends_at,
        place=draft.place,
        topic=draft.topic,
        state=AppointmentState.BOOKED if starts_at else AppointmentState.INFORMED,
        recorded_by=by,
    )
    if plan_line is None:
        _take_time(row)
    record(
        "visits.appointment.recorded",
        row,
        by=by,
        changes={"state": (None, row.state), "starts_at": (None, row.starts_at)},
    )
    return row


@transaction.atomic
def book_appointment(
    appointment: Appointment,
    *,
    starts_at: datetime,
    by: User,
    ends_at: datetime | None = None,
    reason_kind: BreakReason | None = None,
    reason: str = "",
    version: int | None = None,
) -> Appointment:
    """Fix the time, or change it: a change needs a reason, keeps the old time and has to be confirmed anew (S-157)."""
    row = _lock(appointment, version)
    ensure_transition(AppointmentState(row.state), AppointmentState.BOOKED, MOVES)
    old = row.starts_at
    if old is not None and reason_kind is None:
        raise BusinessError(_("Say why the time changes."), code="reason_missing", field="reason_kind")
    if old is not None:
        _check_words(reason_kind, reason)
    length = row.ends_at - row.starts_at if row.starts_at and row.ends_at else LENGTH
    row.starts_at, row.ends_at = starts_at, _end(starts_at, ends_at or starts_at + length)
    row.state = AppointmentState.BOOKED
    if row.plan_line is None:
        _take_time(row)
    else:
        row.plan_line = _move_line(
            row, row.plan_line, starts_at, reason=reason or str(_("appointment changed")), by=by
        )
    _save(row, "starts_at", "ends_at", "state", "plan_line")
    if old is not None and reason_kind is not None:
        AppointmentChange.objects.create(
            appointment=row,
            old_starts_at=old,
            new_starts_at=starts_at,
            reason_kind=reason_kind,
            reason=reason[:300],
            by=by,
        )
    act = "visits.appointment.changed" if old is not None else "visits.appointment.booked"
    record(act, row, by=by, changes={"starts_at": (old, starts_at)}, reason=reason)
    tell_followers(row, by)
    return row


@transaction.atomic
def confirm_appointment(appointment: Appointment, *, by: User, version: int | None = None) -> Appointment:
    """The customer confirmed the time."""
    return _step(_lock(appointment, version), AppointmentState.CONFIRMED, by=by)


@transaction.atomic
def break_appointment(
    appointment: Appointment,
    *,
    reason_kind: BreakReason,
    by: User | None,
    reason: str = "",
    version: int | None = None,
) -> Appointment:
    """It will not be held: the reason stays, the time is free again, its plan line is cancelled."""
    row = _lock(appointment, version)
    ensure_transition(AppointmentState(row.state), AppointmentState.BROKEN, MOVES)
    _check_words(reason_kind, reason)
    row.state, row.reason_kind, row.reason = AppointmentState.BROKEN, reason_kind, reason.strip()[:300]
    _save(row, "state", "reason_kind", "reason")
    bookings.release(SourceKey.of(SOURCE, row.pk))
    if row.plan_line is not None and row.plan_line.is_planned and row.plan_line.plan.state != "pending":
        told = row.reason or str(row.get_reason_kind_display())
        plans.cancel_line(row.plan_line, by=by, reason=told, agreed=True)
    record(
        "visits.appointment.broken",
        row,
        by=by,
        changes={"reason_kind": (None, reason_kind.value)},
        reason=reason,
    )
    tell_followers(row, by)
    return row


@transaction.atomic
def mark_visited(appointment: Appointment, *, by: User, began_at: datetime | None = None) -> Appointment:
    """The visit was logged; doing it twice changes nothing. One without a time takes that of the visit."""
    row = _lock(appointment, None)
    if row.state in {AppointmentState.VISITED, AppointmentState.FOLLOWED_UP}:
        return row
    if row.starts_at is None:
        if began_at is None:
            raise BusinessError(
                _("This appointment had no time yet: say when the visit began."),
                code="began_missing",
                field="started",
            )
        row.starts_at, row.ends_at = began_at, began_at + LENGTH
        _save(row, "starts_at", "ends_at")
    return _step(row, AppointmentState.VISITED, by=by)


@transaction.atomic
def mark_followed_up(appointment: Appointment, *, by: User) -> Appointment:
    """The follow-up form was filled in; twice changes nothing."""
    row = _lock(appointment, None)
    if row.state == AppointmentState.FOLLOWED_UP:
        return row
    return _step(row, AppointmentState.FOLLOWED_UP, by=by)


@transaction.atomic
def plan_appointment(appointment: Appointment, *, by: User) -> PlanLine:
    """Make a line of the week's plan out of an appointment; the line takes over its time."""
    row = _lock(appointment, None)
    if row.plan_line is not None or row.starts_at is None or row.ends_at is None:
        raise BusinessError(
            _("Only a booked appointment without a plan line is planned."), code="not_plannable"
        )
    bookings.release(SourceKey.of(SOURCE, row.pk))
    start, end = (t.astimezone(department_zone()) for t in (row.starts_at, row.ends_at))
    year, week, _day = start.date().isocalendar()
    draft = LineDraft(
        day=start.date(),
        start=start.time(),
        end=end.time(),
        purpose=row.topic or str(_("Appointment")),
        unit=row.unit,
        persons=[row.person] if row.person else [],
    )
    row.plan_line = plans.add_line(plans.open_week(row.user, year=year, week=week, by=by), draft, by=by)
    _save(row, "plan_line")
    record("visits.appointment.planned", row, by=by)
    return row.plan_line


@transaction.atomic
def hand_over_appointment(appointment: Appointment, *, to: User, by: User | None) -> Appointment:
    """Give an open appointment to somebody else, with its plan line, at the same time if that person is free."""
    row = _lock(appointment, None)
    old, line, row.user, row.team = row.user, row.plan_line, to, team_of(to)
    row.plan_line = None
    if line is not None and line.is_planned:
        row.plan_line, _refusal = plans.carry_over(line, to=to, by=by)
    _save(row, "user", "team", "plan_line")
    if row.starts_at is not None and row.plan_line is None:
        try:
            _take_time(row)
        except BusyError:
            raise
        except BusinessError:
            bookings.release(SourceKey.of(SOURCE, row.pk))  # the successor must settle it with the customer
    record("visits.appointment.handed_over", row, by=by, changes={"user": (old, to)})
    tell_followers(row, by)
    return row


def follow_owner(unit: KeyAccount, former: User | None, by: User | None) -> list[Went]:
    """Give the former owner's open appointments to the new owner of the unit (locked), and those of whoever does not see it any more.

    What was agreed with the customer stays agreed, whoever goes; where nobody has the unit it is broken. Before the plan lines, so that an
    appointment keeps its own.
    """
    went = []
    rows = (
        Appointment.objects.open().filter(unit=unit).select_related("user", "plan_line__plan").order_by("pk")
    )
    for row in rows:
        person = row.user
        if not loses(person, unit, former):
            continue
        if unit.owner is not None:
            hand_over_appointment(row, to=unit.owner, by=by)
        else:
            with house_words():
                reason = gettext("The unit is in the pool")
            break_appointment(row, reason_kind=BreakReason.OUR_CHANGE, by=by, reason=reason)
        went.append(Went(person, unit.owner))
    return went


def _check(draft: AppointmentDraft) -> None:
    if not draft.user.is_active or draft.user.position not in SELLERS:
        raise BusinessError(_("This person makes no visits."), code="no_seller", field="user")
    if draft.person is not None and draft.person.unit_id != draft.unit.pk:
        raise BusinessError(_("This person belongs to another unit."), code="person_foreign", field="person")
    if draft.origin == Origin.CALL and not draft.caller.strip():
        raise BusinessError(_("Who called?"), code="caller_missing", field="caller")


def _check_words(kind: BreakReason | None, reason: str) -> None:
    """“Other” alone says nothing to who reads why it came to nothing: it goes with words (S-157)."""
    if kind is BreakReason.OTHER and not reason.strip():
        raise BusinessError(_("Say in words what the other reason is."), code="words_missing", field="reason")


def _end(starts_at: datetime | None, ends_at: datetime | None) -> datetime | None:
    if starts_at is None:
        return None
    if starts_at.astimezone(department_zone()).date() < business_date():
        raise BusinessError(_("This day is over."), code="day_over", field="starts_at")
    found = ends_at or starts_at + LENGTH
    if found <= starts_at:
        raise BusinessError(_("The end must lie after the start."), code="times", field="ends_at")
    return found


def _take_time(row: Appointment) -> None:
    """Book our person; raises ClashError with the next free slots of the week."""
    if row.starts_at is None or row.ends_at is None:
        return
    day = row.starts_at.astimezone(department_zone()).date()
    bookings.take(
        [Wanted(ResourceKind.PERSON, row.user_id, row.user.name)],
        Slot(row.starts_at, row.ends_at),
        labels=[row.unit.name],
        source=SourceKey.of(SOURCE, row.pk, row.unit.name),
        windows=lambda: working_windows(
            max(day, business_date()), iso_week_of(day).last, after=timezone.now()
        ),
    )


def _move_line(row: Appointment, line: PlanLine, starts_at: datetime, *, reason: str, by: User) -> PlanLine:
    local = starts_at.astimezone(department_zone())
    if line.plan.monday <= local.date() <= line.plan.sunday:
        return plans.move_line(
            line, to=Place(local.date(), start=local.time()), by=by, reason=reason, agreed=True
        )
    year, week, _day = local.date().isocalendar()
    to: WeekPlan = plans.open_week(row.user, year=year, week=week, by=by)
    return plans.postpone_line(
        line, to=to, day=local.date(), start=local.time(), by=by, reason=reason, agreed=True
    )


def _step(row: Appointment, target: AppointmentState, *, by: User) -> Appointment:
    ensure_transition(AppointmentState(row.state), target, MOVES)
    old, row.state = row.state, target
    _save(row, "state")
    record(f"visits.appointment.{target.value}", row, by=by, changes={"state": (old, target.value)})
    return row


def _lock(appointment: Appointment, version: int | None) -> Appointment:
    rows = Appointment.objects.filter(pk=appointment.pk).select_related(
        "unit", "user", "person", "plan_line__plan"
    )
    row = locked(rows).get()
    if version is not None and row.version != version:
        raise ConflictError(_("Somebody changed this appointment meanwhile. Look at it again."), code="stale")
    return row


def _save(row: Appointment, *fields: str) -> None:
    row.version += 1
    row.save(update_fields=[*fields, "version"])
