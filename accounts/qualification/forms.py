"""The shape of a statement about a criterion."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kam.core.forms import BaseForm


class StatementForm(BaseForm):
    holds = forms.ChoiceField(
        label=_("Does it hold?"), choices=[("yes", _("Yes, it holds")), ("no", _("No, or not any more"))]
    )
    text = forms.CharField(label=_("What proves it"), max_length=500)
