"""Shapes of what people type about outlets; the services decide."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.persons.models import Person
from accounts.units.forms import day_field
from accounts.units.models import KeyAccount
from campaigns.outlets.labels import KIND_LABELS
from campaigns.outlets.models import Outlet
from campaigns.outlets.services import Described
from campaigns.outlets.terms import OutletKind
from kam.core.clock import business_date
from kam.core.forms import BaseForm

_NAMES = ("name", "kind", "area", "address", "keeper", "opened_on", "trial_until", "image_on", "note")


class OutletForm(BaseForm):
    """What an outlet says of itself."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("Name"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind"), choices=list(KIND_LABELS.items()))
    area = forms.CharField(label=_("Region"), max_length=80, required=False)
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    keeper = forms.CharField(label=_("Who keeps it"), max_length=120, required=False)
    opened_on = day_field(_("Opening day"), initial=business_date)
    trial_until = day_field(_("On trial until"), required=False)
    image_on = day_field(
        _("Image store since"), required=False, help_text=_("From the day on which our cabinet stood.")
    )
    note = forms.CharField(
        label=_("Note"), required=False, max_length=2000, widget=forms.Textarea({"rows": 2})
    )

    def described(self) -> Described:
        told = {name: self.cleaned_data[name] for name in _NAMES}
        return Described(**told | {"kind": OutletKind(told["kind"])})


def first_words_of(outlet: Outlet) -> dict[str, Any]:
    """Return what the form of an outlet opens with."""
    return {name: getattr(outlet, name) for name in (*_NAMES, "version")}


class CloseForm(BaseForm):
    """When and why it closed."""

    on = day_field(pgettext_lazy("outlet", "Closed on"), initial=business_date)
    reason = forms.CharField(label=_("Why it closed"), max_length=300)


class SalesForm(BaseForm):
    """What was sold in a month."""

    month = forms.DateField(
        label=_("Month"),
        input_formats=["%Y-%m"],
        widget=forms.DateInput(attrs={"type": "month", "placeholder": "2026-05"}, format="%Y-%m"),
    )
    amount = forms.DecimalField(
        label=_("Sold, in yuan"), min_value=Decimal(0), max_digits=14, decimal_places=2
    )


class SellerForm(BaseForm):
    """A person of the unit who sells here."""

    person = forms.ModelChoiceField(label=_("Person"), queryset=Person.objects.none())
    since = day_field(_("Since"), initial=business_date)

    def __init__(self, *args: Any, unit: KeyAccount, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Person.objects.filter(unit=unit).present().order_by("pk")
        self.fields["person"].queryset = people  # type: ignore[attr-defined]  # a ModelChoiceField
