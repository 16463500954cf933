"""The product chart as drawn: a bar for every line, as long as the line is worth, with our part, the competitor's and what is left; and on paper."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.charts.rules.words import fit
from accounts.competition.rules import parts_of
from accounts.competition.selectors import LineRow, ProductChart
from accounts.competition.terms import Supply
from accounts.units.models import KeyAccount
from kam.core.sentences import labelled
from kam.pdf.services import Sheet
from kam.pdf.terms import FAMILIES

#: Whole pixels: names on the left, bars right of them, one row below the other.
NAMES, LONGEST, SHORTEST, ROW = 150, 530, 24, 58
NAME_COLUMNS, RIVAL_COLUMNS = 18, 24
_TONES = ("ours", "theirs", "left")


@dataclass(frozen=True, slots=True)
class Bar:
    """One line: its name, the outline of its bar, the parts in it and what is said below. `is_dashed`: nobody knows what it is worth."""

    name: str
    y: int
    width: int
    parts: tuple[tuple[int, int, str], ...]
    says: str
    is_dashed: bool


@dataclass(frozen=True, slots=True)
class DrawnChart:
    """All bars with the size of their drawing."""

    bars: tuple[Bar, ...]
    width: int = NAMES + LONGEST + 16

    @property
    def height(self) -> int:
        return ROW * len(self.bars) + 8


def drawn_chart(chart: ProductChart) -> DrawnChart:
    """Return the chart as drawn: the dearest line is the longest; one of unknown worth is as long, and dashed."""
    worth = [row.position.value_amount for row in chart.rows]
    most = max((one for one in worth if one), default=Decimal(1))
    return DrawnChart(tuple(_bar(row, place, most) for place, row in enumerate(chart.rows)))


def _bar(row: LineRow, place: int, most: Decimal) -> Bar:
    position = row.position
    value = position.value_amount
    width = LONGEST if value is None else max(SHORTEST, int(LONGEST * value / most))
    parts, x = [], NAMES
    for share, tone in zip(parts_of(position), _TONES, strict=True):
        if long := int(width * share / 100):
            parts.append((x, long, tone))
            x += long
    is_known = value is not None and position.supply is not Supply.UNKNOWN
    return Bar(
        fit(str(row.line), NAME_COLUMNS), ROW * place + 8, width, tuple(parts), _says(row), not is_known
    )


def _says(row: LineRow) -> str:
    position = row.position
    if row.row is None:
        return _("not known")
    told: list[Any] = [
        fit(position.competitor, RIVAL_COLUMNS) if position.competitor else row.row.get_supply_display()
    ]
    if position.share_percent is not None:
        told.append(f"{position.share_percent.normalize():f} %")
    if position.contract_ends_on is not None:
        told.append(labelled(_("Contract ends on"), position.contract_ends_on.isoformat()))
    if position.value_amount is not None:
        told.append(labelled(_("Value in yuan a year"), f"{position.value_amount:,.2f}"))
    return " · ".join(map(str, told))


def chart_sheet(unit: KeyAccount, chart: ProductChart, *, language: str) -> Sheet:
    """Return the product chart of a day on paper: the drawing, and its table below."""
    with override(language):
        return Sheet(
            "accounts_products",
            {"shown": {"chart": chart}, "drawn": drawn_chart(chart), "family": FAMILIES[language][0]},
            _("Product chart: %(name)s, %(day)s") % {"name": unit.name, "day": chart.day.isoformat()},
            unit.file_number,
            "accounts.unit_products",
            language=language,
        )
