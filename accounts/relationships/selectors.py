"""Insiders with what was done for them, and how strong relationships are: a fixed number of queries."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q

from accounts.contacts.models import ContactPerson
from accounts.persons.models import Person
from accounts.persons.terms import Attitude, Insider
from accounts.red_flags.models import RedFlag
from accounts.red_flags.selectors import standing_of
from accounts.red_flags.telling import ToldFlag, tell
from accounts.red_flags.terms import FlagKind
from accounts.relationships.labels import EASY_LABELS, LACK_LABELS, STRENGTH_LABELS
from accounts.relationships.models import InsiderPlan, RelationshipLevel, StrengtheningSheet
from accounts.relationships.rules import Cultivated, Level, has_enough, lacks_of, level_on
from accounts.relationships.terms import EasyTask, Strength
from accounts.units.models import KeyAccount
from kam.core.periods import month_of
from kam.settings_rows.selectors import int_setting

NEEDED, PER_MONTH = "insiders_needed", "insider_contacts_a_month"


@dataclass(frozen=True, slots=True)
class ShownInsider:
    """An insider or candidate as the page tells it."""

    person: Person
    told: Cultivated
    lacks: list[Any]
    tasks: list[Any]
    strength: Any
    sheet: StrengtheningSheet | None

    @property
    def is_insider(self) -> bool:
        return self.told.kind is Insider.INSIDER


@dataclass(frozen=True, slots=True)
class Insiders:
    """Everything about the insiders of a unit: who is, who may become one, whether they are enough, which flags stand."""

    people: list[ShownInsider]
    possible: list[Person]
    is_enough: bool
    needed: int
    flags: list[ToldFlag]
    sheets: list[StrengtheningSheet]

    @property
    def count(self) -> int:
        return sum(shown.is_insider for shown in self.people)


def levels_of(people: Collection[int]) -> dict[int, list[RelationshipLevel]]:
    """Return person → strengths in the order in which they hold. One query."""
    found: dict[int, list[RelationshipLevel]] = defaultdict(list)
    rows = RelationshipLevel.objects.filter(person__in=people).select_related("by").order_by("on", "pk")
    for row in rows:
        found[row.person_id].append(row)
    return found


def strength_on(levels: Collection[RelationshipLevel], day: date) -> Strength | None:
    return level_on([Level(row.on, Strength(row.strength)) for row in levels], day)


def contacts_a_month(people: Collection[int], today: date) -> dict[int, tuple[int, int]]:
    """Return person → contacts of this month until today, and of the last month. One query."""
    this = month_of(today).first
    last = month_of(this - timedelta(days=1)).first
    rows = (
        ContactPerson.objects.filter(person__in=people, contact__on__range=(last, today))
        .values_list("person")
        .annotate(now=Count("pk", filter=Q(contact__on__gte=this)))
        .annotate(before=Count("pk", filter=Q(contact__on__lt=this)))
    )
    return {person: (now, before) for person, now, before in rows}


def plans_on(people: Collection[int], today: date) -> dict[int, InsiderPlan]:
    """Return person → the plan in force. One query."""
    rows = InsiderPlan.objects.filter(person__in=people, starts_on__lte=today).order_by("starts_on", "pk")
    return {row.person_id: row for row in rows}


def insiders_of(unit: KeyAccount, *, today: date) -> Insiders:
    """Return the insiders of a unit with everything the page says. Seven queries."""
    present = list(Person.objects.filter(unit=unit).present().order_by("pk"))
    cultivated = [person for person in present if person.insider != Insider.NONE]
    ids = [person.pk for person in cultivated]
    plans, contacts, levels = plans_on(ids, today), contacts_a_month(ids, today), levels_of(ids)
    sheets = list(StrengtheningSheet.objects.filter(unit=unit).select_related("person").order_by("-pk"))
    open_sheets = {sheet.person_id: sheet for sheet in sheets if sheet.closed_on is None}
    default, needed = int_setting(PER_MONTH), int_setting(NEEDED)
    last_month = month_of(month_of(today).first - timedelta(days=1)).first

    def shown(person: Person) -> ShownInsider:
        plan = plans.get(person.pk)
        told = Cultivated(
            Insider(person.insider),
            person.insider_learn,
            person.insider_cultivate,
            tuple(plan.tasks) if plan else (),
            plan.per_month if plan else default,
            *contacts.get(person.pk, (0, 0)),
        )
        began = plan.starts_on if plan else person.added_on
        strength = strength_on(levels.get(person.pk, ()), today)
        return ShownInsider(
            person,
            told,
            [LACK_LABELS[lack] for lack in lacks_of(told, began_before_last_month=began <= last_month)],
            [EASY_LABELS[EasyTask(task)] for task in told.tasks],
            STRENGTH_LABELS[strength] if strength else "",
            open_sheets.get(person.pk),
        )

    people = sorted((shown(person) for person in cultivated), key=lambda one: not one.is_insider)
    return Insiders(
        people,
        [p for p in present if p.insider == Insider.NONE and p.attitude == Attitude.SUPPORTS],
        has_enough([one.told for one in people], needed=needed),
        needed,
        [tell(flag, today=today) for flag in _flags(unit)],
        sheets,
    )


def _flags(unit: KeyAccount) -> list[RedFlag]:
    kinds = {FlagKind.NO_INSIDER, FlagKind.SINGLE_THREAD}
    return [flag for flag in standing_of(unit) if flag.kind in kinds]
