"""The search of the audit."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kam.audit import registry
from kam.core.forms import BaseForm


class AuditSearchForm(BaseForm):
    """What an administrator looks for; every field is optional."""

    act = forms.ChoiceField(
        required=False, label=_("Act"), widget=forms.Select(attrs={"class": "form-select mw-100"})
    )
    who = forms.CharField(required=False, max_length=80, label=_("Who"))
    about = forms.CharField(required=False, max_length=200, label=_("About"))
    first = forms.DateField(required=False, label=_("From"), widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(required=False, label=_("Until"), widget=forms.DateInput(attrs={"type": "date"}))
    request_id = forms.CharField(required=False, max_length=40, label=_("Request id"))
    before = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        acts = sorted(registry.all_acts().items(), key=lambda pair: str(pair[1]))
        self.fields["act"].choices = [("", _("All")), *acts]  # type: ignore[attr-defined]  # a ChoiceField
