"""The shape of a drafted definition: the weight of each part, and which no file can be without."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.archive.labels import PROBLEMS
from accounts.archive.parts import PARTS
from accounts.archive.rules import definition_problem
from accounts.archive.terms import WHOLE
from kam.core.forms import BaseForm


class DefinitionForm(BaseForm):
    """A new version: a weight for each part (0: not asked for), and the indispensable ones."""

    must = forms.MultipleChoiceField(
        label=_("No file is complete without"),
        choices=[(part.key, part.label) for part in PARTS.values()],
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kept = kwargs.get("initial") or {}
        super().__init__(*args, **kwargs)
        for part in PARTS.values():
            self.fields[f"weight_{part.key}"] = forms.IntegerField(
                label=_("Weight of “%(name)s”") % {"name": part.label},
                min_value=0,
                max_value=WHOLE,
                initial=kept.get("weights", {}).get(part.key, 0),
            )
        self.order_fields([*(f"weight_{key}" for key in PARTS), "must"])

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not self.errors and (problem := definition_problem(self.payload())):
            self.add_error("must" if problem != "weights" else None, PROBLEMS[problem])
        return told

    def payload(self) -> dict[str, Any]:
        told = self.cleaned_data
        return {
            "weights": {key: told[f"weight_{key}"] for key in PARTS if told[f"weight_{key}"]},
            "must": [key for key in PARTS if key in told["must"]],
        }

    def title(self) -> str:
        return str(_("Definition of a complete file"))
