"""The product chart of a unit on a day, and where a competitor sits."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.competition.labels import TURN_LABELS, TURN_TONES
from accounts.competition.models import Competitor, ProductLine, ProductPosition
from accounts.competition.rules import Position, total_white_space, turn_of, white_space
from accounts.competition.terms import Supply, Turn
from accounts.units.models import KeyAccount
from kam.users.models import User


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line of the chart: what is known of it, None where nothing is."""

    line: ProductLine
    row: ProductPosition | None

    @property
    def position(self) -> Position:
        return as_position(self.row)

    @property
    def white_space(self) -> Decimal | None:
        return white_space(self.position)


@dataclass(frozen=True, slots=True)
class ProductChart:
    """All lines of a day, and what is still to be won."""

    day: date
    rows: list[LineRow]
    open_amount: Decimal
    is_complete: bool


def as_position(row: ProductPosition | None) -> Position:
    """Return a row as the rules know it; no row is an unknown supplier."""
    if row is None:
        return Position(Supply.UNKNOWN)
    name = row.competitor.name if row.competitor else ""
    return Position(Supply(row.supply), name, row.share_percent, row.contract_ends_on, row.value_amount)


def chart_of(unit: KeyAccount, day: date) -> ProductChart:
    """Return the product chart as known on `day`. Two queries."""
    known = (
        ProductPosition.objects.filter(unit=unit, learned_on__lte=day)
        .current()
        .select_related("competitor", "by")
    )
    by_line = {row.line_id: row for row in known}
    lines = ProductLine.objects.filter(Q(retired_on__isnull=True) | Q(retired_on__gt=day))
    rows = [LineRow(line, by_line.get(line.pk)) for line in lines]
    amount, is_complete = total_white_space(row.position for row in rows)
    return ProductChart(day, rows, amount, is_complete)


def contracts_told(unit_ids: Collection[int], today: date) -> dict[int, dict[str, Any]]:
    """Tell the red flags which competitors' contracts are still running, with their ends. One query."""
    rows = (
        ProductPosition.objects.filter(unit_id__in=unit_ids, learned_on__lte=today)
        .current()
        .select_related("competitor", "line")
    )
    told: dict[int, dict[str, Any]] = {}
    for row in rows:
        if row.competitor is not None and row.contract_ends_on is not None:
            contract = {
                "key": f"{row.line_id}:{row.contract_ends_on}",
                "ends_on": row.contract_ends_on,
                "competitor": row.competitor.name,
                "line": str(row.line),
            }
            told.setdefault(row.unit_id, {"contracts": []})["contracts"].append(contract)
    return told


def our_value(units: QuerySet[KeyAccount], day: date) -> dict[int, Decimal]:
    """Return unit id → what our part of its lines is worth a year, where we supply any whose value is known. One query."""
    told: dict[int, Decimal] = {}
    for unit_id, position in _positions(units, day):
        if position.supply is Supply.OURS and position.value_amount is not None:
            whole, left = position.value_amount, white_space(position) or Decimal(0)
            told[unit_id] = told.get(unit_id, Decimal(0)) + whole - left
    return told


def still_to_be_won(units: QuerySet[KeyAccount], day: date) -> dict[int, Decimal]:
    """Return unit id → what is still to be won a year, where anything of it is known. One query."""
    told: dict[int, Decimal] = {}
    for unit_id, position in _positions(units, day):
        if (left := white_space(position)) is not None:
            told[unit_id] = told.get(unit_id, Decimal(0)) + left
    return told


def _positions(units: QuerySet[KeyAccount], day: date) -> Iterator[tuple[int, Position]]:
    rows = ProductPosition.objects.filter(
        unit__in=units.order_by().values("pk"), line__retired_on__isnull=True, learned_on__lte=day
    )
    for row in rows.current().select_related("competitor"):
        yield row.unit_id, as_position(row)


@dataclass(frozen=True, slots=True)
class ShownTurn:
    """Something that happened between us and a competitor, at a line of a unit."""

    row: ProductPosition
    turn: Turn
    label: Any
    tone: str


@dataclass(frozen=True, slots=True)
class RivalFile:
    """A competitor as far as the reader's units know: where it sits now, and where somebody won or lost."""

    rows: list[ProductPosition]
    turns: list[ShownTurn]
    won: int
    lost: int
    value_amount: Decimal


def competitors_seen(user: User) -> QuerySet[Competitor]:
    """Return the competitors that any unit of the reader's scope has ever named."""
    seen = ProductPosition.objects.visible_to(user)
    return Competitor.objects.filter(pk__in=seen.values("competitor"))


def rival_file(competitor: Competitor, user: User) -> RivalFile:
    """Return what is known of a competitor, line by line from the first day on. One query."""
    theirs = ProductPosition.objects.filter(
        unit=OuterRef("unit"), line=OuterRef("line"), competitor=competitor
    )
    history = ProductPosition.objects.visible_to(user).filter(Exists(theirs))
    before: ProductPosition | None = None
    rows: list[ProductPosition] = []
    turns: list[ShownTurn] = []
    ordered = history.order_by("unit_id", "line_id", "learned_on", "id")
    for row in ordered.select_related("unit", "unit__owner", "line", "competitor", "by"):
        is_same = before is not None and (before.unit_id, before.line_id) == (row.unit_id, row.line_id)
        if is_same and rows and rows[-1] is before:
            rows.pop()
        turn = turn_of(as_position(before) if is_same else None, as_position(row), competitor.name)
        if turn is not None:
            turns.append(ShownTurn(row, turn, TURN_LABELS[turn], TURN_TONES[turn]))
        if row.competitor_id == competitor.pk:
            rows.append(row)
        before = row
    turns.sort(key=lambda shown: (shown.row.learned_on, shown.row.pk), reverse=True)
    return RivalFile(
        rows,
        turns,
        sum(shown.turn is Turn.WON for shown in turns),
        sum(shown.turn is Turn.LOST for shown in turns),
        sum((row.value_amount or Decimal(0) for row in rows), Decimal(0)),
    )
