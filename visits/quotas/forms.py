"""The shape of a drafted quota."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kam.core.forms import BaseForm
from kam.users.models import POSITION_LABELS
from kam.users.terms import SELLERS
from visits.quotas.models import QUOTA_LABELS
from visits.quotas.services import norm_title

#: A day has 24 hours, a month 31 days: nobody owes more of anything.
MOST = 500
#: Whom a norm is for; it may name a position.
POSITIONS = [("", _("everybody who sells")), *((p.value, POSITION_LABELS[p]) for p in sorted(SELLERS))]


class NormForm(BaseForm):
    """How much of one measure is owed, by everybody who sells or by one position."""

    key = forms.ChoiceField(label=_("Measure"), choices=list(QUOTA_LABELS.items()))
    position = forms.ChoiceField(
        label=_("Position"),
        required=False,
        choices=POSITIONS,
    )
    amount = forms.IntegerField(label=pgettext_lazy("quota", "Amount"), min_value=0, max_value=MOST)

    def payload(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("key", "position", "amount")}

    def title(self) -> str:
        return norm_title(self.payload())
