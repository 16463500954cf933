"""Whose birthday is near, for those who own the unit: name and day on the Today page and in the 8:00 plan, never the year, never in a mail."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from operator import attrgetter
from typing import Any

from django.db.models import QuerySet
from django.utils.formats import date_format

from accounts.persons.models import MONTH_AND_DAY, Person
from kam.today.asks import Ask
from kam.users.models import User

DAYS_AHEAD = 7
#: So many are told; more in one week means that somebody imported a list.
TOLD = 8


@dataclass(frozen=True, slots=True)
class Birthday:
    """A person and the day on which they celebrate this time."""

    person: Person
    on: date


def _near(day: date) -> dict[tuple[int, int], date]:
    """Return (month, day of the month) → when it is celebrated, for the days from `day` on."""
    return celebrated(day + timedelta(days=n) for n in range(DAYS_AHEAD + 1))


def celebrated(within: Iterable[date]) -> dict[tuple[int, int], date]:
    """Return (month, day of the month) of a birth → the day on which it is celebrated; the 29th of February on the 28th where there is none.

    For less than a year of days.
    """
    days = {(near.month, near.day): near for near in within}
    if (2, 28) in days and (2, 29) not in days:
        days[2, 29] = days[2, 28]
    return days


def _rows(people: Any, day: date) -> QuerySet[Person]:
    near = [100 * month + number for month, number in _near(day)]
    rows = Person.objects.present().alias(turns_on=MONTH_AND_DAY).filter(birthday__isnull=False)
    # Two indexes alone say who celebrates and whose unit it is; of everybody else no row is read.
    mine = rows.filter(turns_on__any_of=near, unit__owner__any_of=people).values("pk")
    found = Person.objects.filter(pk__in=mine).select_related("unit")
    return found.only("name", "birthday", "unit__name", "unit__owner").order_by("pk")


CELEBRATING: Ask[Person] = Ask("persons.celebrating", _rows, attrgetter("unit.owner_id"))


def birthdays(users: Sequence[User], day: date) -> dict[int, list[Birthday]]:
    """Return owner id → birthdays from `day` on, the next first."""
    days = _near(day)
    found = {
        pk: [
            Birthday(person, days[person.birthday.month, person.birthday.day])
            for person in people
            if person.birthday is not None
        ]
        for pk, people in CELEBRATING(users, day).items()
    }
    return {pk: sorted(people, key=lambda row: row.on)[:TOLD] for pk, people in found.items()}


def text_of_birthdays(data: Sequence[Birthday]) -> str:
    """Return one line a person."""
    return "\n".join(
        f"- {row.person.name} · {row.person.unit.name} · {date_format(row.on, 'MONTH_DAY_FORMAT')}"
        for row in data
    )
