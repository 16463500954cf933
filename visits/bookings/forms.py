"""Shapes of what the clerk types: a thing, and who gets it when."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.units.forms import day_field
from kam.core.clock import department_zone
from kam.core.forms import BaseForm
from kam.search.forms import PickField
from kam.users.models import User
from kam.users.terms import Position
from visits.bookings.models import KIND_LABELS, Resource
from visits.bookings.rules import Slot
from visits.bookings.terms import ResourceKind


def _time_field(label: Any, first: time) -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time", "step": 1800}, format="%H:%M")
    return forms.TimeField(label=label, widget=widget, initial=first)


class ResourceForm(BaseForm):
    """A thing as it is called."""

    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("Number plate, room, device."))
    remark = forms.CharField(label=_("Remark"), max_length=200, required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class NewResourceForm(ResourceForm):
    """A new one also says what it is."""

    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[(k.value, KIND_LABELS[k]) for k in ResourceKind if k is not ResourceKind.PERSON],
    )
    field_order = ("kind", "name", "remark")


class LendForm(BaseForm):
    """Who gets what, when."""

    resource = forms.ModelChoiceField(Resource.objects.none(), label=_("Vehicle, room or equipment"))
    whom = PickField("users.lendable", User.objects.none(), label=pgettext_lazy("equipment", "For whom"))
    day = day_field(_("Day"))
    start = _time_field(_("Starts at"), time(9))
    end = _time_field(_("Ends at"), time(12))
    remark = forms.CharField(
        label=_("Remark"),
        max_length=120,
        required=False,
        help_text=_("Everybody who plans reads this: no names of customers."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("resource", Resource.objects.usable()), ("whom", lendable_people())):
            field = self.fields[name]
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = rows

    def slot(self) -> Slot:
        told, zone = self.cleaned_data, department_zone()
        return Slot(
            datetime.combine(told["day"], told["start"], tzinfo=zone),
            datetime.combine(told["day"], told["end"], tzinfo=zone),
        )


def lendable_people() -> Any:
    """Return everybody who may have a thing of the department."""
    return User.objects.working().exclude(position=Position.ADMINISTRATOR)
