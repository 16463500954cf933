"""The visit report as a form: its fields come from the rules, one per line and one per remark."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kam.core.errors import BusinessError
from kam.core.forms import BaseForm, add_business_error
from visits.reports.labels import FAULTS, FIELD_LABELS, MARKET_HINTS, choice_label
from visits.reports.rules import FieldRefusedError, FieldSpec, Shape, Value, clean_field, fields_of
from visits.reports.terms import Variant
from visits.visits.selectors import question_label
from visits.visits.terms import MARKET_QUESTIONS


class ReportForm(BaseForm):
    """Values as `v_<field>` (a range also `v_<field>_to`), remarks as `r_<field>`, the four market questions by name."""

    key = forms.UUIDField(label=_("key"), widget=forms.HiddenInput)
    version = forms.IntegerField(label=_("version"), min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, variant: Variant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.variant = variant
        for spec in fields_of(variant):
            self._add(spec)
        for question in MARKET_QUESTIONS:
            self.fields[question] = forms.CharField(
                label=question_label(question),
                required=False,
                max_length=2000,
                widget=forms.Textarea(
                    attrs={"rows": 2, "class": "form-control", "placeholder": MARKET_HINTS[question]}
                ),
            )

    def _add(self, spec: FieldSpec) -> None:
        label = FIELD_LABELS[spec.key]
        self.fields[f"v_{spec.key}"] = _field(spec, label)
        if spec.shape is Shape.RANGE:
            to = _field(spec, label)
            to.widget.attrs["aria-label"] = _("%(field)s, up to") % {"field": label}
            self.fields[f"v_{spec.key}_to"] = to
        self.fields[f"r_{spec.key}"] = forms.CharField(
            label=_("Remark"),
            required=False,
            max_length=300,
            widget=forms.TextInput(
                attrs={
                    "class": "form-control",
                    "placeholder": _("Remark"),
                    "aria-label": _("%(field)s, remark") % {"field": label},
                }
            ),
        )

    def add_refusal(self, error: BusinessError) -> None:
        """Show a refusal at its field; of the market questions at each that is unanswered, not at the first alone."""
        if error.field not in MARKET_QUESTIONS:
            add_business_error(self, error)
            return
        for question, answer in self.cleaned_data["market"].items():
            if not answer.strip():
                self.add_error(question, str(error))

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        cleaned: dict[str, Value] = {}
        for spec in fields_of(self.variant):
            name = f"v_{spec.key}"
            raw: Value = values.get(name, "")
            if spec.shape is Shape.RANGE:
                raw = [str(raw), values.get(f"{name}_to", "")]
            try:
                cleaned[spec.key] = clean_field(spec, raw)
            except FieldRefusedError as refusal:
                self.add_error(name, FAULTS[refusal.fault])
        values["values"] = cleaned
        values["remarks"] = {spec.key: values.get(f"r_{spec.key}", "") for spec in fields_of(self.variant)}
        values["market"] = {question: values.get(question, "") for question in MARKET_QUESTIONS}
        return values


def first_values(variant: Variant, values: dict[str, Value], remarks: dict[str, str]) -> dict[str, str]:
    """Return the form's initial values from those of a report."""
    found: dict[str, str] = {}
    for spec in fields_of(variant):
        value = values.get(spec.key, "")
        if isinstance(value, list):
            found[f"v_{spec.key}"], found[f"v_{spec.key}_to"] = value
        else:
            found[f"v_{spec.key}"] = value
        found[f"r_{spec.key}"] = remarks.get(spec.key, "")
    return found


def _field(spec: FieldSpec, label: Any) -> forms.Field:
    if spec.shape is Shape.CHOICE:
        return forms.ChoiceField(
            label=label,
            required=False,
            choices=[(choice, choice_label(spec, choice)) for choice in spec.choices],
            widget=forms.RadioSelect,
        )
    attrs = {"class": "form-control num" if spec.shape is not Shape.TEXT else "form-control"}
    if spec.shape is not Shape.TEXT:
        attrs["inputmode"] = "decimal"
    return forms.CharField(label=label, required=False, max_length=600, widget=forms.TextInput(attrs=attrs))
