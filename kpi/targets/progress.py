"""A target against what was reached, month by month, week by week, day by day; and against the targets below it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kam.calendar.selectors import is_working_day
from kam.core.periods import Period, iso_week_of, month_of
from kam.users.models import Membership
from kpi.measures.registry import measure
from kpi.measures.rules import NOUGHT, year_of
from kpi.measures.selectors import by_day, figures
from kpi.measures.terms import Kind, Over
from kpi.targets.models import Target
from kpi.targets.rules.splitting import difference, grain_of, split


@dataclass(frozen=True, slots=True)
class Part:
    """A month, week or day of a target."""

    period: Period
    planned: Decimal
    actual: Decimal | None

    @property
    def is_reached(self) -> bool:
        return self.actual is not None and self.actual >= self.planned


def reached_by_day(target: Target) -> dict[date, Decimal]:
    """Return day → what was reached on it, of a flow; one statement for the whole year."""
    return by_day(target.measure, target.holder, year_of(date(target.year, 1, 1)))


def months_of_target(target: Target, days: dict[date, Decimal], today: date) -> list[Part]:
    """Return the twelve months; those to come have nothing reached yet."""
    is_flow = measure(target.measure).over is Over.FLOW
    found = []
    for part in target.months.all():
        month = month_of(part.month)
        actual: Decimal | None = None
        if month.first <= today:
            actual = _sum(days, month) if is_flow else figures(target.measure, month).of(target.holder)
        found.append(Part(month, part.amount, actual))
    return found


def _sum(days: dict[date, Decimal], period: Period) -> Decimal:
    return sum((amount for day, amount in days.items() if day in period), NOUGHT)


def weeks_and_days(target: Target, month: Part, days: dict[date, Decimal]) -> tuple[list[Part], list[Part]]:
    """Return weeks and days of a month: its amount over the working days, what rounding leaves on the last (S-236)."""
    weights = [int(is_working_day(day)) for day in month.period]
    if not any(weights):
        weights = [1] * len(weights)
    amounts = split(month.planned, weights, grain=grain_of(measure(target.measure).unit))
    parts = [
        Part(Period(day, day), amount, days.get(day, NOUGHT))
        for day, amount in zip(month.period, amounts, strict=True)
    ]
    return _weeks(parts), parts


def _weeks(parts: Iterable[Part]) -> list[Part]:
    weeks: dict[date, list[Part]] = {}
    for part in parts:
        weeks.setdefault(iso_week_of(part.period.first).first, []).append(part)
    return [
        Part(
            Period(rows[0].period.first, rows[-1].period.last),
            sum((row.planned for row in rows), NOUGHT),
            sum((row.actual or NOUGHT for row in rows), NOUGHT),
        )
        for rows in weeks.values()
    ]


@dataclass(frozen=True, slots=True)
class Below:
    """The targets one step below, and what they lack of the whole."""

    rows: list[Target]
    lacks: Decimal


def below(target: Target) -> Below:
    """Return a department's team targets, a team's person targets, a person's unit targets."""
    rows = Target.objects.filter(year=target.year, measure=target.measure, area="", product="")
    if target.holder.kind is Kind.DEPARTMENT:
        rows = rows.filter(team__isnull=False)
    elif target.holder.kind is Kind.TEAM:
        last = date(target.year, 12, 31)
        members = Membership.objects.filter(team=target.team_id, started_on__lte=last, ended_on__isnull=True)
        rows = rows.filter(person__in=members.values("user"), unit__isnull=True)
    else:
        rows = rows.filter(person=target.person_id, unit__isnull=False)
    found = list(rows.exclude(pk=target.pk).select_related("person", "team", "unit"))
    return Below(found, difference(target.amount, [row.amount for row in found]))


def this_part(parts: Iterable[Part], today: date) -> Part | None:
    """Return the month that runs."""
    return next((part for part in parts if part.period.first <= today <= part.period.last), None)
