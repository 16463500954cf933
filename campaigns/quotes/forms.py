"""Shapes of what people type about quotes; the services decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.units.forms import day_field
from campaigns.deals.forms import TermsForm
from campaigns.deals.services import DealTerms
from campaigns.discounts.terms import PaymentMode
from campaigns.quotes.labels import SPECIAL_KIND_LABELS
from campaigns.quotes.terms import SpecialKind
from kam.core.forms import BaseForm

_AREA = forms.Textarea(attrs={"rows": 3})


class QuoteForm(TermsForm):
    """A price to be named."""

    valid_until = day_field(_("Valid until"))

    def terms(self) -> DealTerms:
        told = {name: value for name, value in self.cleaned_data.items() if name != "valid_until"}
        return DealTerms(**told | {"payment_mode": PaymentMode(told["payment_mode"])})


class VersionForm(BaseForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class AgreeForm(VersionForm):
    proof = forms.CharField(
        label=_("Proof that the customer belongs to the unit"), max_length=200, required=False
    )


class SpecialForm(BaseForm):
    """The specialist's proposal."""

    kind = forms.ChoiceField(label=_("What is asked for"), choices=list(SPECIAL_KIND_LABELS.items()))
    wanted_amount = forms.DecimalField(
        label=_("Proposed price of one set"),
        min_value=0,
        max_digits=16,
        decimal_places=2,
        required=False,
        help_text=_("Only for a price of its own."),
    )
    evaluation = forms.CharField(label=_("Evaluation: why this unit"), max_length=2000, widget=_AREA)
    negotiation = forms.CharField(
        label=_("What was negotiated"), max_length=2000, required=False, widget=_AREA
    )

    def values(self) -> dict[str, Any]:
        return self.cleaned_data | {"kind": SpecialKind(self.cleaned_data["kind"])}


class CertificateForm(BaseForm):
    kind = forms.CharField(label=_("Kind of certificate"), max_length=80)
    number = forms.CharField(label=_("Number"), max_length=60)
    valid_until = day_field(_("Valid until"), required=False)
