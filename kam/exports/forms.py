"""The form that asks for a file."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kam.core.forms import BaseForm


class AskForm(BaseForm):
    reason = forms.CharField(
        label=_("What is the file for?"),
        help_text=_("The director reads this, and it stays in the audit with the number of rows."),
        max_length=1000,
        min_length=5,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
