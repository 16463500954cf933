"""Shapes of what people type about earnest money; the services decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.persons.models import Person
from accounts.units.models import KeyAccount
from campaigns.campaigns.models import Campaign, CampaignProduct
from campaigns.earnest.services import EarnestTerms
from campaigns.prospects.models import Prospect
from kam.core.forms import BaseForm
from kam.users.models import User


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for mypy only
    """Persons by name and post: names alone repeat."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} · {obj.post}" if obj.post else str(obj.name)


class EarnestForm(BaseForm):
    """Earnest money of a person of the unit, or of an ordinary buyer."""

    campaign = forms.ModelChoiceField(label=_("Campaign"), queryset=Campaign.objects.none())
    person = PersonField(label=_("Customer"), queryset=Person.objects.none())
    name = forms.CharField(label=_("Buyer"), max_length=80)
    amount = forms.DecimalField(label=_("Amount"), min_value=0, max_digits=14, decimal_places=2)
    has_discount_rule = forms.BooleanField(label=_("The discount rule was confirmed"), required=False)
    has_use_rights = forms.BooleanField(label=_("The use rights were confirmed"), required=False)

    prospect = forms.ModelChoiceField(
        label=_("Registered as"),
        queryset=Prospect.objects.none(),
        required=False,
        help_text=_("Sincere as soon as finance confirms the money."),
    )

    def __init__(self, *args: Any, unit: KeyAccount | None, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = Prospect.objects.visible_to(user).open().filter(unit=unit, sincere_on__isnull=True)
        self.fields["prospect"].queryset = known  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["campaign"].queryset = Campaign.objects.running().order_by("-pk")  # type: ignore[attr-defined]  # a ModelChoiceField
        if unit is None:
            del self.fields["person"]
        else:
            del self.fields["name"]
            self.fields["person"].queryset = Person.objects.filter(unit=unit).present()  # type: ignore[attr-defined]  # see above

    def terms(self) -> EarnestTerms:
        return EarnestTerms(**self.cleaned_data)


class VersionForm(BaseForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class ReceiptForm(VersionForm):
    receipt_no = forms.CharField(label=_("Receipt number"), max_length=60)


class RefundForm(VersionForm):
    reason = forms.CharField(label=_("Reason"), max_length=300)


class ChooseForm(BaseForm):
    """What the called buyer chose."""

    serial = forms.IntegerField(widget=forms.HiddenInput)
    product = forms.ModelChoiceField(
        label=_("Product"), queryset=CampaignProduct.objects.none(), required=False
    )
    object_label = forms.CharField(label=_("What exactly"), max_length=120)

    def __init__(self, *args: Any, campaign: Campaign, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = campaign.products.filter(retired_on__isnull=True)
        self.fields["product"].queryset = rows  # type: ignore[attr-defined]  # a ModelChoiceField
