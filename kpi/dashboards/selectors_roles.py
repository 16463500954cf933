"""Role coverage over twelve months, from dated roles: on the last day of each month, of the units that were worked then."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from accounts.qualification.rules.pyramid import percent_of
from accounts.roles.labels import SEAT_LABELS
from accounts.roles.terms import Seat
from kam.core.periods import Period
from kpi.dashboards.rules import line_points
from kpi.dashboards.selectors import MONTHS
from kpi.measures.holders import Choice
from kpi.measures.rules import NOUGHT, months_before
from kpi.measures.selectors import seats_by_period

WORKED = "roles.worked"
#: Seat → the measure that counts the units in which somebody holds it.
SEATS = {
    Seat.DECISION_MAKER: "roles.decision_maker",
    Seat.TECHNICAL: "roles.technical",
    Seat.FINANCIAL: "roles.financial",
    Seat.USER: "roles.user",
}
WHOLE = Decimal(100)


@dataclass(frozen=True, slots=True)
class Point:
    """A month: units in which the role was held, those worked, and the share; there is none where nothing was worked."""

    month: Period
    held: Decimal
    of: Decimal
    percent: Decimal


@dataclass(frozen=True, slots=True)
class SeatLine:
    """A role over the months; `key` is the measure that opens its units, "" for all roles together."""

    key: str
    label: Any
    months: list[Point]

    @property
    def points(self) -> list[tuple[int, int]]:
        return line_points([point.percent for point in self.months], WHOLE)

    @property
    def line(self) -> str:
        return " ".join(f"{x},{y}" for x, y in self.points)


@dataclass(frozen=True, slots=True)
class Coverage:
    """The roles month by month, and the units worked."""

    worked: list[tuple[Period, Decimal]]
    rows: list[SeatLine]
    whole: SeatLine

    @property
    def all_rows(self) -> list[SeatLine]:
        return [self.whole, *self.rows]


def coverage_of(choice: Choice, label: Any) -> Coverage:
    """Return twelve months up to the chosen one: one statement. `label` names all roles together."""
    months = months_before(choice.month, MONTHS)
    told = seats_by_period(choice.holder, months)
    worked = [(month, told.get((WORKED, month.first), NOUGHT)) for month in months]
    rows = []
    for seat, key in SEATS.items():
        points = [_point(month, told.get((key, month.first), NOUGHT), units) for month, units in worked]
        rows.append(SeatLine(key, SEAT_LABELS[seat], points))
    sums = [
        _point(month, sum((row.months[place].held for row in rows), NOUGHT), units * len(rows))
        for place, (month, units) in enumerate(worked)
    ]
    return Coverage(worked, rows, SeatLine("", label, sums))


def _point(month: Period, held: Decimal, of: Decimal) -> Point:
    return Point(month, held, of, percent_of(held, of))
