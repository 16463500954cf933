"""Rows of a spreadsheet as targets: every cell that cannot be is named with its reason (docs/domain/kpi.md).

A row is read against what is known – measures, people, teams, units by the names a file may use – and becomes a target or a list
of faults. Nothing is written as long as one row has a fault.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from kpi.targets.terms import FACTOR_COLUMNS, MONTH_COLUMNS, Column, Fault

LARGEST = Decimal("999999999999.99")
FIRST_YEAR, LAST_YEAR = 2004, 2099
_BLANKS = str.maketrans("", "", " ,，￥¥\u00a0")

Cells = Mapping[Column, str]
Faults = dict[Column, Fault]
Key = tuple[object, ...]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Known:
    """What a file may name, and what is refused: whose targets one may set, and which are set already."""

    measures: Mapping[str, str]
    flows: frozenset[str]
    people: Mapping[str, int]
    teams: Mapping[str, int]
    units: Mapping[str, int]
    own_people: frozenset[int]
    own_teams: frozenset[int]
    is_whole: bool = False
    taken: frozenset[Key] = frozenset()


@dataclass(frozen=True, slots=True)
class Told:
    """A row that can be written: ids instead of names."""

    year: int
    measure: str
    amount: Decimal
    person: int | None
    team: int | None
    unit: int | None
    area: str
    product: str
    factors: tuple[str, str, str, str]
    months: tuple[Decimal, ...]

    @property
    def key(self) -> Key:
        """What makes a target the same as another."""
        return (self.year, self.measure, self.person, self.team, self.unit, self.area, self.product)


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row of the file: its number, its cells, and either the target or the faults."""

    number: int
    cells: Cells
    told: Told | None
    faults: Faults = field(default_factory=dict)


def read_rows(rows: Iterable[tuple[int, Cells]], known: Known) -> list[ReadRow]:
    """Read every row that has an amount; the second of two rows about the same target is a fault."""
    found: list[ReadRow] = []
    seen: set[Key] = set()
    for number, cells in rows:
        if not is_filled(cells):
            continue
        row = _read(number, cells, known)
        if row.told is not None and row.told.key in seen:
            row = ReadRow(number, cells, None, {Column.AMOUNT: Fault.TWICE})
        elif row.told is not None:
            seen.add(row.told.key)
        found.append(row)
    return found


def is_filled(cells: Cells) -> bool:
    """A row of the template without an amount is left as it is."""
    return any(cells.get(column, "") for column in (Column.AMOUNT, *MONTH_COLUMNS))


def _read(number: int, cells: Cells, known: Known) -> ReadRow:
    faults: Faults = {}
    year = _year(cells.get(Column.YEAR, ""), faults)
    measure = _named(cells, Column.MEASURE, known.measures, faults)
    if measure is None and Column.MEASURE not in faults:
        faults[Column.MEASURE] = Fault.MISSING
    person, team, unit = _whose(cells, known, faults)
    months = _months(cells, measure, known, faults)
    amount = _amount_of_year(cells, months, faults)
    if faults or measure is None:
        return ReadRow(number, cells, None, faults)
    factors = tuple(cells.get(column, "")[:200] for column in FACTOR_COLUMNS)
    area, product = (cells.get(column, "")[:80] for column in (Column.AREA, Column.PRODUCT))
    told = Told(year, measure, amount, person, team, unit, area, product, factors, months)  # type: ignore[arg-type]  # four columns
    if told.key in known.taken:
        return ReadRow(number, cells, None, {Column.AMOUNT: Fault.EXISTS})
    return ReadRow(number, cells, told)


def _year(text: str, faults: Faults) -> int:
    if text.isascii() and text.isdecimal() and FIRST_YEAR <= int(text[:5]) <= LAST_YEAR:
        return int(text)
    faults[Column.YEAR] = Fault.YEAR
    return 0


def _named(cells: Cells, column: Column, known: Mapping[str, T], faults: Faults) -> T | None:
    """Return what a cell names, None for an empty one; a name that nobody has is a fault."""
    text = cells.get(column, "")
    found = known.get(text.casefold())
    if text and found is None:
        faults[column] = Fault.UNKNOWN
    return found


def _whose(cells: Cells, known: Known, faults: Faults) -> tuple[int | None, int | None, int | None]:
    """Return person, team and unit; a person or a team, a unit only of a person, and only of those one sets targets for."""
    person = _named(cells, Column.PERSON, known.people, faults)
    team = _named(cells, Column.TEAM, known.teams, faults)
    unit = _named(cells, Column.UNIT, known.units, faults)
    if cells.get(Column.PERSON) and cells.get(Column.TEAM):
        faults[Column.TEAM] = Fault.BOTH
    if unit is not None and not cells.get(Column.PERSON):
        faults[Column.PERSON] = Fault.UNIT_OF_NOBODY
    for column, pk, own in ((Column.PERSON, person, known.own_people), (Column.TEAM, team, known.own_teams)):
        if pk is not None and pk not in own:
            faults.setdefault(column, Fault.NOT_YOURS)
    if not (cells.get(Column.PERSON) or cells.get(Column.TEAM) or known.is_whole):
        faults.setdefault(Column.PERSON, Fault.NOT_YOURS)
    return person, team, unit


def _months(cells: Cells, measure: str | None, known: Known, faults: Faults) -> tuple[Decimal, ...]:
    """Return the twelve months where a row has any; an empty one among them is nothing."""
    if not any(cells.get(column) for column in MONTH_COLUMNS):
        return ()
    if measure is not None and measure not in known.flows:
        faults[next(column for column in MONTH_COLUMNS if cells.get(column))] = Fault.NO_MONTHS
        return ()
    return tuple(_amount(cells, column, faults) or Decimal(0) for column in MONTH_COLUMNS)


def _amount_of_year(cells: Cells, months: Sequence[Decimal], faults: Faults) -> Decimal:
    """Return the amount; left empty it is the sum of the months, else it must be it."""
    whole = sum(months, Decimal(0))
    amount = _amount(cells, Column.AMOUNT, faults)
    if amount is None:
        return whole
    if months and amount != whole and not faults:
        faults[Column.AMOUNT] = Fault.SUM
    return amount


def _amount(cells: Cells, column: Column, faults: Faults) -> Decimal | None:
    text = cells.get(column, "").translate(_BLANKS)
    if not text:
        return None
    try:
        amount = Decimal(text)
    except InvalidOperation:
        amount = Decimal(-1)
    if not amount.is_finite() or not 0 <= amount <= LARGEST or amount != amount.quantize(Decimal("0.01")):
        faults[column] = Fault.AMOUNT
        return Decimal(0)
    return amount
