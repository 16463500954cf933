"""Whose birthday is near, for those who own the unit: name and day on the Today page and in the 8:00 plan, never the year, never in a mail."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils.formats import date_format

from accounts.persons.models import MONTH_AND_DAY, Person
from kam.core.prepared import Prepared, blank
from kam.users.models import User

DAYS_AHEAD = 7
#: So many are told; more in one week means that somebody imported a list.
TOLD = 8


@dataclass(frozen=True, slots=True)
class Birthday:
    """A person and the day on which they celebrate this time."""

    person: Person
    on: date


def _rows() -> QuerySet[Person]:
    rows = Person.objects.present().annotate(turns_on=MONTH_AND_DAY).filter(birthday__isnull=False)
    rows = rows.filter(turns_on__any_of=blank("days"), unit__owner__any_of=blank("owners"))
    return rows.select_related("unit").only("name", "birthday", "unit__name", "unit__owner").order_by("pk")


_celebrating = Prepared(_rows)


def birthdays(users: Sequence[User], day: date) -> dict[int, list[Birthday]]:
    """Return owner id → birthdays from `day` on, the next first; one statement for all."""
    days = {(near.month, near.day): near for near in (day + timedelta(days=n) for n in range(DAYS_AHEAD + 1))}
    if (2, 28) in days and (2, 29) not in days:
        days[2, 29] = days[2, 28]
    found: dict[int, list[Birthday]] = defaultdict(list)
    near = [100 * month + number for month, number in days]
    for person in _celebrating(days=near, owners=[user.pk for user in users]):
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
