"""What the dashboard of a month asks: a fixed number of statements, however many people and units."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import F, Sum

from campaigns.deals.models import Deal
from campaigns.deals.terms import DealState
from kam.calendar.selectors import count_working_days
from kam.core.clock import business_date
from kam.core.periods import Period
from kam.users.models import User
from kpi.dashboards.rules import (
    Pace,
    forecast,
    line_points,
    months_without,
    percent_of,
    reached_of,
    to_whole_number,
)
from kpi.measures.holders import Choice
from kpi.measures.registry import Measure, measure
from kpi.measures.rules import NOUGHT, Holder, months_before, name_of
from kpi.measures.selectors import by_day, is_theirs
from kpi.measures.terms import Kind, Unit
from kpi.rollup.selectors import sums_of, totals_of
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
RANKED = ("sales.actual", "visits.held")
#: People in the order of their sales that the page shows; the workbook has all.
MOST_RANKED = 50
MONTHS = 12
_OTHERS = ("expenses.spent", "expenses.budget")
#: What is planned ahead has no pace.
_PLANNED = frozenset({"expenses.budget"})


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure of the month against its target, the month before, the year before, and where its pace leads."""

    measure: Measure
    amount: Decimal
    planned: Decimal | None
    before: Decimal
    year_ago: Decimal
    forecast: Decimal | None
    month_before: Period
    month_year_ago: Period

    @property
    def named_before(self) -> str:
        """The month before as addresses name it."""
        return name_of(self.month_before)

    @property
    def named_year_ago(self) -> str:
        return name_of(self.month_year_ago)

    @property
    def is_money(self) -> bool:
        return self.measure.unit is Unit.MONEY

    @property
    def percent(self) -> int | None:
        """How long its bar is."""
        return percent_of(self.amount, self.planned)

    @property
    def reached(self) -> int | None:
        """What is said beside it: beyond the target there is more than the whole bar."""
        return reached_of(self.amount, self.planned)


@dataclass(frozen=True, slots=True)
class Sums:
    """What the month asks of the holder's months: measure and month → sum."""

    told: Mapping[tuple[str, date], Decimal]

    def of(self, key: str, month: Period) -> Decimal:
        """Return the sum; nothing was counted where none is told."""
        return self.told.get((key, month.first), NOUGHT)


def months_asked(month: Period) -> list[Period]:
    """Return the months whose sums a page shows: twelve up to the chosen one, and the same month a year before."""
    return months_before(month, MONTHS + 1)


def asked_sums(choice: Choice, *, of_department: bool) -> Sums:
    """Return what tiles and trends say, from what is kept (ADR 0021): one statement, and three for the budgets of the department."""
    ago, *months = months_asked(choice.month)
    tiles = (*TILES, *_OTHERS) if of_department else TILES
    wanted = {month: {*TRENDS, *(tiles if month in months[-2:] else ())} for month in months} | {
        ago: {*tiles}
    }
    return Sums(sums_of(wanted, choice.holder))


def tiles_of(choice: Choice, sums: Sums, today: date, *, of_department: bool) -> list[Tile]:
    """Return the tiles: three statements, for the targets."""
    keys = (*TILES, *_OTHERS) if of_department else TILES
    ago, *_months, before, month = months_asked(choice.month)
    plans = plans_of(TILES, month)
    days = _working_days(month, today)
    return [
        Tile(
            measure(key),
            sums.of(key, month),
            plans.of(key, choice.holder),
            sums.of(key, before),
            sums.of(key, ago),
            None if key in _PLANNED else _forecast(key, sums.of(key, month), days),
            before,
            ago,
        )
        for key in keys
    ]


def _working_days(month: Period, today: date) -> tuple[int, int] | None:
    """Return working days so far, today counted as worked, and in all; None but in the running month."""
    if today not in month:
        return None
    return count_working_days(month.first, today), count_working_days(month.first, month.last)


def _forecast(key: str, reached: Decimal, days: tuple[int, int] | None) -> Decimal | None:
    """Return what the month comes to; things that are counted come in whole numbers."""
    if days is None:
        return None
    found = forecast(reached, worked=days[0], working=days[1])
    return to_whole_number(found) if found is not None and measure(key).unit is not Unit.MONEY else found


def pace_of(tile: Tile, choice: Choice, today: date) -> Pace | None:
    """Return how sales of the running month go on; None in any other month. One statement, for the pipeline."""
    days = _working_days(choice.month, today)
    if days is None:
        return None
    worked, working = days
    return Pace(tile.amount, worked, working, _pipeline(choice.holder), tile.planned)


def _pipeline(holder: Holder) -> Decimal:
    """Return the final price of what is signed and waits for its first payment, by whose it was at signing."""
    rows = Deal.objects.filter(state=DealState.SIGNED, first_paid_on=None)
    if holder.kind is not Kind.DEPARTMENT:
        whose = "owner__in" if holder.kind is Kind.PERSON else "team__in"
        rows = rows.filter(**{whose: holder.ids})
    found: Decimal | None = rows.aggregate(sum=Sum(F("quantity") * F("price_amount")))["sum"]
    return found or NOUGHT


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
    def cells(self) -> list[tuple[str, Decimal]]:
        """The months as addresses name them, with their sums."""
        return [(name_of(month), amount) for month, amount in self.months]

    @property
    def empty(self) -> int:
        """How many months had nothing; the running one may yet have an order, as in the table of people and months."""
        today = business_date()
        return months_without([amount for month, amount in self.months if amount or month.last < today])


def trends_of(choice: Choice, sums: Sums) -> list[Trend]:
    """Return twelve months up to the chosen one."""
    months = months_before(choice.month, MONTHS)
    return [Trend(measure(key), [(month, sums.of(key, month)) for month in months]) for key in TRENDS]


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of the heat map; `shade` is the share of the busiest day in percent."""

    day: date
    count: Decimal
    shade: int

    @property
    def name(self) -> str:
        """The day as addresses name it."""
        return self.day.isoformat()

    @property
    def number(self) -> int:
        return self.day.day


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
    """Return the people of a team or the department by what they sold: two statements."""
    if choice.holder.kind is Kind.PERSON:
        return []
    told = totals_of(RANKED, [choice.month])
    sums: dict[int, list[Decimal]] = {}
    for place, key in enumerate(RANKED):
        for (person, team), (amount, _n) in told[key, choice.month.first].totals.items():
            if person is not None and is_theirs(choice.holder, person, team):
                sums.setdefault(person, [NOUGHT, NOUGHT])[place] += amount
    names = dict(User.objects.filter(pk__in=sums).values_list("pk", "name"))
    ranks = [Rank(names[pk], Holder(Kind.PERSON, (pk,)), *amounts) for pk, amounts in sums.items()]
    return sorted(ranks, key=lambda rank: (-rank.amount, -rank.visits, rank.name))
