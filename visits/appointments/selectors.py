"""Reads of appointments for other frames: the week board, Today, the unit's form."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet

from accounts.units.models import KeyAccount
from kam.core.clock import department_zone
from kam.core.periods import Period
from kam.users.models import User
from kam.users.scopes import Reach, scope_of, team_of
from visits.appointments.models import Appointment, AppointmentQuerySet
from visits.plans.registry import BoardEntry


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
    rows = Appointment.objects.filter(user__in=users, starts_at__gte=start, starts_at__lt=end)
    return rows.select_related("unit", "person", "user")


def board_entries(user: User, week: Period) -> Iterable[BoardEntry]:
    """Return the week's open appointments that no plan line stands for."""
    zone = department_zone()
    for row in appointments_between([user], week.first, week.last).open().filter(plan_line__isnull=True):
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


def recordable_units(user: User) -> QuerySet[KeyAccount]:
    """Return the units for which `user` may write down a call: those one sees, and the own team's by name."""
    rows = KeyAccount.objects.visible_to(user)
    if scope_of(user).reach is Reach.DEPARTMENT:
        return rows
    team = team_of(user)
    return KeyAccount.objects.filter(Q(pk__in=rows.values("pk")) | Q(team=team, team__isnull=False))
