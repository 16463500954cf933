"""The daily report and the week's contact sheet, computed from what was recorded; nothing is typed twice (S-166, S-167)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from accounts.contacts.models import Contact
from kam.core.periods import Period, iso_week_of
from kam.core.sentences import listed
from kam.users.models import User
from visits.followups.models import FollowUp, FollowUpRow
from visits.plans.models import PlanLine
from visits.visits.models import Visit


@dataclass(frozen=True, slots=True)
class DayLine:
    """One visit in the daily report."""

    visit_id: int
    unit: str
    persons: str
    at: datetime | None
    purpose: str
    result: str
    problems: str
    next_step: str


@dataclass(frozen=True, slots=True)
class DailyReport:
    """What one person did on one day (form 4)."""

    person: User
    day: date
    lines: tuple[DayLine, ...]
    calls: int
    visits: int
    units: int
    summary: str
    problems: str
    tomorrow: str


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One contact of the week (form 2)."""

    on: date
    unit: str
    unit_id: int
    persons: str
    way: str
    content: str
    result: str
    next_step: str


@dataclass(frozen=True, slots=True)
class PlanRow:
    on: date
    hours: str
    unit: str
    purpose: str


@dataclass(frozen=True, slots=True)
class ContactSheet:
    """One person's week, and the plan of the next one (S-159)."""

    person: User
    week: Period
    lines: tuple[SheetLine, ...]
    plan: tuple[PlanRow, ...]
    problems: tuple[str, ...]


def daily_report(person: User, day: date, *, reader: User) -> DailyReport:
    """Compute the daily report of what `reader` may see: whoever changed teams takes no unit of the old one along."""
    visits = list(
        Visit.objects.visible_to(reader)
        .filter(user=person, on=day)
        .select_related("unit")
        .prefetch_related("persons_met__person")
        .order_by("started_at", "pk")
    )
    calls = _contacts(person, reader).filter(on=day, called=True).exclude(outcome="").count()
    form = FollowUp.objects.visible_to(reader).submitted().filter(user=person, day=day).first()
    return DailyReport(
        person=person,
        day=day,
        lines=tuple(_day_line(visit) for visit in visits),
        calls=calls,
        visits=sum(visit.is_held for visit in visits),
        units=len({visit.unit_id for visit in visits if visit.is_held}),
        summary=form.summary if form else "",
        problems=form.problems if form else "",
        tomorrow=form.tomorrow if form else "",
    )


def _contacts(person: User, reader: User) -> QuerySet[Contact]:
    """Return what this person wrote of contacts: all of it for themselves, for others that with units they see."""
    rows = Contact.objects if reader.pk == person.pk else Contact.objects.visible_to(reader)
    return rows.filter(by=person)


def contact_sheet(person: User, day: date, *, reader: User) -> ContactSheet:
    """Compute the contact sheet of the week that holds `day`, of what `reader` may see."""
    week = iso_week_of(day)
    of_week = FollowUp.objects.visible_to(reader).filter(user=person, day__range=(week.first, week.last))
    steps = {
        (row.follow_up.day, row.unit_id): row.next_step
        for row in FollowUpRow.objects.filter(follow_up__in=of_week).select_related("follow_up")
    }
    contacts = (
        _contacts(person, reader)
        .filter(on__range=(week.first, week.last))
        .select_related("unit")
        .prefetch_related("persons")
        .order_by("on", "at", "pk")
    )
    lines = tuple(
        SheetLine(
            on=contact.on,
            unit=contact.unit.name,
            unit_id=contact.unit_id,
            persons=listed(f"{p.name} {p.post}".strip() for p in contact.persons.all()),
            way=str(contact.get_channel_display()),
            content=contact.text,
            result=contact.outcome_words,
            next_step=steps.get((contact.on, contact.unit_id), ""),
        )
        for contact in contacts
    )
    return ContactSheet(
        person=person,
        week=week,
        lines=lines,
        plan=_next_week(person, week, reader),
        problems=tuple(form.problems for form in of_week.submitted().order_by("day") if form.problems),
    )


def _day_line(visit: Visit) -> DayLine:
    return DayLine(
        visit_id=visit.pk,
        unit=visit.unit.name,
        persons=listed(f"{row.person.name} {row.person.post}".strip() for row in visit.persons_met.all()),
        at=timezone.localtime(visit.started_at) if visit.started_at else None,
        purpose=visit.purpose,
        result=f"{visit.get_outcome_display()}　{visit.summary}".strip(),
        problems=visit.problems,
        next_step=visit.next_step,
    )


def _next_week(person: User, week: Period, reader: User) -> tuple[PlanRow, ...]:
    following = iso_week_of(date.fromordinal(week.last.toordinal() + 1))
    lines = (
        PlanLine.objects.visible_to(reader)
        .of_live_plans()
        .standing()
        .filter(plan__user=person, day__range=(following.first, following.last))
        .select_related("unit")
        .order_by("day", "start", "pk")
    )
    return tuple(
        PlanRow(line.day, f"{line.start:%H:%M}–{line.end:%H:%M}", line.title, line.purpose) for line in lines
    )
