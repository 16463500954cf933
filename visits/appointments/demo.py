"""Calls to the marketing centre and appointments of our own: kept, changed, broken, to come."""

from datetime import date, timedelta

from accounts.persons.models import Person
from accounts.units.models import KeyAccount
from kam.calendar.selectors import work_calendar
from kam.core.errors import BusinessError
from kam.demo.story import Story
from kam.users.models import User
from visits.appointments import services
from visits.appointments.models import Appointment
from visits.appointments.services import AppointmentDraft
from visits.appointments.terms import BreakReason, Origin

_TOPICS = ("看样板房", "谈付款方式", "产品说明会的时间和人数", "核对团购名单", "领取宣传资料")
_WISHES = ("下周上午", "这两天都行", "等会长回来", "周五以后")


def play_appointments(story: Story) -> None:
    """Play eight weeks back (two in the small story) and two weeks ahead."""
    clerk = story.users.get("clerk")
    units = list(
        KeyAccount.objects.filter(owner__isnull=False, persons__left_on=None, persons__isnull=False)
        .distinct()
        .select_related("owner")
        .order_by("pk")
    )
    if clerk is None or not units:
        return
    days = list(
        work_calendar().working_days(
            story.day(-story.scaled(small=14, department=56, enterprise=56)), story.day(12)
        )
    )
    for number in range(story.scaled(small=8, department=36, enterprise=120)):
        unit = story.random.choice(units)
        _one(story, clerk, unit, story.random.choice(days), number)
    for number, unit in enumerate(units[: story.scaled(small=6, department=10, enterprise=20)]):
        _soon(story, clerk, unit, number)
    for number in range(3):
        unit = story.random.choice(units)
        with story.at(story.day(-1), 10, 10 + number):
            services.record_appointment(_call(story, unit, number), by=clerk)


def _call(story: Story, unit: KeyAccount, number: int) -> AppointmentDraft:
    if unit.owner is None:
        raise ValueError("only owned units are called for")
    person = Person.objects.present().filter(unit=unit).order_by("pk").first()
    return AppointmentDraft(
        unit=unit,
        user=unit.owner,
        person=person,
        origin=Origin.CALL if number % 3 == 0 else Origin.OURS,
        caller=person.name if person and number % 3 == 0 else "总机" if number % 3 == 0 else "",
        wished=story.random.choice(_WISHES) if number % 3 == 0 else "",
        topic=story.random.choice(_TOPICS),
    )


def _soon(story: Story, clerk: User, unit: KeyAccount, number: int) -> None:
    """Fix a time today, tomorrow, or on the next working day; most customers have confirmed."""
    days = (story.today, story.day(1), work_calendar().add(story.today, 1))
    with story.at(days[number % 3], 16 if number % 2 else 11) as moment:
        starts_at = moment
    try:
        with story.at(story.day(-1), 15, number):
            row = services.record_appointment(_call(story, unit, number), by=clerk)
            row = services.book_appointment(row, starts_at=starts_at, by=clerk)
            if number % 4 != 3:
                services.confirm_appointment(row, by=clerk)
    except BusinessError:
        return  # the hour is taken


def _one(story: Story, clerk: User, unit: KeyAccount, day: date, number: int) -> None:
    by = clerk if number % 3 == 0 else unit.owner
    before = min(day - timedelta(days=3), story.today)
    if by is None:
        return
    with story.at(before, 10, number % 50):
        row = services.record_appointment(_call(story, unit, number), by=by)
    with story.at(day, story.random.choice((9, 10, 14, 15)), story.random.choice((0, 30))) as moment:
        starts_at = moment
    try:
        with story.at(before, 11, number % 50):
            row = services.book_appointment(row, starts_at=starts_at, by=by)
            if number % 4:
                row = services.confirm_appointment(row, by=by)
    except BusinessError:
        return  # the hour is taken: the customer was told how to reach us, no more
    _end(story, row, day, number)


def _end(story: Story, row: Appointment, day: date, number: int) -> None:
    if day >= story.today:
        return
    with story.at(day, 16, 30):
        if number % 7 == 0:
            kind = BreakReason.CUSTOMER_CHANGED if number % 2 else BreakReason.NO_VEHICLE
            services.break_appointment(
                row, reason_kind=kind, by=row.user, reason="对方临时开会" if number % 2 else ""
            )
        else:
            services.mark_followed_up(services.mark_visited(row, by=row.user), by=row.user)
