"""The shape of a drafted scheme in Django admin: up to fourteen lines, each with its points and the numbers of its method."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kam.core.forms import BaseForm
from kpi.schemes.labels import PROBLEM_LABELS
from kpi.schemes.models import POSITIONS, new_line
from kpi.schemes.rules import scheme_problem
from kpi.scoring.labels import METHOD_LABELS
from kpi.scoring.registry import all_indicators
from kpi.scoring.terms import Method

LINES = 14
_NAMES = {
    Method.STEPS: ("standard", "step", "off"),
    Method.LINEAR: ("nothing_at", "full_at"),
    Method.COUNT: ("each",),
    Method.RATING: (),
}


def terms_from(method: Method, text: str) -> dict[str, Any]:
    """Read the numbers of a method: `100 5 1` for steps, `0 100` for a line, `2.5` for each, `0=100 5=50` for bands; ValueError else."""
    parts = text.split()
    if method is Method.BANDS:
        pairs = [part.split("=") for part in parts]
        return {"bands": [[_number(edge), _number(share)] for edge, share in pairs]}
    return {name: _number(part) for name, part in zip(_NAMES[method], parts, strict=True)}


def terms_text(method: str, terms: dict[str, Any]) -> str:
    """Return what `terms_from` reads."""
    if method == Method.BANDS:
        return " ".join(f"{edge}={share}" for edge, share in terms["bands"])
    return " ".join(str(terms[name]) for name in _NAMES[Method(method)])


def _number(text: str) -> str:
    value = Decimal(text)
    if not value.is_finite():
        raise InvalidOperation
    return f"{value:f}"


class SchemeForm(BaseForm):
    """One version of the hundred points of one position."""

    position = forms.ChoiceField(label=_("Position"), choices=POSITIONS)

    def __init__(self, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, initial=_flat(initial or {}))
        for n in range(1, LINES + 1):
            self.fields |= _line_fields(n)

    def clean(self) -> dict[str, Any]:
        """See that every line can be scored and that all are a hundred points."""
        rows = self._lines()
        if self.errors:
            return self.cleaned_data
        lines = [
            new_line(row["indicator"], Decimal(row["weight"]), Method(row["method"]), row["terms"])
            for _n, row in rows
        ]
        problem = scheme_problem(lines)
        if problem is not None:
            place, code = problem
            self.add_error(
                f"weight_{rows[place][0]}" if place is not None else "weight_1", PROBLEM_LABELS[code]
            )
        return self.cleaned_data

    def _lines(self) -> list[tuple[int, dict[str, Any]]]:
        found = []
        for n in range(1, LINES + 1):
            told = {
                key: self.cleaned_data.get(f"{key}_{n}")
                for key in ("indicator", "weight", "method", "numbers")
            }
            if not told["indicator"]:
                continue
            if told["weight"] is None or not told["method"]:
                self.add_error(f"weight_{n}", _("Say how many points, and how they are given."))
                continue
            try:
                terms = terms_from(Method(told["method"]), told["numbers"] or "")
            except (ValueError, ArithmeticError):
                self.add_error(f"numbers_{n}", PROBLEM_LABELS["terms"])
                continue
            row = {"indicator": told["indicator"], "weight": str(told["weight"]), "method": told["method"]}
            found.append(
                (n, row | {"terms": terms, "is_sourced": bool(self.cleaned_data.get(f"sourced_{n}"))})
            )
        return found

    def payload(self) -> dict[str, Any]:
        return {"position": self.cleaned_data["position"], "lines": [row for _n, row in self._lines()]}

    def title(self) -> str:
        labels = dict(POSITIONS)
        return str(labels[self.cleaned_data["position"]])


def _line_fields(n: int) -> dict[str, forms.Field]:
    indicators = [("", "–"), *((key, told.label) for key, told in all_indicators().items())]
    return {
        f"indicator_{n}": forms.ChoiceField(label=_("Indicator"), choices=indicators, required=False),
        f"weight_{n}": forms.DecimalField(
            label=_("Points"), min_value=Decimal("0.01"), max_value=100, decimal_places=2, required=False
        ),
        f"method_{n}": forms.ChoiceField(
            label=_("Method"), choices=[("", "–"), *METHOD_LABELS.items()], required=False
        ),
        f"numbers_{n}": forms.CharField(
            label=_("Numbers"),
            max_length=200,
            required=False,
            help_text=_(
                "Steps: standard, step, points off (100 5 1). Line: nothing at, all at. Bands: 0=100 5=50. Each: 2.5."
            ),
        ),
        f"sourced_{n}": forms.BooleanField(label=_("Printed in the source"), required=False),
    }


def _flat(payload: dict[str, Any]) -> dict[str, Any]:
    """Return a payload as the fields of the form."""
    found = {"position": payload.get("position")}
    for n, line in enumerate(payload.get("lines", ()), 1):
        found |= {
            f"indicator_{n}": line["indicator"],
            f"weight_{n}": line["weight"],
            f"method_{n}": line["method"],
            f"numbers_{n}": terms_text(line["method"], line["terms"]),
            f"sourced_{n}": line.get("is_sourced", False),
        }
    return found
