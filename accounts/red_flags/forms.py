"""Shapes of what people type about flags."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kam.core.forms import BaseForm


class AcknowledgeForm(BaseForm):
    """Why the danger is acceptable, and the version of the flag the page showed."""

    comment = forms.CharField(
        label=_("Why is this acceptable?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
