"""What people type about phases and SWOT."""

from typing import Any

from django import forms

from accounts.competition.models import ProductPosition
from accounts.development.labels import LIST_HINTS, LIST_LABELS
from accounts.development.models import Swot
from accounts.development.terms import LISTS, MAX_LINE, MAX_LINES
from accounts.units.terms import Phase
from kam.core.forms import BaseForm


class MoveForm(BaseForm):
    """Where a unit goes: what a dropped card posts, and the menu of the card."""

    to = forms.TypedChoiceField(choices=[(int(phase), "") for phase in Phase], coerce=lambda n: Phase(int(n)))
    seen = forms.IntegerField(min_value=0, max_value=2**31 - 1)
    reason = forms.CharField(max_length=300, required=False)
    override = forms.BooleanField(required=False)


class SwotForm(BaseForm):
    """Four lists, a line each."""

    seen = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, rivals: list[ProductPosition], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rivals = rivals
        for name in LISTS:
            self.fields[name] = forms.CharField(
                label=LIST_LABELS[name],
                help_text=LIST_HINTS[name],
                required=False,
                max_length=MAX_LINES * (MAX_LINE + 2),
                widget=forms.Textarea(attrs={"rows": 5}),
            )

    def lists(self) -> dict[str, list[str]]:
        return {name: self.cleaned_data[name].splitlines() for name in LISTS}

    @staticmethod
    def begin(row: Swot | None) -> dict[str, Any]:
        """Return what stands in the form before anybody types."""
        lists = {name: "\n".join(getattr(row, name)) if row else "" for name in LISTS}
        return lists | {"seen": row.revision if row else 0}
