"""Shapes of what people type about expense claims; the services decide."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.units.forms import day_field
from campaigns.budgets.forms import LineField
from campaigns.expenses.labels import KIND_LABELS, NO_VEHICLE_LABELS
from campaigns.expenses.phone import Asked
from campaigns.expenses.rules import month_start, months_offered
from kam.core.clock import business_date
from kam.core.forms import BaseForm
from kam.users.models import User
from kam.users.scopes import colleagues_seen_by
from visits.visits.models import Visit


class ClaimForm(BaseForm):
    """What a claim is for, and which line pays."""

    purpose = forms.CharField(label=_("What for"), max_length=200)
    line = LineField()

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["line"].offer(user)  # type: ignore[attr-defined]  # a LineField


class ReceiptForm(BaseForm):
    """One receipt with its picture."""

    kind = forms.ChoiceField(label=_("Kind"), choices=list(KIND_LABELS.items()))
    on = day_field(_("Day of the receipt"), initial=business_date)
    number = forms.CharField(label=_("Number of the receipt"), max_length=60)
    amount = forms.DecimalField(
        label=_("Amount in yuan"), min_value=Decimal("0.01"), max_digits=12, decimal_places=2
    )
    own = forms.BooleanField(
        label=_("I pay what is above my phone limit"),
        required=False,
        help_text=_("Phone costs are paid up to your limit of the month."),
    )
    text = forms.CharField(label=_("What for"), max_length=200)
    visit = forms.ModelChoiceField(
        label=_("Ride to the visit"),
        queryset=Visit.objects.none(),
        required=False,
        empty_label=_("no ride, or to no visit"),
        help_text=_("For transport: a ride is paid at what it cost where no vehicle of ours came."),
    )
    no_vehicle = forms.ChoiceField(
        label=_("Why no vehicle of ours"), required=False, choices=[("", "–"), *NO_VEHICLE_LABELS.items()]
    )
    file = forms.FileField(label=_("Picture or PDF of the receipt"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        visits = Visit.objects.filter(user=user, on__gte=business_date() - timedelta(days=60))
        shown = visits.select_related("unit").order_by("-on", "-pk")
        self.fields["visit"].queryset = shown  # type: ignore[attr-defined]  # a ModelChoiceField


class PayForm(BaseForm):
    """What it was paid with."""

    document = forms.CharField(label=_("Number of the payment"), max_length=40)


class LimitForm(BaseForm):
    """For whom, how much a month, from when on and why."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    user = forms.ModelChoiceField(User.objects.none(), label=_("For whom"))
    amount = forms.DecimalField(
        label=_("Yuan a month"), min_value=Decimal("0.01"), max_digits=8, decimal_places=2
    )
    starts_on = forms.TypedChoiceField(label=_("From month"), coerce=date.fromisoformat)
    only = forms.BooleanField(label=_("In this month only"), required=False)
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = colleagues_seen_by(user) | User.objects.filter(pk=user.pk)
        self.fields["user"].queryset = people  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["user"].initial = user.pk
        months = [
            (month.isoformat(), date_format(month, "YEAR_MONTH_FORMAT"))
            for month in months_offered(business_date())
        ]
        self.fields["starts_on"].choices = months  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["starts_on"].initial = month_start(business_date()).isoformat()

    def asked(self) -> Asked:
        told = self.cleaned_data
        return Asked(told["amount"], told["starts_on"], told["only"], told["reason"])


class CancelForm(BaseForm):
    """Why an approved claim is not paid."""

    reason = forms.CharField(label=_("Reason"), max_length=200)
