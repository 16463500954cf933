"""The shape of a token."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kam.api.registry import all_scopes
from kam.core.clock import business_date
from kam.core.forms import BaseForm

_LIFE = 90


class TokenForm(BaseForm):
    name = forms.CharField(
        label=pgettext_lazy("token", "Name"),
        max_length=60,
        help_text=_("What uses it, e.g. the monthly table."),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may read"), choices=(), widget=forms.CheckboxSelectMultiple
    )
    expires_on = forms.DateField(
        label=_("Valid until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scopes"].choices = list(all_scopes().items())  # type: ignore[attr-defined]  # a MultipleChoiceField
        self.fields["expires_on"].initial = business_date() + timedelta(days=_LIFE)
