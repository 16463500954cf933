"""From frozen inputs and a scheme to a result: the same function scores the live draft, the closing and the proof (docs/domain/kpi.md).

Everything here is plain JSON in and out, with numbers as texts, so that what is sealed can be computed again to the byte.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from kpi.scoring.rules.points import Bands, Count, Linear, Rating, Scoring, Steps, points_of, problem_of
from kpi.scoring.rules.rates import kept, rate_of
from kpi.scoring.rules.sheet import FULL, Asked, Scored, is_below, score_sheet
from kpi.scoring.terms import FITTING, Method, Result, Why

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a scheme."""

    indicator: str
    weight: Decimal
    method: Method
    terms: Json
    result: Result
    lower_is_better: bool = False
    has_target: bool = False
    is_sourced: bool = False

    def as_json(self) -> dict[str, Any]:
        return {
            "indicator": self.indicator,
            "weight": str(self.weight),
            "method": self.method.value,
            "terms": dict(self.terms),
            "result": self.result.value,
            "lower_is_better": self.lower_is_better,
            "has_target": self.has_target,
            "is_sourced": self.is_sourced,
        }


def line_from(told: Json) -> Line:
    """Return the line that `as_json` wrote."""
    return Line(
        told["indicator"],
        Decimal(told["weight"]),
        Method(told["method"]),
        told["terms"],
        Result(told["result"]),
        told["lower_is_better"],
        told["has_target"],
        told["is_sourced"],
    )


def scoring_of(line: Line) -> Scoring:
    """Return how a line is scored; raises KeyError or ArithmeticError for terms that are not there or no numbers."""
    terms, lower = line.terms, line.lower_is_better
    match line.method:
        case Method.STEPS:
            standard, step, off = (Decimal(terms[key]) for key in ("standard", "step", "off"))
            return Steps(standard, step, off, lower)
        case Method.BANDS:
            return Bands(tuple((Decimal(a), Decimal(b)) for a, b in terms["bands"]), lower_is_better=lower)
        case Method.LINEAR:
            return Linear(Decimal(terms["nothing_at"]), Decimal(terms["full_at"]))
        case Method.COUNT:
            return Count(Decimal(terms["each"]), lower_is_better=lower)
        case _:
            return Rating()


def scheme_problem(lines: Sequence[Line]) -> tuple[int | None, str] | None:
    """Return the place and code of the first thing that is wrong with a scheme; None where nothing is."""
    for place, line in enumerate(lines):
        if problem := _line_problem(line):
            return place, problem
    if len({line.indicator for line in lines}) < len(lines):
        return None, "twice"
    return None if sum((line.weight for line in lines), Decimal(0)) == FULL else (None, "sum")


def _line_problem(line: Line) -> str:
    if line.weight <= 0:
        return "weight"
    if line.method not in FITTING[line.result]:
        return "method"
    try:
        return problem_of(scoring_of(line))
    except (KeyError, ArithmeticError, ValueError, TypeError):
        return "terms"


def assess(inputs: Json, lines: Iterable[Json]) -> dict[str, Any]:
    """Return the result of a sheet from its inputs and the lines of its scheme."""
    told = [line_from(line) for line in lines]
    asked = [_asked(line, inputs["lines"].get(line.indicator, {})) for line in told]
    total = score_sheet(asked)
    rows = [
        _row(line, inputs["lines"].get(line.indicator, {}), one, scored)
        for line, one, scored in zip(told, asked, total.lines, strict=True)
    ]
    return {
        "lines": rows,
        "total": str(total.points),
        "is_whole": total.is_whole,
        "is_below": total.is_whole and is_below(total.points, Decimal(inputs["limit"])),
    }


def _asked(line: Line, told: Json) -> Asked:
    result, why = _result(line, told)
    return Asked(line.indicator, line.weight, scoring_of(line), result, why, bool(told.get("waived")))


def _result(line: Line, told: Json) -> tuple[Fraction | None, Why | None]:
    if line.result is Result.RATING:
        grade = told.get("grade")
        return (Fraction(grade), None) if grade else (None, Why.NOT_RATED)
    actual = Decimal(told.get("actual") or 0)
    if line.result is Result.COUNT:
        return Fraction(actual), None
    base = told.get("base")
    rate = rate_of(actual, Decimal(base) if base is not None else None)
    missing = Why.NO_TARGET if line.has_target else Why.NOTHING_DUE
    return rate, None if rate is not None else missing


def _row(line: Line, told: Json, asked: Asked, scored: Scored) -> dict[str, Any]:
    scoring = asked.scoring
    steps = (
        scoring.steps_of(asked.result) if isinstance(scoring, Steps) and asked.result is not None else None
    )
    is_rate = line.result is Result.RATE
    return {
        "indicator": line.indicator,
        "plan": told.get("base"),
        "actual": told.get("actual"),
        "grade": told.get("grade"),
        "rate": str(kept(asked.result)) if is_rate and asked.result is not None else None,
        "steps": steps,
        "own_points": str(points_of(scoring, line.weight, asked.result))
        if asked.result is not None
        else None,
        "points": str(scored.points) if scored.points is not None else None,
        "of": str(scored.of),
        "why": scored.why.value if scored.why else None,
        "waived": told.get("waived"),
    }
