"""Shapes of what people type about needs."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.needs.models import KIND_LABELS, STATE_LABELS, Need
from accounts.needs.terms import NEED_TRANSITIONS, NeedState
from accounts.persons.models import Person
from accounts.units.models import KeyAccount
from kam.core.forms import BaseForm


class NeedForm(BaseForm):
    text = forms.CharField(label=_("Need"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=list(KIND_LABELS.items()),
        help_text=_("Implicit: heard in a complaint, a dissatisfaction, a doubt."),
    )
    person = forms.ModelChoiceField(label=_("Who said it"), queryset=Person.objects.none(), required=False)
    value_amount = forms.DecimalField(
        label=_("Expected revenue (yuan)"), max_digits=14, decimal_places=2, min_value=0, required=False
    )
    cost_amount = forms.DecimalField(
        label=_("Expected cost (yuan)"), max_digits=14, decimal_places=2, min_value=0, required=False
    )

    def __init__(self, *args: Any, unit: KeyAccount, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = Person.objects.filter(unit=unit).present()  # type: ignore[attr-defined]  # a ModelChoiceField


class MoveNeedForm(BaseForm):
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    to = forms.ChoiceField(label=_("Next state"))
    text = forms.CharField(
        label=_("What it means, the solution, or why"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, need: Need, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        following = NEED_TRANSITIONS.get(NeedState(need.state), frozenset())
        to = self.fields["to"]
        assert isinstance(to, forms.ChoiceField)  # noqa: S101 -- for the type checker
        to.choices = list(STATE_LABELS.items())  # an old page gets 409 and not "no valid choice"
        to.widget.choices = [
            (state, label)
            for state, label in STATE_LABELS.items()
            if state == need.state or state in following
        ]
