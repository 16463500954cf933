"""What people type about a trip."""

from typing import Any

from django import forms
from django.core.validators import MinValueValidator
from django.utils.translation import gettext_lazy as _

from accounts.units.forms import day_field
from accounts.units.models import KeyAccount
from kam.core.forms import BaseForm
from kam.users.models import User


class TripForm(BaseForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    starts_on = day_field(_("First day"))
    ends_on = day_field(_("Last day"))
    units = forms.ModelMultipleChoiceField(
        label=_("Units"),
        queryset=KeyAccount.objects.none(),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )
    place = forms.CharField(label=_("Place"), max_length=120, required=False)
    purpose = forms.CharField(label=_("Purpose"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    estimate_amount = forms.DecimalField(
        label=_("Estimated cost in yuan"),
        max_digits=10,
        decimal_places=2,
        validators=[MinValueValidator(0)],
        help_text=_("Over 1,000 yuan the director decides too; finance always."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = KeyAccount.objects.filter(owner=user).order_by("sort_key", "pk")
        self.fields["units"].queryset = own  # type: ignore[attr-defined]  # a ModelMultipleChoiceField


class CancelForm(BaseForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Why it is cancelled"), max_length=300)


class TripReportForm(BaseForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    result = forms.CharField(
        label=_("What came of it?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5})
    )
    actual_amount = forms.DecimalField(
        label=_("Actual cost in yuan"),
        max_digits=10,
        decimal_places=2,
        validators=[MinValueValidator(0)],
    )
