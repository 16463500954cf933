"""Birthdays of designated key persons in the calendar: the day, never the year, only for whoever reads their data in clear."""

from collections.abc import Iterable

from django.db.models import Q

from accounts.persons.birthdays import celebrated
from accounts.persons.models import MONTH_AND_DAY, Person
from kam.users.models import User
from kam.users.scopes import scope_of
from kam.users.terms import Position
from visits.agenda.registry import Asked, Entry
from visits.agenda.terms import EntryKind


def birthdays(asked: Asked) -> Iterable[Entry]:
    """Key persons of the people's units who celebrate on these days. Nothing where the entries leave KAM."""
    if asked.leaves_kam:
        return
    days = celebrated(asked.days)
    rows = (
        Person.objects.present()
        .alias(turns_on=MONTH_AND_DAY)
        .filter(_in_clear(asked.reader), birthday__isnull=False, unit__owner__any_of=asked.people)
        .filter(turns_on__any_of=[100 * month + day for month, day in days])
        .filter(
            key_person_periods__ended_on__isnull=True, key_person_periods__started_on__lte=asked.days.last
        )
        .select_related("unit")
    )
    for person in rows.only("name", "post", "birthday", "unit__name", "unit__owner", "unit__tier"):
        if person.birthday is None or person.unit.owner_id is None:
            continue
        yield Entry(
            key=f"birthday-{person.pk}",
            kind=EntryKind.BIRTHDAY,
            user_id=person.unit.owner_id,
            day=days[person.birthday.month, person.birthday.day],
            title=person.name,
            text=person.unit.name,
            url=person.get_absolute_url(),
            tier=person.unit.tier,
        )


def _in_clear(reader: User) -> Q:
    """Units whose persons this reader sees unmasked: the own ones, a manager the team's (`can_read_personal`)."""
    mine = Q(unit__owner=reader)
    if reader.position == Position.MANAGER:
        mine |= Q(unit__team__in=scope_of(reader).team_ids)
    return mine
