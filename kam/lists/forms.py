"""The form under "Save as view"."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kam.core.forms import BaseForm


class SaveViewForm(BaseForm):
    list_key = forms.CharField(max_length=60, widget=forms.HiddenInput)
    query = forms.CharField(max_length=2000, required=False, widget=forms.HiddenInput)
    name = forms.CharField(label=_("Name"), max_length=60)
    share = forms.BooleanField(label=_("Also for my team"), required=False)
    is_default = forms.BooleanField(label=_("Open the list with it"), required=False)
