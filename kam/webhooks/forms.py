"""The shape of a webhook."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kam.core.forms import BaseForm
from kam.webhooks.registry import all_events


class EndpointForm(BaseForm):
    name = forms.CharField(
        label=pgettext_lazy("webhook", "Name"), max_length=60, help_text=_("Which program it is.")
    )
    url = forms.CharField(
        label=_("Address"), max_length=300, help_text=_("https://name/path of that program.")
    )
    acts = forms.MultipleChoiceField(
        label=_("What it is told of"), choices=(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(act, f"{label} – {act}") for act, label in all_events().items()]
        self.fields["acts"].choices = choices  # type: ignore[attr-defined]  # a MultipleChoiceField
