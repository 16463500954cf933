"""Shapes of the forms on writings."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kam.core.forms import BaseForm
from kam.core.periods import month_of
from kpi.measures.rules import months_before, name_of, quarter_of, year_of
from kpi.writings.labels import KIND_LABELS
from kpi.writings.models import Writing
from kpi.writings.terms import Kind

_MONTHS_OFFERED = 12


class BeginForm(BaseForm):
    """What is written, and about which period."""

    kind = forms.ChoiceField(label=_("Kind"))
    period = forms.ChoiceField(label=_("Period"))

    def __init__(self, *args: Any, kinds: list[Kind], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (
            ("kind", [(kind.value, KIND_LABELS[kind]) for kind in kinds]),
            ("period", [(name, name) for name in _offered(today)]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared above
            field.choices = choices


def _offered(today: date) -> list[str]:
    """Return the names of months, quarters and years, newest first; the next year for plans."""
    months = months_before(month_of(today), _MONTHS_OFFERED)[::-1]
    quarters = dict.fromkeys(name_of(quarter_of(month.first)) for month in months)
    years = dict.fromkeys(name_of(year_of(month.first)) for month in months)
    return [*(name_of(month) for month in months), *quarters, str(today.year + 1), *years]


class WriteForm(BaseForm):
    """A text for each part."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, writing: Writing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys = [key for key, _label, _text in writing.parts]
        for key, label, text in writing.parts:
            self.fields[key] = forms.CharField(
                label=label,
                required=False,
                max_length=10_000,
                initial=text,
                widget=forms.Textarea(attrs={"rows": 7}),
            )

    def texts(self) -> dict[str, str]:
        """Return part → text."""
        return {key: self.cleaned_data[key] for key in self.keys}


class RemarkForm(BaseForm):
    """What whoever read it says."""

    remark = forms.CharField(
        label=_("Remark for the author"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
