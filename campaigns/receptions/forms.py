"""Shapes of what people type about receptions; the services decide."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.persons.models import Person
from accounts.units.forms import day_field
from accounts.units.models import KeyAccount
from campaigns.budgets.forms import LineField, OverReason
from campaigns.receptions.models import Reception
from campaigns.receptions.services import Asked, Report
from kam.core.forms import BaseForm
from kam.users.models import User

_MORE = (
    "other_guests",
    "other_count",
    "staff",
    "staff_count",
    "itinerary",
    "standard",
    "vehicle",
    "lodging",
)


def _text(label: Any, rows: int = 2, *, required: bool = True, **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=2000, widget=forms.Textarea({"rows": rows}), **options
    )


def _line(label: Any, length: int, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, required=False, **options)


class GuestsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # generic for mypy only
    """Persons by name and post, ticked."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} · {obj.post}" if obj.post else str(obj.name)


class ReceptionForm(BaseForm):
    """A reception of guests of one unit."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    guests = GuestsField(label=_("Guests of the unit"), queryset=Person.objects.none())
    other_guests = _line(_("Other guests: names and posts"), 300)
    other_count = forms.IntegerField(label=_("How many other guests"), min_value=0, max_value=500, initial=0)
    arrives_on = day_field(_("Arrive on"))
    leaves_on = day_field(_("Leave on"))
    purpose = _text(_("Purpose"))
    itinerary = _text(_("Itinerary"), 3, required=False)
    standard = _line(_("Standard of hospitality"), 200)
    vehicle = _line(_("Vehicle"), 120)
    lodging = _line(_("Accommodation"), 200)
    staff = _line(_("Accompanied by"), 200)
    staff_count = forms.IntegerField(
        label=_("How many of us"),
        min_value=0,
        max_value=50,
        initial=1,
        help_text=_("Who sits at the table bears a share."),
    )
    estimate_amount = forms.DecimalField(
        label=_("Estimated cost in yuan"), min_value=Decimal("0.01"), max_digits=12, decimal_places=2
    )
    line = LineField()
    compliance_reason = _text(
        _("Reason for a compliance approval"),
        required=False,
        help_text=_("Only above a limit, and for public officials."),
    )

    def __init__(self, *args: Any, unit: KeyAccount, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit = unit
        people = Person.objects.filter(unit=unit).present().select_related("unit").order_by("pk")
        self.fields["guests"].queryset = people  # type: ignore[attr-defined]  # a GuestsField
        self.fields["line"].offer(user)  # type: ignore[attr-defined]  # a LineField

    def asked(self) -> Asked:
        told = self.cleaned_data
        return Asked(
            self.unit,
            list(told["guests"]),
            told["arrives_on"],
            told["leaves_on"],
            told["purpose"],
            told["estimate_amount"],
            told["line"],
            told["compliance_reason"],
            {name: told[name] for name in _MORE},
        )


class ReportForm(BaseForm):
    """What happened at the reception."""

    came = GuestsField(label=_("Who came"), queryset=Person.objects.none())
    amount = forms.DecimalField(
        label=_("Actual cost in yuan"), min_value=Decimal("0.01"), max_digits=12, decimal_places=2
    )
    document = forms.CharField(label=_("Number of the bill"), max_length=60)
    course = _text(_("What happened"), 3)
    result = _text(_("Result"), 3)
    follow_up = _text(_("Follow-up"), required=False)
    over_reason = OverReason(
        help_text=_("Only above what was approved, or where a share comes to more than a limit.")
    )

    def __init__(self, *args: Any, reception: Reception, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Person.objects.filter(receptions__reception=reception).order_by("pk")
        self.fields["came"].queryset = people  # type: ignore[attr-defined]  # a GuestsField

    def report(self) -> Report:
        told = self.cleaned_data
        return Report(
            {person.pk for person in told["came"]},
            told["amount"],
            told["document"],
            told["course"],
            told["result"],
            told["follow_up"],
            told["over_reason"],
        )


class ExplainForm(BaseForm):
    """Why a share came above its limit."""

    reason = _text(_("Why it cost more"), 3)


class CancelForm(BaseForm):
    """Why it does not take place."""

    reason = forms.CharField(label=_("Reason"), max_length=200)
