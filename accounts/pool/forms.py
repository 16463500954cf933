"""What is asked for with a transfer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kam.core.forms import BaseForm
from kam.users.models import User


class TransferForm(BaseForm):
    """To whom and why; without a person it goes into the pool."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    to = forms.ModelChoiceField(
        User.objects.none(), label=_("New owner"), required=False, empty_label=_("nobody: into the pool")
    )
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, sellers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = sellers  # type: ignore[attr-defined]  # a ModelChoiceField
