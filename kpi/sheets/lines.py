"""A sheet in words: one object for the command, one row a line for page and paper."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kpi.measures.registry import measure
from kpi.measures.terms import Unit
from kpi.schemes.labels import rate_text, reason_of
from kpi.scoring.registry import TARGET, Indicator, indicator
from kpi.scoring.terms import Result
from kpi.sheets.selectors import Shown


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line of the page: figures with the measures behind them, points, and the sentence that explains them."""

    told: Indicator
    row: Mapping[str, Any]
    rate: str
    plan: str
    actual: str
    reason: str
    is_sourced: bool
    top: str
    base: str

    @property
    def key(self) -> str:
        return self.told.key

    @property
    def is_open(self) -> bool:
        return self.row["points"] is None and not self.row["waived"]

    @property
    def is_rated(self) -> bool:
        return self.told.result is Result.RATING


def lines_of(shown: Shown) -> list[ShownLine]:
    """Return the lines of a sheet, explained in the reader's language."""
    return [_line(row, told) for row, told in zip(shown.result["lines"], shown.scheme["lines"], strict=True)]


def rated_keys(lines: list[ShownLine]) -> list[str]:
    """Return the indicators that an assessor rates."""
    return [line.key for line in lines if line.is_rated]


def _line(row: Mapping[str, Any], told: Mapping[str, Any]) -> ShownLine:
    one = indicator(row["indicator"])
    return ShownLine(
        one,
        row,
        rate_text(row["rate"]),
        _amount(row["plan"], one),
        _amount(row["actual"], one),
        reason_of(dict(row), dict(told)),
        told["is_sourced"],
        one.top,
        one.base if one.base != TARGET else "",
    )


def _amount(text: str | None, one: Indicator) -> str:
    if text is None or not one.top:
        return "–"
    return f"{Decimal(text):,.2f}" if measure(one.top).unit is Unit.MONEY else text.removesuffix(".00")


def as_json(shown: Shown) -> dict[str, Any]:
    """Return a sheet as the command prints it."""
    sheet = shown.sheet
    return {
        "sheet": sheet.number,
        "person": sheet.user.staff_number,
        "position": sheet.position,
        "state": sheet.state,
        "points": shown.result["total"],
        "hash": shown.seal.hash_text if shown.seal else None,
        "scheme": shown.scheme.get("number"),
        "lines": [
            {
                "indicator": line.key,
                "plan": line.row["plan"],
                "actual": line.row["actual"] if line.told.top else line.row["grade"],
                "rate": line.row["rate"],
                "points": line.row["points"],
                "of": line.row["of"],
                "reason": line.reason,
            }
            for line in lines_of(shown)
        ],
    }
