"""When a line takes place: hours as wished or the first free ones, and the bookings behind them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.persons.models import Person
from accounts.units.models import KeyAccount
from kam.core.clock import business_date, department_zone
from kam.core.errors import BusinessError
from kam.notes.terms import SourceKey
from visits.bookings import services as bookings
from visits.bookings.models import Resource
from visits.bookings.rules import Slot, windows_of
from visits.bookings.selectors import Wanted, department_hours, next_free, working_windows
from visits.bookings.terms import ResourceKind
from visits.plans.models import PlanLine, WeekPlan
from visits.plans.rules import DEFAULT_LENGTH, half_of
from visits.plans.terms import HalfDay, VisitMode

SOURCE = "plan_line"
FIELDS = (
    "unit",
    "day",
    "half_day",
    "start",
    "end",
    "mode",
    "purpose",
    "questions",
    "materials",
    "gifts",
    "vehicle",
    "cost",
)


@dataclass(frozen=True, slots=True)
class LineDraft:
    """What somebody wants to plan. Without `start` the first free time of the half day is taken."""

    day: date
    purpose: str
    unit: KeyAccount | None = None
    persons: Sequence[Person] = ()
    half_day: HalfDay = HalfDay.MORNING
    start: time | None = None
    end: time | None = None
    mode: VisitMode = VisitMode.VISIT
    questions: str = ""
    materials: str = ""
    gifts: str = ""
    vehicle: Resource | None = None
    cost: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line goes. Without `half_day` and `start` it keeps its hour; without `start` it takes the first free one of the half."""

    day: date
    half_day: HalfDay | None = None
    start: time | None = None
    end: time | None = None
    without_vehicle: bool = False


SHORTEST = timedelta(minutes=30)


def today() -> date:
    """Return the department's day."""
    return business_date()


def take_time(line: PlanLine) -> None:
    """Book the person and the vehicle for the line; raises ClashError with the next free slots of the week."""
    bookings.take(
        wanted_by(line.plan, line.vehicle),
        Slot(line.starts_at, line.ends_at),
        labels=[line.title, *([line.plan.user.name] if line.vehicle is not None else [])],
        source=SourceKey.of(SOURCE, line.pk, line),
        windows=lambda: working_windows(max(line.day, today()), line.plan.sunday, after=timezone.now()),
    )


def wanted_by(plan: WeekPlan, vehicle: Resource | None) -> list[Wanted]:
    """Return who and what a line needs: the person, and the vehicle if any."""
    wanted = [Wanted(ResourceKind.PERSON, plan.user_id, plan.user.name)]
    if vehicle is not None:
        wanted.append(Wanted(ResourceKind.VEHICLE, vehicle.pk, vehicle.name))
    return wanted


def times_of(
    plan: WeekPlan, draft: LineDraft, *, source: SourceKey | None, length: timedelta = DEFAULT_LENGTH
) -> tuple[time, time]:
    """Return start and end: as wished, `length` later where no end is wished, else the first time of the half day at which everything is free.

    Where nothing is free the half day's first hour is returned, so that taking it names what is in the way.
    """
    if draft.start is not None:
        end = draft.end or _after(draft.start, length)
        if end <= draft.start:
            raise BusinessError(_("The end must lie after the start."), code="times", field="end")
        return draft.start, end
    half = [w for w in _windows_on(draft.day) if half_of(w.start.time()) == draft.half_day]
    if not half:
        raise BusinessError(_("This half day is over."), code="day_over", field="day")
    wanted = wanted_by(plan, draft.vehicle)
    own = (source.kind, source.id) if source else None
    for tried in (length, SHORTEST):
        found = next_free(wanted, half, length=tried, limit=1, except_source=own)
        if found:
            return found[0].start.time(), found[0].end.time()
    return half[0].start.time(), (half[0].start + SHORTEST).time()


def next_slot(plan: WeekPlan, draft: LineDraft) -> Slot | None:
    """Return the week's next time at which the person and the vehicle are free, None when there is none."""
    windows = working_windows(max(plan.monday, today()), plan.sunday, after=timezone.now())
    found = next_free(wanted_by(plan, draft.vehicle), windows, length=DEFAULT_LENGTH, limit=1)
    return found[0] if found else None


def _windows_on(day: date) -> list[Slot]:
    """Return what is left of the hours of `day`; on a day off those of an ordinary day, because somebody may work."""
    now = timezone.now()
    return working_windows(day, day, after=now) or windows_of(
        [day], department_hours(), department_zone(), after=now
    )


def _after(start: time, length: timedelta) -> time:
    """Return the end, at the latest one minute before midnight."""
    anchor = datetime.combine(date(2000, 1, 1), start)
    return min(anchor + length, datetime.combine(anchor.date(), time(23, 59))).time()
