"""Calls and messages between the visits, needs that came up in them, and the key persons chosen after the first visits."""

from datetime import timedelta

from accounts.contacts.services import designate, first_visit_of, record_contact
from accounts.contacts.terms import ContactChannel
from accounts.persons.demo import reachable
from accounts.persons.models import Person
from accounts.units.models import KeyAccount
from kam.demo.story import Story

_OUTCOMES = ("约好下周见面", "已发户型资料", "财务要付款节点表", "会长出差，月底再联系", "同意摆资料架")
#: Nobody has spoken with this unit for weeks: the story's example of silence.
QUIET = frozenset({"恒泰机车配件厂"})


def play_calls(story: Story) -> None:
    """One to three calls or messages a unit in the last two months; one unit in eight is not called, and the quiet ones are not."""
    people: dict[int, list[Person]] = {}
    for person in reachable(Person.objects.filter(left_on=None)):
        people.setdefault(person.unit_id, []).append(person)
    for place, unit in enumerate(KeyAccount.objects.select_related("owner").order_by("pk")):
        if unit.owner is None or place % 8 == 7 or unit.name in QUIET or not people.get(unit.pk):
            continue
        for _n in range(story.random.randint(1, 3)):
            day = story.day(-story.random.randint(2, 60))
            with story.at(day, story.random.randint(9, 16), story.random.randint(0, 59)):
                record_contact(
                    unit,
                    on=day,
                    channel=story.random.choice((ContactChannel.CALL, ContactChannel.WECHAT)),
                    persons=[story.random.choice(people[unit.pk])],
                    outcome=story.random.choice(_OUTCOMES),
                    by=unit.owner,
                )


def play_key_persons(story: Story) -> None:
    """After the visits: choose a key person at most units, the day after the first visit."""
    units = KeyAccount.objects.filter(contacts__met=True, owner__isnull=False).distinct().order_by("pk")
    for place, unit in enumerate(units.select_related("owner")):
        first = first_visit_of(unit.pk)
        if place % 4 == 3 or first is None or not first.met or unit.owner is None:
            continue
        person = Person.objects.filter(pk__in=first.met, left_on=None).order_by("-influence", "pk").first()

        if person is None:
            continue
        with story.at(min(first.entered_at.date() + timedelta(days=1), story.today), 9):
            designate(person, by=unit.owner)
