"""Shapes of what people type about materials; the services decide."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.units.forms import day_field
from campaigns.budgets.forms import LineField
from campaigns.materials.labels import MOVE_LABELS
from campaigns.materials.services import FIELDS
from campaigns.materials.supplements import FIELDS as REPORTED
from campaigns.materials.terms import MoveKind
from kam.core.clock import business_date
from kam.core.forms import BaseForm
from kam.users.models import User


class MaterialForm(BaseForm):
    """A line of the bill."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("Material"), max_length=120)
    quantity = forms.IntegerField(label=_("Quantity"), min_value=1, max_value=10_000_000)
    measure = forms.CharField(label=pgettext_lazy("quantity", "Measure"), max_length=20, required=False)
    price_amount = forms.DecimalField(
        label=_("Price of one"), min_value=Decimal("0.01"), max_digits=12, decimal_places=2, required=False
    )
    due_on = day_field(_("Due on"), required=False)
    department = forms.CharField(label=_("Responsible"), max_length=80, required=False)
    line = LineField(required=False)
    note = forms.CharField(label=_("Remark"), max_length=200, required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["line"].offer(user)  # type: ignore[attr-defined]  # a LineField

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FIELDS}


class ArrivalForm(BaseForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    on = day_field(_("In place on"), initial=business_date)


class MoveForm(BaseForm):
    """A movement of the stock."""

    kind = forms.ChoiceField(label=_("Entry"), choices=list(MOVE_LABELS.items()))
    quantity = forms.IntegerField(label=_("Quantity"), min_value=0, max_value=10_000_000)
    on = day_field(_("Day"), initial=business_date)
    text = forms.CharField(label=_("What for, to whom"), max_length=200, required=False)

    def told(self) -> dict[str, Any]:
        return self.cleaned_data | {"kind": MoveKind(self.cleaned_data["kind"])}


class SupplementForm(BaseForm):
    """A report that asks for a material beside the bill."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("Material"), max_length=120)
    quantity = forms.IntegerField(label=_("Quantity"), min_value=1, max_value=10_000_000)
    measure = forms.CharField(label=pgettext_lazy("quantity", "Measure"), max_length=20, required=False)
    price_amount = forms.DecimalField(
        label=_("Price of one"), min_value=Decimal("0.01"), max_digits=12, decimal_places=2, required=False
    )
    due_on = day_field(_("Due on"), required=False)
    department = forms.CharField(label=_("Responsible"), max_length=80, required=False)
    line = LineField(required=False)
    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["line"].offer(user)  # type: ignore[attr-defined]  # a LineField

    def told(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in REPORTED}
