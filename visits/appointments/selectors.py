"""Reads of appointments for other frames: the week board, Today, the unit's form."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.units.models import KeyAccount
from kam.core.clock import department_zone
from kam.core.periods import Period
from kam.users.models import User
from kam.users.scopes import Reach, scope_of, team_of
from visits.appointments.models import Appointment, AppointmentQuerySet
from visits.appointments.terms import AppointmentState
from visits.plans.labels import short_day
from visits.plans.models import PlanLine
from visits.plans.registry import BoardEntry, Proposal

#: Broken appointments older than this are history, not proposals.
BROKEN_DAYS = 60


def day_bounds(first: date, last: date) -> tuple[datetime, datetime]:
    """Return the moments at which the department's days from `first` to `last` begin and end."""
    zone = department_zone()
    return (
        datetime.combine(first, time(0), tzinfo=zone),
        datetime.combine(last + timedelta(days=1), time(0), tzinfo=zone),
    )


def appointments_between(users: Collection[User], first: date, last: date) -> AppointmentQuerySet:
    """Return the appointments of these people in these days."""
    start, end = day_bounds(first, last)
    return booked([user.pk for user in users], start, end)


def booked(people: Collection[int], start: datetime, end: datetime) -> AppointmentQuerySet:
    """Return the appointments of these people from `start` until just before `end`."""
    rows = Appointment.objects.filter(user__any_of=people, starts_at__gte=start, starts_at__lt=end)
    return rows.select_related("unit", "person", "user")


def board_entries(user: User, week: Period, reader: User) -> Iterable[BoardEntry]:
    """Return the week's open appointments that no plan line stands for."""
    zone = department_zone()
    rows = appointments_between([user], week.first, week.last).visible_to(reader)
    for row in rows.open().filter(plan_line__isnull=True):
        if row.starts_at is None or row.ends_at is None:
            continue
        start, end = row.starts_at.astimezone(zone), row.ends_at.astimezone(zone)
        yield BoardEntry(
            kind="appointment",
            day=start.date(),
            start=start.time(),
            end=end.time(),
            title=row.unit.name,
            text=f"{row.get_state_display()} · {row.person.name if row.person else row.topic}",
            url=f"/visits/appointments/{row.pk}/",
            tier=row.unit.tier,
        )


def broken_proposals(people: Sequence[User], week: Period) -> list[Proposal]:
    """Return the units whose last appointment was broken and that were neither visited nor planned since (S-157)."""
    start, end = day_bounds(week.first - timedelta(days=BROKEN_DAYS), week.last)
    later = Appointment.objects.filter(unit=OuterRef("unit"), pk__gt=OuterRef("pk"))
    planned = (
        PlanLine.objects.standing()
        .of_live_plans()
        .filter(plan__user=OuterRef("user"), unit=OuterRef("unit"), day__range=(week.first, week.last))
    )
    rows = (
        Appointment.objects.filter(state=AppointmentState.BROKEN, unit__owner=F("user"))
        .filter(user__any_of=[person.pk for person in people])
        .filter(Q(starts_at__range=(start, end)) | Q(starts_at__isnull=True, created_at__gte=start))
        .filter(~Exists(later), ~Exists(planned))
        .filter(
            Q(unit__last_visit_on__isnull=True)
            | Q(unit__last_visit_on__lt=F("starts_at__date"))
            | Q(starts_at__isnull=True)
        )
        .select_related("unit", "person")
        .order_by("starts_at", "pk")
    )
    return [_proposal(row) for row in rows]


def _proposal(row: Appointment) -> Proposal:
    why = row.reason or str(row.get_reason_kind_display())
    day = row.starts_at.astimezone(department_zone()).date() if row.starts_at else None
    return Proposal(
        kind="appointment",
        user_id=row.user_id,
        unit_id=row.unit_id,
        unit_name=row.unit.name,
        tier=row.unit.tier,
        person_id=row.person_id,
        person_name=row.person.name if row.person else "",
        text=_("the appointment of %(day)s was broken") % {"day": short_day(day)}
        if day
        else _("the appointment was broken"),
        detail=why,
        is_urgent=True,
        icon="calendar-event",
        purpose=row.topic or _("Make up for the broken appointment"),
    )


def recordable_units(user: User) -> QuerySet[KeyAccount]:
    """Return the units for which `user` may write down a call: those one sees, and the own team's by name."""
    rows = KeyAccount.objects.visible_to(user)
    if scope_of(user).reach is Reach.DEPARTMENT:
        return rows
    team = team_of(user)
    return KeyAccount.objects.filter(Q(pk__in=rows.values("pk")) | Q(team=team, team__isnull=False))
