"""Who should be visited this week and is not planned: each proposal with its reason (S-055, S-060, S-172).

Everything is asked for several people at once; what is limited is limited for each of them.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _

from accounts.persons.models import MONTH_AND_DAY, Person
from accounts.red_flags.models import RedFlag
from accounts.red_flags.terms import FlagKind, Severity
from accounts.units.models import KeyAccount
from accounts.units.terms import Tier, UnitStatus
from kam.core.clock import business_date
from kam.core.once import reading
from kam.core.periods import Period
from kam.notes.models import Task
from kam.settings_rows.registry import all_definitions
from kam.settings_rows.selectors import settings_of
from kam.users.models import User
from visits.plans.labels import short_day, week_day
from visits.plans.models import PlanLine
from visits.plans.registry import Proposal, quota_of
from visits.plans.rules import short_of
from visits.plans.terms import VisitMode

#: Where no room defined the thresholds (12-decisions, defaults for "N days").
CONTACT_DAYS = {
    "no_contact_days_a": 7,
    "no_contact_days_b": 14,
    "no_contact_days_c": 30,
    "no_contact_days_d": 60,
}
#: What rooms call a unit in a source key.
UNIT_KINDS = ("accounts.unit", "unit")
_GONE = (UnitStatus.LOST, UnitStatus.DORMANT)
_LIMIT = 60


def core_proposals(people: Sequence[User], week: Period) -> list[Proposal]:
    """Return every proposal of this room, one per unit except where several visits are owed, in seven queries."""
    planned = _planned_units(people, week)
    found: dict[tuple[int, int], Proposal] = {}
    sources: Iterable[Callable[[Sequence[int], Period], list[Proposal]]] = (
        _flags,
        _silent,
        _birthdays,
        _tasks,
        _steps,
    )
    owners = [person.pk for person in people]
    for source in sources:
        for proposal in source(owners, week):
            if proposal.unit_id not in planned[proposal.user_id]:
                found.setdefault((proposal.user_id, proposal.unit_id), proposal)
    return [*_owed(people, week, planned), *found.values()]


def _planned_units(people: Sequence[User], week: Period) -> dict[int, list[int]]:
    rows = PlanLine.objects.standing().of_live_plans().filter(unit__isnull=False)
    rows = rows.filter(plan__user__any_of=[person.pk for person in people])
    planned: dict[int, list[int]] = defaultdict(list)
    for user, unit in rows.filter(day__range=(week.first, week.last)).values_list("plan__user", "unit"):
        planned[user].append(unit)
    return planned


def _of_each(rows: QuerySet[Any], owner: str, *order: str) -> list[Any]:
    """Return the first rows of each owner, so that one with very many does not push another's out."""
    place = Window(RowNumber(), partition_by=[F(owner)], order_by=order)
    return list(rows.annotate(place_of_owner=place).filter(place_of_owner__lte=_LIMIT).order_by(*order))


def _owner(unit: KeyAccount) -> int:
    if unit.owner_id is None:  # every query here asks for units of somebody
        raise ValueError(f"{unit.pk} has no owner")
    return unit.owner_id


def _owed(people: Sequence[User], week: Period, planned: dict[int, list[int]]) -> list[Proposal]:
    """A units in focus want three visits a week (S-172)."""
    rows = KeyAccount.objects.filter(
        owner__any_of=[person.pk for person in people], tier=Tier.A, is_focus=True
    )
    units: dict[int, list[KeyAccount]] = defaultdict(list)
    for unit in rows.exclude(status__in=_GONE).only("name", "owner").order_by("pk"):
        units[_owner(unit)].append(unit)
    with reading():  # the norms are the same for all of them
        return [
            one
            for person in people
            for one in _owed_by(person, week, units=units[person.pk], planned=planned[person.pk])
        ]


def _owed_by(
    user: User, week: Period, *, units: Sequence[KeyAccount], planned: Sequence[int]
) -> list[Proposal]:
    each = quota_of(user, "a_visits_a_week", week.first)
    names = {unit.pk: unit.name for unit in units}
    return [
        Proposal(
            kind="quota",
            user_id=user.pk,
            unit_id=pk,
            unit_name=names[pk],
            tier=Tier.A,
            text=_("%(number)s more visits this week") % {"number": missing},
            detail=_("a focus unit of tier A wants %(each)s, the plan has %(has)s")
            % {"each": each, "has": each - missing},
            icon="flag",
            purpose=_("Keep in touch with a focus unit"),
        )
        for pk, missing in short_of(planned, each=each, units=list(names)).items()
    ]


def contact_days() -> dict[str, int]:
    """Return tier → days without contact that are too many, in at most one query."""
    known = {definition.key for definition in all_definitions()} & CONTACT_DAYS.keys()
    values = CONTACT_DAYS | {key: int(str(value)) for key, value in settings_of(*known).items()}
    return {key[-1].upper(): value for key, value in values.items()}


def _silent(owners: Sequence[int], week: Period) -> list[Proposal]:
    """Nobody was in touch for as long as the tier allows, or will not have been by the end of the week."""
    days = contact_days()
    condition = Q(pk__in=())
    for tier, limit in days.items():
        last = date.fromordinal(week.last.toordinal() - limit)
        condition |= Q(tier=tier) & (Q(last_contact_on__lt=last) | Q(last_contact_on__isnull=True))
    today = business_date()
    rows = KeyAccount.objects.filter(condition, owner__any_of=owners).exclude(status__in=_GONE)
    rows = rows.only("name", "tier", "owner", "last_contact_on")
    words = _silence_words()
    return [_silence(unit, today, days[unit.tier], words) for unit in _of_each(rows, "owner", "tier", "pk")]


def _silence_words() -> tuple[str, str, str, str]:
    """Return the sentences of silence in the reader's language: looked up once, said of thousands of units."""
    return (
        _("no contact for %(days)s days"),
        _("never contacted"),
        _("the limit for tier %(tier)s is %(limit)s days"),
        _("Get in touch again"),
    )


def _silence(unit: KeyAccount, today: date, limit: int, words: tuple[str, str, str, str]) -> Proposal:
    last = unit.last_contact_on
    since = (today - last).days if last else None
    silent, never, limits, purpose = words
    return Proposal(
        kind="silent",
        user_id=_owner(unit),
        unit_id=unit.pk,
        unit_name=unit.name,
        tier=unit.tier,
        text=silent % {"days": since} if since is not None else never,
        detail=limits % {"tier": unit.tier, "limit": limit},
        is_urgent=since is None or since > limit,
        icon="clock",
        purpose=purpose,
    )


def _flags(owners: Sequence[int], _week: Period) -> list[Proposal]:
    rows = (
        RedFlag.objects.open()
        .filter(unit__owner__any_of=owners)
        .exclude(kind=FlagKind.NO_CONTACT)
        .select_related("unit", "person")
    )
    return [
        Proposal(
            kind="flag",
            user_id=_owner(flag.unit),
            unit_id=flag.unit_id,
            unit_name=flag.unit.name,
            tier=flag.unit.tier,
            person_id=flag.person_id,
            person_name=flag.person.name if flag.person else "",
            text=flag.words,
            detail=_("red flag since %(day)s") % {"day": short_day(flag.since_on)},
            is_urgent=flag.severity == Severity.DANGER,
            icon="flag",
            purpose=_("Clear the red flag: %(flag)s") % {"flag": flag.words},
        )
        for flag in _of_each(rows, "unit__owner", "-severity", "unit__tier", "since_on", "pk")
    ]


def _birthdays(owners: Sequence[int], week: Period) -> list[Proposal]:
    rows = Person.objects.present().alias(born=MONTH_AND_DAY).filter(birthday__isnull=False)
    rows = rows.filter(born__any_of=[day.month * 100 + day.day for day in week], unit__owner__any_of=owners)
    rows = rows.select_related("unit")
    rows = rows.only("name", "birthday", "unit__name", "unit__tier", "unit__owner")
    days = {(day.month, day.day): day for day in week}
    return [
        Proposal(
            kind="birthday",
            user_id=_owner(person.unit),
            unit_id=person.unit_id,
            unit_name=person.unit.name,
            tier=person.unit.tier,
            person_id=person.pk,
            person_name=person.name,
            text=_("birthday on %(day)s") % {"day": week_day(_birthday(person, days))},
            detail=_("a card or a call; a gift needs its own request"),
            icon="cake",
            mode=VisitMode.PHONE,
            purpose=_("Congratulate %(name)s") % {"name": person.name},
        )
        for person in _of_each(rows, "unit__owner", "pk")
    ]


def _birthday(person: Person, days: dict[tuple[int, int], date]) -> date:
    born = person.birthday
    if born is None:  # the query asks for month and day
        raise ValueError(f"{person.pk} has no birthday")
    return days[born.month, born.day]


def _tasks(owners: Sequence[int], week: Period) -> list[Proposal]:
    rows = Task.objects.open().filter(
        assignee__any_of=owners, subject_kind__in=UNIT_KINDS, due_on__isnull=False, due_on__lte=week.last
    )
    tasks = _of_each(rows, "assignee", "due_on", "pk")
    units = KeyAccount.objects.in_bulk([int(t.subject_id) for t in tasks])
    today = business_date()
    found = [(task, units.get(int(task.subject_id))) for task in tasks]
    return [_task(task, unit, today) for task, unit in found if unit and unit.owner_id == task.assignee_id]


def _task(task: Task, unit: KeyAccount, today: date) -> Proposal:
    due: Any = task.due_on
    return Proposal(
        kind="task",
        user_id=_owner(unit),
        unit_id=unit.pk,
        unit_name=unit.name,
        tier=unit.tier,
        text=task.text,
        detail=_("%(kind)s, due %(day)s") % {"kind": task.get_kind_display(), "day": short_day(due)},
        is_urgent=due < today,
        icon="checkbox",
        purpose=task.text[:300],
    )


def _steps(owners: Sequence[int], week: Period) -> list[Proposal]:
    rows = (
        KeyAccount.objects.filter(owner__any_of=owners, next_step_due_on__lte=week.last)
        .exclude(next_step="")
        .exclude(status__in=_GONE)
        .only("name", "tier", "owner", "next_step", "next_step_due_on")
    )
    return [
        Proposal(
            kind="step",
            user_id=_owner(unit),
            unit_id=unit.pk,
            unit_name=unit.name,
            tier=unit.tier,
            text=unit.next_step,
            detail=_("next step, due %(day)s") % {"day": _day(unit.next_step_due_on)},
            icon="arrow-right",
            purpose=unit.next_step[:300],
        )
        for unit in _of_each(rows, "owner", "next_step_due_on", "pk")
    ]


def _day(day: date | None) -> str:
    return short_day(day) if day else ""
