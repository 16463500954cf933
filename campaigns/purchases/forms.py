"""Shapes of what people type about purchases; the services decide."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.units.forms import day_field
from campaigns.budgets.forms import LineField, OverReason
from campaigns.purchases.services import FIELDS
from kam.core.forms import BaseForm
from kam.users.models import User

_AMOUNT: dict[str, Any] = {"min_value": Decimal("0.01"), "max_digits": 12, "decimal_places": 2}


class PurchaseForm(BaseForm):
    """What is to be bought, why, by when, and which line pays."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=_("What is to be bought"), max_length=200)
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea({"rows": 2}))
    is_urgent = forms.BooleanField(label=_("Urgent"), required=False, help_text=_("Goes without a plan."))
    plan = forms.CharField(
        label=_("Plan"),
        max_length=4000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("What, how many, for what, from when."),
    )
    needed_on = day_field(_("Needed by"), required=False)
    line = LineField()

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["line"].offer(user)  # type: ignore[attr-defined]  # a LineField

    def told(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FIELDS}


class OfferForm(BaseForm):
    """What a supplier asks."""

    supplier = forms.CharField(label=_("Supplier"), max_length=120)
    amount = forms.DecimalField(label=_("Amount in yuan"), **_AMOUNT)
    delivers_on = day_field(_("Delivers on"), required=False)
    note = forms.CharField(label=_("Remark"), max_length=200, required=False)
    file = forms.FileField(label=_("Picture or PDF of the offer"), required=False)


class ChooseForm(BaseForm):
    why = forms.CharField(
        label=_("Why this one"),
        max_length=200,
        required=False,
        help_text=_("Asked for where another offer is cheaper."),
    )


class ReceiveForm(BaseForm):
    received = forms.CharField(
        label=_("What came"), max_length=300, help_text=_("How many, in what condition, what is missing.")
    )


class CancelForm(BaseForm):
    reason = forms.CharField(label=_("Reason"), max_length=300)


class PayForm(BaseForm):
    """What the bill came to, and what it was paid with."""

    amount = forms.DecimalField(label=_("Amount of the bill"), **_AMOUNT)
    document = forms.CharField(label=_("Number of the payment"), max_length=40)
    over_reason = OverReason()
