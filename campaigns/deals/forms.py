"""Shapes of what people type about deals; the services decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.persons.models import Person
from accounts.units.forms import day_field
from accounts.units.models import KeyAccount
from campaigns.campaigns.forms import ProductField
from campaigns.campaigns.models import Campaign, CampaignProduct
from campaigns.deals.selectors import LostNumber
from campaigns.deals.services import DealTerms
from campaigns.discounts.labels import PAYMENT_LABELS
from campaigns.discounts.terms import PaymentMode
from kam.core.clock import business_date
from kam.core.forms import BaseForm


class PersonOfUnitField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for mypy only
    """Persons by name and post: names alone repeat."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} · {obj.post}" if obj.post else str(obj.name)


class TermsForm(BaseForm):
    """What is agreed with one person of the unit."""

    campaign = forms.ModelChoiceField(label=_("Campaign"), queryset=Campaign.objects.none())
    customer = PersonOfUnitField(label=_("Customer"), queryset=Person.objects.none())
    product = ProductField(label=_("Product"))
    object_label = forms.CharField(
        label=_("What exactly"), max_length=120, required=False, help_text=_("Building, flat, kind of box …")
    )
    quantity = forms.IntegerField(label=_("Sets"), min_value=1, max_value=10_000, initial=1)
    list_amount = forms.DecimalField(
        label=_("List price of one set"), min_value=0, max_digits=16, decimal_places=4
    )
    payment_mode = forms.ChoiceField(label=_("Payment"), choices=list(PAYMENT_LABELS.items()))
    offer_on = day_field(_("Day of the earnest money"), required=False)

    def __init__(self, *args: Any, unit: KeyAccount, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        campaigns = Campaign.objects.running().order_by("-pk")
        querysets = {
            "campaign": campaigns,
            "customer": Person.objects.filter(unit=unit).present(),
            "product": CampaignProduct.objects.filter(
                campaign__in=campaigns, retired_on__isnull=True
            ).select_related("campaign"),
        }
        for name, rows in querysets.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]  # a ModelChoiceField


class DealForm(TermsForm):
    """A deal that was agreed."""

    is_trial = forms.BooleanField(label=_("Trial order (does not count)"), required=False)
    proof = forms.CharField(
        label=_("Proof that the customer belongs to the unit"), max_length=200, required=False
    )

    def terms(self) -> DealTerms:
        told = self.cleaned_data
        return DealTerms(**told | {"payment_mode": PaymentMode(told["payment_mode"])})


class SignForm(BaseForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    contract_no = forms.CharField(label=_("Contract number"), max_length=60)
    signed_on = day_field(_("Signed on"), initial=business_date)


class CancelForm(BaseForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Reason"), max_length=300)


class PaymentForm(BaseForm):
    amount = forms.DecimalField(label=_("Amount"), min_value=0, max_digits=16, decimal_places=2)
    received_on = day_field(_("Received on"), initial=business_date)
    reference = forms.CharField(label=_("Receipt number"), max_length=60)


class LossForm(BaseForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    what = forms.ChoiceField(
        label=_("What happens"),
        choices=[
            ("keep", _("Everybody keeps what they got")),
            ("charge", _("Ask to charge the difference back")),
        ],
    )
    reason = forms.CharField(label=_("Reason"), max_length=300)

    def __init__(self, *args: Any, lost: LostNumber, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lost = lost
