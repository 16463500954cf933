"""Shapes of deciding about tiers and the core, and of drafted rules of the tiers."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.qualification.labels import AXIS_LABELS, LEVEL_LABELS, RULES_PROBLEMS
from accounts.qualification.registry import measures
from accounts.qualification.rules.tiers import rules_problem
from accounts.qualification.terms import Level
from accounts.units.terms import Tier
from kam.core.forms import BaseForm


class DecisionForm(BaseForm):
    """Why a proposed tier is confirmed or not."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


class CoreForm(BaseForm):
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    is_core = forms.ChoiceField(
        label=_("Can it place big orders?"),
        choices=[("yes", _("Yes, it belongs to the core")), ("no", _("No, or not any more"))],
    )
    reason = forms.CharField(label=_("Reason"), max_length=300)


class TierRulesForm(BaseForm):
    """A new version of the rules: per measure its weight and what begins grades 2 to 5; levels; the matrix."""

    medium = forms.DecimalField(label=_("Points at which an axis is medium"), max_digits=4, decimal_places=1)
    high = forms.DecimalField(label=_("Points at which an axis is high"), max_digits=4, decimal_places=1)
    known_percent = forms.DecimalField(
        label=_("Per cent of the potential that must be known"), max_digits=4, decimal_places=1
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kept = kwargs.get("initial") or {}
        super().__init__(*args, **kwargs)
        rules = {row["key"]: row for row in kept.get("measures", ())}
        for measure in measures():
            rule = rules.get(measure.key, {"weight": 0, "steps": ["0", "0", "0", "0"]})
            name = {"axis": AXIS_LABELS[measure.axis], "name": measure.label}
            self.fields[f"weight_{measure.key}"] = forms.IntegerField(
                label=_("%(axis)s: weight of “%(name)s”") % name,
                min_value=0,
                max_value=100,
                initial=rule["weight"],
            )
            self.fields[f"steps_{measure.key}"] = forms.CharField(
                label=_("“%(name)s”: what begins grades 2, 3, 4 and 5") % name,
                max_length=100,
                initial=" ".join(rule["steps"]),
            )
        for level in reversed(Level):
            for place, potential in enumerate(Level):
                words = {"value": LEVEL_LABELS[level], "potential": LEVEL_LABELS[potential]}
                tiers = kept.get("matrix", {}).get(level.value)
                self.fields[f"cell_{level}_{potential}"] = forms.ChoiceField(
                    label=_("Tier where the value is %(value)s and the potential %(potential)s") % words,
                    choices=[(tier.value, tier.value) for tier in Tier],
                    initial=tiers[place] if tiers else None,
                )
        for limit in ("medium", "high"):
            self.fields[limit].initial = kept.get("levels", {}).get(limit)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        for name in [name for name in told if name.startswith("steps_")]:
            if not _are_figures(told[name]):
                self.add_error(name, RULES_PROBLEMS["steps"])
        if not self.errors and (problem := rules_problem(self.payload())):
            place, code = problem
            self.add_error(place if place in self.fields else None, RULES_PROBLEMS[code])
        return told

    def payload(self) -> dict[str, Any]:
        told = self.cleaned_data
        return {
            "measures": [
                {
                    "key": measure.key,
                    "axis": measure.axis.value,
                    "weight": told[f"weight_{measure.key}"],
                    "steps": told[f"steps_{measure.key}"].split(),
                }
                for measure in measures()
            ],
            "levels": {name: str(told[name]) for name in ("medium", "high")},
            "known_percent": str(told["known_percent"]),
            "matrix": {
                level.value: [told[f"cell_{level}_{potential}"] for potential in Level]
                for level in reversed(Level)
            },
        }

    def title(self) -> str:
        return str(_("Rules of the tiers"))


def _are_figures(text: str) -> bool:
    try:
        return all(Decimal(part).is_finite() for part in text.split())
    except InvalidOperation:
        return False
