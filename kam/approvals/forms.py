"""Shapes of what deciders send."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kam.core.forms import BaseForm
from kam.users.models import User


class DecisionForm(BaseForm):
    """The version the page showed, and a reason."""

    version = forms.IntegerField(min_value=0)
    reason = forms.CharField(max_length=2000, required=False)


class DelegationForm(BaseForm):
    """To whom a step is passed."""

    version = forms.IntegerField(min_value=0)
    to = forms.ModelChoiceField(User.objects.none(), label=_("Pass to"))
    reason = forms.CharField(max_length=2000, required=False, label=_("Why"))

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = people  # type: ignore[attr-defined]  # a ModelChoiceField


class BulkForm(BaseForm):
    """Several requests, each as "id:version"."""

    pick = forms.TypedMultipleChoiceField(required=False, coerce=str)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pick"].valid_value = lambda _value: True  # type: ignore[attr-defined]  # shape is checked below

    def clean_pick(self) -> list[tuple[int, int]]:
        """Return (id, version) pairs; a malformed one is an error of the form, not of the server."""
        shown = []
        for text in self.cleaned_data["pick"]:
            pk, _colon, version = str(text).partition(":")
            if not (pk.isdecimal() and version.isdecimal() and len(pk) < 19 and len(version) < 10):
                raise forms.ValidationError(_("This selection cannot be read. Load the page again."))
            shown.append((int(pk), int(version)))
        return shown
