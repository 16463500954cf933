"""Shapes of what people type about loans of equipment; the services decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.units.forms import day_field
from kam.core.clock import business_date
from kam.core.forms import BaseForm
from visits.bookings.models import Resource
from visits.bookings.terms import ResourceKind


class LoanForm(BaseForm):
    """What, for what, from when until when."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    resource = forms.ModelChoiceField(Resource.objects.none(), label=_("Equipment"))
    purpose = forms.CharField(
        label=pgettext_lazy("equipment", "Purpose"), max_length=300, widget=forms.Textarea({"rows": 2})
    )
    starts_on = day_field(_("First day"), initial=business_date)
    ends_on = day_field(_("To be given back on"), initial=business_date)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Resource.objects.usable().of_kind(ResourceKind.EQUIPMENT)
        self.fields["resource"].queryset = rows  # type: ignore[attr-defined]  # a ModelChoiceField


class BackForm(BaseForm):
    condition = forms.CharField(
        label=_("Condition"), max_length=200, help_text=_("Complete, damaged, what is missing …")
    )
