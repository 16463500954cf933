"""The acts on trips: ask, change, submit, what the decision does, cancel, report, hand over. Days are taken while a trip waits or stands."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.units.models import KeyAccount
from kam.approvals import services as approvals
from kam.audit.services import changed_fields, record
from kam.core.clock import business_date, department_zone
from kam.core.errors import BusinessError, ConflictError
from kam.core.locks import locked
from kam.core.transitions import ensure_transition
from kam.notes.terms import SourceKey
from kam.users.models import User
from kam.users.scopes import team_of
from visits.bookings.models import Booking
from visits.bookings.services import book, clash_sentence
from visits.bookings.terms import ResourceKind
from visits.plans.models import PlanLine
from visits.trips.labels import PROBLEMS
from visits.trips.models import Trip
from visits.trips.rules import Asked, report_problem, trip_problem
from visits.trips.terms import TRIP_MOVES, TripState

SUBJECT, SOURCE = "business_trip", "trip"
_LINE = "plan_line"
FIELDS = ("starts_on", "ends_on", "place", "purpose", "estimate_amount")


def _checked(values: Mapping[str, Any], units: Sequence[KeyAccount], user: User) -> dict[str, Any]:
    told = {name: values[name] for name in FIELDS}
    asked = Asked(
        (told["starts_on"], told["ends_on"]),
        told["purpose"],
        bool(units or told["place"].strip()),
        told["estimate_amount"],
    )
    if problem := trip_problem(asked, today=business_date()):
        field, code = problem
        raise BusinessError(PROBLEMS[code], code=code, field=field)
    seen = KeyAccount.objects.visible_to(user).filter(pk__in=[unit.pk for unit in units]).count()
    if seen != len(units):
        raise BusinessError(_("This unit is not one of yours."), code="unit", field="units")
    return told


@transaction.atomic
def ask_trip(user: User, values: Mapping[str, Any], units: Sequence[KeyAccount]) -> Trip:
    """Write a draft of a trip."""
    told = _checked(values, units, user)
    trip = Trip.objects.create(user=user, reporter=user, team=team_of(user), **told)
    trip.units.set(units)
    record("visits.trip.drafted", trip, by=user, changes={name: (None, told[name]) for name in FIELDS})
    return trip


def _lock(trip: Trip, version: int | None = None) -> Trip:
    row = locked(Trip.objects.filter(pk=trip.pk)).select_related("user").get()
    if version is not None and row.version != version:
        raise ConflictError(_("Somebody changed this trip meanwhile. Look at it again."), code="stale")
    return row


def _save(trip: Trip, *fields: str) -> None:
    trip.version += 1
    trip.save(update_fields=[*fields, "version"])


@transaction.atomic
def change_trip(
    trip: Trip, values: Mapping[str, Any], units: Sequence[KeyAccount], *, by: User, version: int | None
) -> Trip:
    """Change a draft, or one that was returned."""
    row = _lock(trip, version)
    if not row.is_open:
        raise BusinessError(_("This trip was submitted already."), code="state")
    changes = changed_fields(row, _checked(values, units, row.user))
    for name, (_old, new) in changes.items():
        setattr(row, name, new)
    row.units.set(units)
    _save(row, *changes)
    record("visits.trip.changed", row, by=by, changes=changes)
    return row


@transaction.atomic
def submit_trip(trip: Trip, *, by: User, version: int | None = None) -> Trip:
    """Take the days and ask for approval; refused where the person is taken elsewhere on one of them."""
    row = _lock(trip, version)
    values = {name: getattr(row, name) for name in FIELDS}
    _checked(values, list(row.units.all()), row.user)
    _move(row, TripState.PENDING, by=by)
    _take_days(row)
    approvals.submit(SUBJECT, row, by=by)
    return row


def _move(trip: Trip, to: TripState, *, by: User, reason: str = "") -> None:
    before = TripState(trip.state)
    ensure_transition(before, to, TRIP_MOVES)
    trip.state = to
    try:
        with transaction.atomic():
            _save(trip, "state")
    except IntegrityError as error:
        if "trip_one_at_a_time" not in str(error):
            raise
        raise ConflictError(
            _("Another trip takes one of these days already."), code="overlap", field="starts_on"
        ) from error
    record(f"visits.trip.{to}", trip, by=by, changes={"state": (before, to)}, reason=reason)


def _take_days(trip: Trip) -> None:
    """Book the person from the first morning to the last evening, around visits planned at the units of the trip itself."""
    _give_back(trip)
    zone = department_zone()
    start = datetime.combine(trip.starts_on, time(), tzinfo=zone)
    end = datetime.combine(trip.ends_on + timedelta(days=1), time(), tzinfo=zone)
    taken = list(
        Booking.objects.of(ResourceKind.PERSON, trip.user_id).touching(start, end).order_by("slot", "pk")
    )
    lines = [int(one.source_id) for one in taken if one.source_kind == _LINE]
    here = PlanLine.objects.filter(pk__in=lines, unit__in=trip.units.all())
    own = {str(pk) for pk in here.values_list("pk", flat=True)}
    for one in taken:
        if one.source_kind != _LINE or one.source_id not in own:
            raise ConflictError(clash_sentence(one), code="clash", field="starts_on")
    label = gettext("Business trip: %(place)s") % {"place": place_of(trip)}
    edges = [start, *(edge for one in taken for edge in (one.slot.lower, one.slot.upper)), end]
    for number, (free, until) in enumerate(zip(edges[::2], edges[1::2], strict=True)):
        if free < until:
            source = SourceKey.of(SOURCE, f"{trip.pk}:{number}")
            book(ResourceKind.PERSON, trip.user_id, free, until, label=label, source=source)


def _give_back(trip: Trip) -> None:
    Booking.objects.filter(source_kind=SOURCE, source_id__startswith=f"{trip.pk}:").delete()


def place_of(trip: Trip) -> str:
    """Return where the trip goes: its units, then the place."""
    names = [unit.name for unit in trip.units.all()]
    return gettext(", ").join([*names, trip.place] if trip.place else names)


@transaction.atomic
def approve_trip(trip: Trip, by: User) -> None:
    _move(_lock(trip), TripState.APPROVED, by=by)


def end_request(state: TripState):  # type: ignore[no-untyped-def]  # an effect of the approvals registry
    """Return the effect of a decision that gives the days back."""

    @transaction.atomic
    def effect(trip: Trip, by: User) -> None:
        row = _lock(trip)
        _move(row, state, by=by)
        _give_back(row)

    return effect


@transaction.atomic
def cancel_trip(trip: Trip, reason: str, *, by: User, version: int | None = None) -> Trip:
    """Cancel a draft or an approved trip that has not begun; its days are free again."""
    row = _lock(trip, version)
    if not reason.strip():
        raise BusinessError(_("Say why."), code="reason", field="reason")
    if row.state == TripState.APPROVED and row.starts_on <= business_date():
        raise BusinessError(_("The trip has begun already: report it."), code="begun")
    row.reason = reason.strip()[:300]
    row.save(update_fields=["reason"])
    _move(row, TripState.CANCELLED, by=by, reason=reason)
    _give_back(row)
    return row


@transaction.atomic
def report_trip(trip: Trip, result: str, actual: Decimal, *, by: User, version: int | None = None) -> Trip:
    """Say what came of the trip and what it cost, from its last day on; once."""
    row = _lock(trip, version)
    today = business_date()
    if problem := report_problem(ends_on=row.ends_on, today=today, result=result, actual=actual):
        field, code = problem
        raise BusinessError(PROBLEMS[code], code=code, field=field)
    row.result, row.actual_amount, row.reported_on = result.strip()[:2000], actual, today
    row.save(update_fields=["result", "actual_amount", "reported_on"])
    _move(row, TripState.REPORTED, by=by)
    return row


@transaction.atomic
def hand_over_trip(trip: Trip, *, to: User, by: User) -> None:
    """The successor reports what was travelled, and gets a draft of what was only asked for or lies ahead."""
    row = _lock(trip)
    today = business_date()
    if row.state == TripState.APPROVED and row.starts_on <= today:
        row.reporter = to
        _save(row, "reporter")
        record("visits.trip.handed_over", row, by=by, changes={"reporter": (row.user, to)})
        return
    reason = gettext("Handed over to %(name)s") % {"name": to.name}
    approvals.withdraw_for(SUBJECT, row, by=by, reason=reason)
    row = _lock(row)
    if row.state in {TripState.DRAFT, TripState.APPROVED}:
        _move(row, TripState.CANCELLED, by=by, reason=reason)
        _give_back(row)
    values = {name: getattr(row, name) for name in FIELDS}
    copy = Trip.objects.create(user=to, reporter=to, team=team_of(to), **values)
    copy.units.set(row.units.all())
    record("visits.trip.handed_over", copy, by=by, changes={"user": (row.user, to)}, reason=reason)
