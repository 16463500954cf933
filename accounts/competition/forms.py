"""What people type about a product line at a unit."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.competition.labels import SUPPLY_LABELS
from accounts.competition.rules import Position
from accounts.competition.terms import TEXTS, Supply
from accounts.units.forms import day_field
from kam.core.forms import BaseForm


class PositionForm(BaseForm):
    """Who supplies the line, and what is known about it."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    supply = forms.ChoiceField(label=_("Who supplies it?"), choices=list(SUPPLY_LABELS.items()))
    competitor = forms.CharField(label=_("Competitor"), max_length=120, required=False)
    share_percent = forms.DecimalField(
        label=_("Share in per cent"), max_digits=5, decimal_places=2, required=False
    )
    contract_ends_on = day_field(_("Contract ends on"), required=False)
    value_amount = forms.DecimalField(
        label=_("Value of the whole line, yuan a year"), max_digits=14, decimal_places=2, required=False
    )
    product = forms.CharField(label=_("Their product"), max_length=300, required=False)
    price = forms.CharField(label=_("Their price"), max_length=120, required=False)
    strengths = forms.CharField(label=_("Strengths"), max_length=300, required=False)
    weaknesses = forms.CharField(label=_("Weaknesses"), max_length=300, required=False)
    contacts = forms.CharField(
        label=_("Their contact persons"),
        help_text=_("Who of them comes here, and whom of the unit they know."),
        max_length=300,
        required=False,
    )
    learned_on = day_field(_("Learned on"))

    def position(self) -> Position:
        told = self.cleaned_data
        return Position(
            Supply(told["supply"]),
            told["competitor"],
            told["share_percent"],
            told["contract_ends_on"],
            told["value_amount"],
        )

    def texts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in TEXTS}
