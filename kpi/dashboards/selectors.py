"""What the dashboard of a month asks: a fixed number of statements, however many people and units."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q

from accounts.units.labels import PHASE_LABELS
from accounts.units.models import KeyAccount
from kam.calendar.selectors import working_days_between
from kam.core.periods import Period, month_of
from kam.users.models import User
from kpi.dashboards.rules import forecast, line_points, months_without, percent_of
from kpi.measures.holders import Choice
from kpi.measures.registry import Measure, measure
from kpi.measures.rules import NOUGHT, Holder, months_before
from kpi.measures.selectors import Fact, Figures, by_day, facts_behind, figures_of
from kpi.measures.terms import Kind, Over, Unit
from kpi.targets.selectors import plans_of

TILES = (
    "sales.actual",
    "sales.deals",
    "contracts.received",
    "units.developed",
    "units.lost",
    "visits.held",
    "calls.made",
    "complaints.valid",
)
TRENDS = ("sales.actual", "sales.deals", "units.developed", "visits.held", "calls.made")
MONTHS = 12
_OTHERS = ("expenses.spent", "expenses.budget")


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure of the month against its target, the month before, the year before, and where its pace leads."""

    measure: Measure
    amount: Decimal
    planned: Decimal | None
    before: Decimal
    year_ago: Decimal
    forecast: Decimal | None

    @property
    def is_money(self) -> bool:
        return self.measure.unit is Unit.MONEY

    @property
    def percent(self) -> int | None:
        return percent_of(self.amount, self.planned)


def tiles_of(choice: Choice, today: date, *, of_department: bool) -> list[Tile]:
    """Return the tiles: one statement a measure and month, three for the targets."""
    keys = (*TILES, *_OTHERS) if of_department else TILES
    month = choice.month
    before = month_of(month.first - timedelta(days=1))
    year_ago = months_before(month, MONTHS + 1)[0]
    told = [figures_of(keys, period) for period in (month, before, year_ago)]
    plans = plans_of(TILES, month)
    return [
        _tile(key, choice, [row[key] for row in told], plans.of(key, choice.holder), today) for key in keys
    ]


def _tile(key: str, choice: Choice, told: Sequence[Figures], planned: Decimal | None, today: date) -> Tile:
    now, before, year_ago = (row.of(choice.holder) for row in told)
    return Tile(measure(key), now, planned, before, year_ago, _forecast(now, choice.month, today))


def _forecast(reached: Decimal, month: Period, today: date) -> Decimal | None:
    if today not in month:
        return None
    worked = working_days_between(month.first, today)
    return forecast(reached, worked=worked, working=working_days_between(month.first, month.last))


@dataclass(frozen=True, slots=True)
class Trend:
    """Twelve months of a measure: a line, and the table behind it."""

    measure: Measure
    months: list[tuple[Period, Decimal]]

    @property
    def is_money(self) -> bool:
        return self.measure.unit is Unit.MONEY

    @property
    def points(self) -> list[tuple[int, int]]:
        return line_points([amount for _month, amount in self.months])

    @property
    def line(self) -> str:
        return " ".join(f"{x},{y}" for x, y in self.points)

    @property
    def empty(self) -> int:
        """How many months had nothing."""
        return months_without([amount for _month, amount in self.months])


def trends_of(choice: Choice) -> list[Trend]:
    """Return twelve months up to the chosen one; one statement a measure."""
    months = months_before(choice.month, MONTHS)
    whole = Period(months[0].first, months[-1].last)
    found = []
    for key in TRENDS:
        assert measure(key).over is Over.FLOW  # noqa: S101 -- the list above
        sums = dict.fromkeys(months, NOUGHT)
        for day, amount in by_day(key, choice.holder, whole).items():
            sums[month_of(day)] += amount
        found.append(Trend(measure(key), list(sums.items())))
    return found


@dataclass(frozen=True, slots=True)
class Storey:
    """A phase of development with its units."""

    phase: int
    label: Any
    count: int
    width: int


def funnel_of(holder: Holder) -> list[Storey]:
    """Return the seven phases with the units that stand in them now; one statement."""
    rows = (
        KeyAccount.objects.filter(_owned_by(holder)).order_by().values_list("phase").annotate(n=Count("pk"))
    )
    counts = dict(rows)
    most = max(counts.values(), default=0)
    return [
        Storey(
            phase, label, counts.get(phase, 0), percent_of(Decimal(counts.get(phase, 0)), Decimal(most)) or 0
        )
        for phase, label in PHASE_LABELS.items()
    ]


def _owned_by(holder: Holder) -> Q:
    if holder.kind is Kind.DEPARTMENT:
        return Q()
    return Q(owner__in=holder.ids) if holder.kind is Kind.PERSON else Q(team__in=holder.ids)


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of the heat map; `shade` is the share of the busiest day in percent."""

    day: date
    count: Decimal
    shade: int


def heat_of(choice: Choice) -> list[list[Cell | None]]:
    """Return the weeks of the month, Monday first, with the visits held on each day; one statement."""
    days = by_day("visits.held", choice.holder, choice.month)
    most = max(days.values(), default=NOUGHT)
    weeks: list[list[Cell | None]] = [[None] * choice.month.first.weekday()]
    for day in choice.month:
        if day.weekday() == 0 and weeks[-1]:
            weeks.append([])
        count = days.get(day, NOUGHT)
        weeks[-1].append(Cell(day, count, percent_of(count, most) or 0))
    return weeks


@dataclass(frozen=True, slots=True)
class Rank:
    """A person's place by actual sales."""

    name: str
    holder: Holder
    amount: Decimal
    visits: Decimal


def ranking_of(choice: Choice) -> list[Rank]:
    """Return the people of a team or the department by what they sold; three statements."""
    if choice.holder.kind is Kind.PERSON:
        return []
    told = figures_of(["sales.actual", "visits.held"], choice.month)
    sums: dict[int, list[Decimal]] = {}
    for place, figures in enumerate(told.values()):
        for (person, team), (amount, _n) in figures.totals.items():
            if person is not None and (choice.holder.kind is Kind.DEPARTMENT or team in choice.holder.ids):
                sums.setdefault(person, [NOUGHT, NOUGHT])[place] += amount
    names = dict(User.objects.filter(pk__in=sums).values_list("pk", "name"))
    ranks = [Rank(names[pk], Holder(Kind.PERSON, (pk,)), *amounts) for pk, amounts in sums.items()]
    return sorted(ranks, key=lambda rank: (-rank.amount, -rank.visits, rank.name))


def moved_units(choice: Choice) -> tuple[list[Fact], list[Fact]]:
    """Return the units developed and the units lost in the month."""
    told = [
        facts_behind(key, choice.holder, choice.month, limit=50) for key in ("units.developed", "units.lost")
    ]
    return told[0], told[1]
