"""Valid plans, bookings and visits, nothing surprising."""

from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Model

from accounts.persons.models import Person
from accounts.units.models import KeyAccount
from kam.approvals import services as approvals
from kam.approvals.selectors import request_for
from kam.users.models import User
from tests.factories.accounts import make_unit
from visits.appointments.models import Appointment
from visits.appointments.services import AppointmentDraft, record_appointment
from visits.bookings.models import Resource
from visits.bookings.terms import ResourceKind
from visits.plans import services
from visits.plans.models import PlanLine, WeekPlan
from visits.plans.services import LineDraft
from visits.visits.models import Visit, VisitPerson
from visits.visits.terms import Outcome, VisitKind


def make_vehicle(name: str = "湘B K2186") -> Resource:
    """Return a van that can be booked."""
    return Resource.objects.create(kind=ResourceKind.VEHICLE, name=name)


#: A Thursday; the week after it is the one that tests plan.
NOW = datetime(2026, 6, 25, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
MONDAY = date(2026, 6, 29)


def make_draft(unit: KeyAccount | None, day: date = MONDAY, **fields: Any) -> LineDraft:
    """Return a valid draft of a visit at nine on Monday of week 27."""
    values = {"start": time(9), "end": time(10, 30), "purpose": "Confirm who signs"} | fields
    return LineDraft(day=day, unit=unit, **values)


def make_plan(user: User, day: date = MONDAY) -> WeekPlan:
    """Return the draft of the week that holds `day`."""
    year, week, _weekday = day.isocalendar()
    return services.open_week(user, year=year, week=week, by=user)


def make_line(plan: WeekPlan, unit: KeyAccount | None = None, **fields: Any) -> PlanLine:
    """Return a line of the plan, at a unit of the planner's."""
    unit = unit or make_unit(owner=plan.user)
    return services.add_line(plan, make_draft(unit, **({"day": plan.monday} | fields)), by=plan.user)


def approve_all(subject_key: str, obj: Model, *people: User) -> None:
    """Let these people approve the request about `obj`, one after the other."""
    for person in people:
        request = request_for(subject_key, obj)
        approvals.approve(request, by=person, version=request.version)


def make_approved_plan(user: User, manager: User, director: User, **fields: Any) -> tuple[WeekPlan, PlanLine]:
    """Return an approved week with one line that costs nothing."""
    plan = make_plan(user)
    line = make_line(plan, **fields)
    services.submit_plan(plan, by=user)
    approve_all("visit_plan", plan, manager, director)
    plan.refresh_from_db()
    line.refresh_from_db()
    return plan, line


def make_visit(unit: KeyAccount, *persons: Person, user: User, on: date, **fields: Any) -> Visit:
    """Return a saved visit of that day, in time, that made progress."""
    values = {
        "kind": VisitKind.FIRST,
        "outcome": Outcome.PROGRESS,
        "entered_at": datetime.combine(on, time(9), tzinfo=UTC),
        "business_date": on,
        "summary": "Talked about the ninth set",
    } | fields
    visit = Visit.objects.create(unit=unit, user=user, on=on, **values)
    VisitPerson.objects.bulk_create([VisitPerson(visit=visit, person=person) for person in persons])
    return visit


def make_appointment(unit: KeyAccount, user: User, **fields: Any) -> Appointment:
    """Return an appointment of `user`, booked for Tuesday of week 27 at nine unless a time is named."""
    values = {"starts_at": datetime(2026, 6, 30, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))} | fields
    by = values.pop("by", user)
    return record_appointment(AppointmentDraft(unit=unit, user=user, **values), by=by)
