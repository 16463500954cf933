"""Whose birthday is near, for those who own the unit: name and day on the Today page and in the 8:00 plan, never the year, never in a mail."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils.formats import date_format

from accounts.persons.models import Person
from kam.users.models import User

DAYS_AHEAD = 7
#: So many are told; more in one week means that somebody imported a list.
TOLD = 8


@dataclass(frozen=True, slots=True)
class Birthday:
    """A person and the day on which they celebrate this time."""

    person: Person
    on: date


def birthdays(users: Sequence[User], day: date) -> dict[int, list[Birthday]]:
    """Return owner id → birthdays from `day` on, the next first; one statement for all."""
    days = {(near.month, near.day): near for near in (day + timedelta(days=n) for n in range(DAYS_AHEAD + 1))}
    if (2, 28) in days and (2, 29) not in days:
        days[2, 29] = days[2, 28]
    near = Q()
    for month, number in days:
        near |= Q(birthday__month=month, birthday__day=number)
    found: dict[int, list[Birthday]] = defaultdict(list)
    rows = Person.objects.present().filter(near, unit__owner__in=users).select_related("unit").order_by("pk")
    for person in rows:
        if person.birthday is not None and person.unit.owner_id is not None:
            on = days[person.birthday.month, person.birthday.day]
            found[person.unit.owner_id].append(Birthday(person, on))
    return {pk: sorted(people, key=lambda row: row.on)[:TOLD] for pk, people in found.items()}


def text_of_birthdays(data: Sequence[Birthday]) -> str:
    """Return one line a person."""
    return "\n".join(
        f"- {row.person.name} · {row.person.unit.name} · {date_format(row.on, 'MONTH_DAY_FORMAT')}"
        for row in data
    )
