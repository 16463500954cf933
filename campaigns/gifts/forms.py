"""Shapes of what people type about gifts; the services decide."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.persons.models import Person
from accounts.units.forms import day_field
from accounts.units.models import KeyAccount
from campaigns.budgets.forms import LineField
from campaigns.deals.forms import PersonOfUnitField
from campaigns.gifts.labels import OCCASION_LABELS
from campaigns.gifts.models import GIFT_KINDS, GiftItem
from campaigns.gifts.services import Terms
from campaigns.gifts.terms import Occasion
from campaigns.integrity.labels import KIND_LABELS
from campaigns.integrity.services import Excuse
from kam.core.clock import business_date
from kam.core.forms import BaseForm
from kam.users.models import User
from visits.visits.models import Visit


class ItemField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for mypy only
    """Gifts of the catalogue with their price and stock."""

    def __init__(self, **options: Any) -> None:
        rows = GiftItem.objects.filter(is_offered=True)
        super().__init__(queryset=rows, label=_("Gift"), **options)

    def label_from_instance(self, obj: Any) -> str:
        return _("%(name)s · %(price)s yuan · %(stock)s in stock") % {
            "name": obj.name,
            "price": f"{obj.price_amount:,.2f}",
            "stock": obj.stock,
        }


class ExcuseForm(BaseForm):
    """Why compliance is asked; empty where policy and limits ask for nothing."""

    compliance_reason = forms.CharField(
        label=_("Reason for a compliance approval"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Only above a limit, for public officials, and for what is like cash."),
    )
    basis_document = forms.CharField(
        label=_("Written basis"), required=False, max_length=120, help_text=_("For what is like cash.")
    )
    employer_document = forms.CharField(
        label=_("How the employer was informed"),
        required=False,
        max_length=120,
        help_text=_("For what is like cash."),
    )

    def excuse(self) -> Excuse:
        told = self.cleaned_data
        return Excuse(told["compliance_reason"], told["basis_document"], told["employer_document"])


class GiftForm(ExcuseForm):
    """A gift for one person of the unit."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    person = PersonOfUnitField(label=pgettext_lazy("gift", "For whom"), queryset=Person.objects.none())
    item = ItemField()
    quantity = forms.IntegerField(label=_("How many"), min_value=1, max_value=10_000, initial=1)
    occasion = forms.ChoiceField(label=_("Occasion"), choices=list(OCCASION_LABELS.items()))
    reason = forms.CharField(label=_("Why"), max_length=2000, widget=forms.Textarea({"rows": 2}))
    on = day_field(_("To be given on"))
    line = LineField()
    field_order = ("person", "item", "quantity", "occasion", "reason", "on", "line")

    def __init__(self, *args: Any, unit: KeyAccount, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Person.objects.filter(unit=unit).present().select_related("unit")
        self.fields["person"].queryset = people  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["line"].offer(user)  # type: ignore[attr-defined]  # a LineField

    def terms(self) -> Terms:
        told = self.cleaned_data
        return Terms(
            told["person"],
            told["item"],
            told["quantity"],
            Occasion(told["occasion"]),
            told["reason"],
            told["on"],
            told["line"],
            self.excuse(),
        )


class HandOverForm(BaseForm):
    """When it was handed over, and at which visit."""

    on = day_field(_("Handed over on"), initial=business_date)
    visit = forms.ModelChoiceField(
        label=_("At the visit"), queryset=Visit.objects.none(), required=False, empty_label=_("at no visit")
    )

    def __init__(self, *args: Any, unit: KeyAccount, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        visits = Visit.objects.visible_to(user).filter(unit=unit).order_by("-on", "-pk")
        self.fields["visit"].queryset = visits  # type: ignore[attr-defined]  # a ModelChoiceField


class AcknowledgeForm(BaseForm):
    """How the person acknowledged it."""

    on = day_field(_("Acknowledged on"), initial=business_date)
    how = forms.CharField(
        label=_("How"), max_length=200, help_text=_("Signature on the form, message, call …")
    )


class EndForm(BaseForm):
    """Why nothing comes of it."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


class ItemForm(BaseForm):
    """A thing of the catalogue."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("Name"), max_length=120)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[(kind.value, KIND_LABELS[kind]) for kind in GIFT_KINDS]
    )
    price_amount = forms.DecimalField(
        label=_("Price of one in yuan"), min_value=Decimal("0.01"), max_digits=12, decimal_places=2
    )
    note = forms.CharField(label=_("Note"), max_length=200, required=False)
    is_offered = forms.BooleanField(label=_("Offered"), required=False, initial=True)


class StockForm(BaseForm):
    """What came in, or what was counted."""

    act = forms.ChoiceField(
        label=_("What is booked"),
        choices=[("receipt", _("So many came in")), ("count", _("So many were counted"))],
    )
    quantity = forms.IntegerField(label=_("How many"), min_value=0, max_value=1_000_000)
    document = forms.CharField(label=_("Document"), max_length=120, required=False)
