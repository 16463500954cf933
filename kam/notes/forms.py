"""Forms for tasks."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kam.core.forms import BaseForm


class TaskForm(BaseForm):
    """A task for oneself."""

    text = forms.CharField(label=_("What is to be done"), max_length=500)
    due_on = forms.DateField(
        label=_("By when"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class PostponeForm(BaseForm):
    """Another day for a task."""

    due_on = forms.DateField(
        label=_("By when"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
