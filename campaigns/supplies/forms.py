"""Shapes of what people type about supplies; the services decide."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaigns.materials.labels import MOVE_LABELS
from campaigns.materials.models import Material
from campaigns.materials.terms import MoveKind
from campaigns.supplies.models import SupplyAccount
from campaigns.supplies.selectors import drawable, holdings
from campaigns.supplies.services import Wanted
from kam.core.forms import BaseForm
from kam.users.models import User
from kam.users.scopes import team_of

#: What the clerk does with the stock by hand; handing out and taking back go over an account.
_BY_HAND = (MoveKind.RECEIPT, MoveKind.COUNT)


class AccountForm(BaseForm):
    """For whom and what for."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    team = forms.TypedChoiceField(label=_("For whom"), coerce=lambda value: value == "team", required=False)
    reason = forms.CharField(label=_("What for"), max_length=300, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        team = team_of(user)
        choices = [("", _("For myself"))] + ([("team", team.name)] if team else [])
        self.fields["team"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


class MaterialField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for mypy only
    """A material with where it belongs and how many there are."""

    def __init__(self) -> None:
        super().__init__(Material.objects.none(), label=_("Material"))
        self.counts: dict[int, int] = {}

    def label_from_instance(self, obj: Any) -> str:
        where = obj.campaign.name if obj.campaign else _("Office")
        return f"{obj.name} · {where} · {self.counts.get(obj.pk, getattr(obj, 'stock', 0))} {obj.measure}"


class _EntryForm(BaseForm):
    material = MaterialField()
    quantity = forms.IntegerField(label=_("Quantity"), min_value=1, max_value=1_000_000)
    text = forms.CharField(label=_("What for"), max_length=200, required=False)

    def wanted(self) -> Wanted:
        told = self.cleaned_data
        return Wanted(told["material"], told["quantity"], told["text"])


class DrawForm(_EntryForm):
    """What is handed out: what is in stock."""

    def __init__(self, *args: Any, account: SupplyAccount, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["material"].queryset = drawable(user)  # type: ignore[attr-defined]  # a ModelChoiceField


class HeldForm(_EntryForm):
    """What is given back or used: what is held."""

    def __init__(self, *args: Any, account: SupplyAccount, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = {one.material.pk: one.quantity for one in holdings([account]).get(account.pk, [])}
        field: Any = self.fields["material"]
        field.queryset = Material.objects.filter(pk__in=held).select_related("campaign").order_by("name")
        field.counts = held


class StockForm(BaseForm):
    """A supply of the office."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("Name"), max_length=120)
    measure = forms.CharField(label=pgettext_lazy("quantity", "Measure"), max_length=20, required=False)
    quantity = forms.IntegerField(label=_("To be kept in stock"), min_value=1, max_value=1_000_000)
    price_amount = forms.DecimalField(
        label=_("Price of one"), min_value=Decimal("0.01"), max_digits=12, decimal_places=2, required=False
    )
    note = forms.CharField(label=_("Remark"), max_length=200, required=False)

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in STOCK_FIELDS}


STOCK_FIELDS = ("name", "measure", "quantity", "price_amount", "note")


class MoveForm(BaseForm):
    """What came in, or what a count found."""

    kind = forms.TypedChoiceField(
        label=_("Entry"), coerce=MoveKind, choices=[(kind.value, MOVE_LABELS[kind]) for kind in _BY_HAND]
    )
    quantity = forms.IntegerField(label=_("Quantity"), min_value=0, max_value=1_000_000)
    text = forms.CharField(label=_("From where, by which paper"), max_length=200, required=False)
