"""Shapes of what people type about agreements; the services decide."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.units.forms import day_field
from campaigns.agreements.services import Paper
from kam.core.clock import business_date
from kam.core.forms import BaseForm


class AgreementForm(BaseForm):
    """A signed agreement."""

    title = forms.CharField(label=pgettext_lazy("agreement", "Title"), max_length=120)
    starts_on = day_field(_("From"))
    ends_on = day_field(_("Until, this day included"))
    signed_on = day_field(_("Signed on"), initial=business_date)
    terms = forms.CharField(label=_("Terms"), max_length=8000, widget=forms.Textarea)
    amount = forms.DecimalField(
        label=_("Volume agreed in yuan"), min_value=0, max_digits=14, decimal_places=2, required=False
    )
    upload = forms.FileField(label=_("Signed paper"), required=False)

    def paper(self) -> Paper:
        told = {name: value for name, value in self.cleaned_data.items() if name != "upload"}
        return Paper(**told)


class EndForm(BaseForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    on = day_field(_("Ended on"), initial=business_date)
    reason = forms.CharField(label=_("Reason"), max_length=500)
