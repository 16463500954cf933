"""What the dashboard of a month asks: a fixed number of statements, however many people and units."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import F, Sum

from campaigns.deals.models import Deal
from campaigns.deals.terms import DealState
from kam.calendar.selectors import count_working_days
from kam.core.periods import Period, month_of
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
from kpi.measures.rules import NOUGHT, Holder, months_before
from kpi.measures.selectors import by_day, figures_of
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


def tiles_of(choice: Choice, today: date, *, of_department: bool) -> list[Tile]:
    """Return the tiles: one statement a measure and month, three for the targets."""
    keys = (*TILES, *_OTHERS) if of_department else TILES
    month = choice.month
    before = month_of(month.first - timedelta(days=1))
    year_ago = months_before(month, MONTHS + 1)[0]
    told = [figures_of(keys, period) for period in (month, before, year_ago)]
    plans = plans_of(TILES, month)
    return [
        Tile(
            measure(key),
            now,
            plans.of(key, choice.holder),
            then,
            once,
            None if key in _PLANNED else _forecast(key, now, choice.month, today),
            before,
            year_ago,
        )
        for key in keys
        for now, then, once in [[row[key].of(choice.holder) for row in told]]
    ]


def _forecast(key: str, reached: Decimal, month: Period, today: date) -> Decimal | None:
    """Return what the month comes to, today counted as worked; things that are counted come in whole numbers."""
    if today not in month:
        return None
    worked = count_working_days(month.first, today)
    found = forecast(reached, worked=worked, working=count_working_days(month.first, month.last))
    return to_whole_number(found) if found is not None and measure(key).unit is not Unit.MONEY else found


def pace_of(tile: Tile, choice: Choice, today: date) -> Pace | None:
    """Return how sales of the running month go on; None in any other month. One statement, for the pipeline."""
    if today not in choice.month:
        return None
    worked = count_working_days(choice.month.first, today)
    working = count_working_days(choice.month.first, choice.month.last)
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
