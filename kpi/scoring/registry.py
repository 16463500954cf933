"""Indicators by name: what is divided by what, or counted, or rated. No formula is ever read from text; units are checked here."""

from dataclasses import dataclass
from typing import Any

from kpi.measures.registry import measure
from kpi.scoring.terms import Category, Result

#: Stands in the place of a measure: the target that was set for the upper one.
TARGET = "target"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator. A rate is `top` ÷ `base` (a measure, or TARGET); a count is `top` alone; a rating has neither."""

    key: str
    label: Any
    says: Any
    category: Category
    top: str = ""
    base: str = ""
    lower_is_better: bool = False

    @property
    def result(self) -> Result:
        if not self.top:
            return Result.RATING
        return Result.RATE if self.base else Result.COUNT


_indicators: dict[str, Indicator] = {}


def register_indicator(indicator: Indicator) -> Indicator:
    """Register an indicator; its measures must exist and be of one unit."""
    if indicator.key in _indicators:
        raise ValueError(f"indicator {indicator.key} is registered twice")
    if indicator.base and not indicator.top:
        raise ValueError(f"indicator {indicator.key} divides nothing")
    if indicator.top:
        top = measure(indicator.top)
        if indicator.base not in {"", TARGET} and measure(indicator.base).unit is not top.unit:
            raise ValueError(
                f"indicator {indicator.key} divides {top.unit} by {measure(indicator.base).unit}"
            )
    _indicators[indicator.key] = indicator
    return indicator


def indicator(key: str) -> Indicator:
    """Return the indicator; KeyError for an unknown key."""
    return _indicators[key]


def all_indicators() -> dict[str, Indicator]:
    """Return a copy: key → indicator."""
    return dict(_indicators)
