"""Problems of schemes in words, and the sentence that explains the points of a line."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kam.core.sentences import listed
from kpi.schemes.rules import Line, line_from
from kpi.scoring.labels import WHY_LABELS
from kpi.scoring.rules.rates import SHOWN
from kpi.scoring.terms import Method, Why

PROBLEM_LABELS = {
    "weight": gettext_lazy("A weight is more than nothing."),
    "method": gettext_lazy("This method does not fit what the indicator yields."),
    "terms": gettext_lazy("These numbers do not fit the method."),
    "step": gettext_lazy("A step is more than nothing, and takes nothing or more."),
    "bands": gettext_lazy("A table has at least one band, with shares from 0 to 100."),
    "linear": gettext_lazy("The two ends of the line must differ."),
    "each": gettext_lazy("Each gives more than nothing."),
    "twice": gettext_lazy("An indicator stands twice in the scheme."),
    "sum": gettext_lazy("The weights do not add up to 100 points."),
}


def rate_text(rate: str | None) -> str:
    """Return a kept rate as it is shown: two decimals, cut off."""
    if rate is None:
        return "–"
    value = Decimal(rate)
    return f"{(value - value % SHOWN).quantize(SHOWN)} %"


def reason_of(row: dict[str, Any], told: dict[str, Any]) -> str:
    """Return a sentence that says where the points of a line come from."""
    if row["waived"]:
        return _("Waived: %(reason)s. Its weight is shared out over the other lines.") % {
            "reason": row["waived"]
        }
    if row["why"]:
        return str(WHY_LABELS[Why(row["why"])])
    line = line_from(told)
    values = {
        "of": line.weight,
        "points": row.get("own_points", row["points"]),
        "rate": rate_text(row["rate"]),
    } | dict(line.terms)
    sentence = _SENTENCES[line.method](line, row, values)
    if Decimal(row["of"]) == line.weight:
        return sentence
    shared = _("With its share of the weights left out: %(points)s of %(of)s.")
    return f"{sentence} {shared % {'points': row['points'], 'of': row['of']}}"


def _steps(line: Line, row: dict[str, Any], values: dict[str, Any]) -> str:
    if not row["steps"]:
        return (
            _(
                "%(rate)s against a standard of %(standard)s %%: no full step is missing, %(points)s of %(of)s points."
            )
            % values
        )
    words = ngettext(
        "%(rate)s against a standard of %(standard)s %%: %(steps)s full step of %(step)s points of percent, %(off)s off: %(points)s of %(of)s points.",
        "%(rate)s against a standard of %(standard)s %%: %(steps)s full steps of %(step)s points of percent, %(off)s off each: %(points)s of %(of)s points.",
        row["steps"],
    )
    return words % (values | {"steps": row["steps"]})


def _bands(_line: Line, row: dict[str, Any], values: dict[str, Any]) -> str:
    return _("%(result)s by the table: %(points)s of %(of)s points.") % (
        values | {"result": values["rate"] if row["rate"] else row["actual"]}
    )


def _linear(_line: Line, row: dict[str, Any], values: dict[str, Any]) -> str:
    words = _(
        "%(result)s between %(nothing_at)s (nothing) and %(full_at)s (all): %(points)s of %(of)s points."
    )
    return words % (values | {"result": values["rate"] if row["rate"] else row["actual"]})


def _count(line: Line, row: dict[str, Any], values: dict[str, Any]) -> str:
    words = (
        _("%(n)s counted, each costs %(each)s points: %(points)s of %(of)s points.")
        if line.lower_is_better
        else _("%(n)s counted, each gives %(each)s points: %(points)s of %(of)s points.")
    )
    return words % (values | {"n": row["actual"]})


def _rating(_line: Line, row: dict[str, Any], values: dict[str, Any]) -> str:
    return _("Rated %(grade)s of 5: %(points)s of %(of)s points.") % (values | {"grade": row["grade"]})


_SENTENCES = {
    Method.STEPS: _steps,
    Method.BANDS: _bands,
    Method.LINEAR: _linear,
    Method.COUNT: _count,
    Method.RATING: _rating,
}


def how_of(line: Line) -> str:
    """Return how a line is scored, in a sentence."""
    terms = dict(line.terms)
    match line.method:
        case Method.STEPS:
            return _("standard %(standard)s %%, %(off)s off for each full %(step)s") % terms
        case Method.BANDS:
            return listed(f"{a} → {b} %" for a, b in terms["bands"])
        case Method.LINEAR:
            return _("from %(nothing_at)s to %(full_at)s") % terms
        case Method.COUNT:
            return _("%(each)s points each") % terms
        case Method.RATING:
            return _("a fifth of the points for each grade")
