"""Shapes of what people type about campaigns; the services decide."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.units.forms import day_field
from campaigns.campaigns.services import CopyTerms
from kam.core.forms import BaseForm


class CopyForm(BaseForm):
    """What a copy has of its own."""

    code = forms.SlugField(label=_("Code"), max_length=40, help_text=_("For ever, e.g. housing-2027."))
    name = forms.CharField(label=_("Name"), max_length=120)
    english_name = forms.CharField(label=_("English name"), max_length=120, required=False)
    window_from = day_field(_("Offer from"))
    window_to = day_field(_("Offer until"))

    def terms(self) -> CopyTerms:
        return CopyTerms(**self.cleaned_data)
