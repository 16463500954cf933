"""Shapes of what is written down at the telephone."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.persons.models import Person
from accounts.units.models import KeyAccount
from kam.core.clock import department_zone
from kam.core.forms import BaseForm
from kam.search.forms import PickField, row_of
from kam.users.models import User
from kam.users.terms import SELLERS
from visits.appointments.models import ORIGIN_LABELS, REASON_LABELS
from visits.appointments.selectors import recordable_units
from visits.appointments.terms import BreakReason, Origin

REASONS = [("", "–"), *((r.value, REASON_LABELS[r]) for r in BreakReason)]


def _date_field(label: Any, *, required: bool) -> forms.DateField:
    return forms.DateField(label=label, required=required, widget=forms.DateInput(attrs={"type": "date"}))


def _time_field(label: Any, *, required: bool) -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time", "step": 300}, format="%H:%M")
    return forms.TimeField(label=label, required=required, widget=widget)


class TimeForm(BaseForm):
    """A day with two hours, on the department's clock."""

    day = _date_field(_("Day"), required=True)
    start = _time_field(_("Starts at"), required=True)
    end = _time_field(_("Ends at"), required=False)

    def moments(self) -> tuple[datetime | None, datetime | None]:
        """Return start and end as moments, once the form is valid."""
        data, zone = self.cleaned_data, department_zone()
        day, start, end = data.get("day"), data.get("start"), data.get("end")
        if day is None or start is None:
            return None, None
        return datetime.combine(day, start, tzinfo=zone), datetime.combine(
            day, end, tzinfo=zone
        ) if end else None


class AppointmentForm(TimeForm):
    """Caller, unit, person, wished time, contact (S-156); without a day the customer was only told how to reach us."""

    unit = PickField("visits.appointment_unit", KeyAccount.objects.none(), label=_("Unit"))
    person = forms.ModelChoiceField(Person.objects.none(), label=_("Contact person"), required=False)
    user = PickField(
        "users.seller",
        User.objects.none(),
        label=_("Who goes"),
        required=False,
        help_text=_("Empty: the unit's owner."),
    )
    origin = forms.ChoiceField(
        label=_("Origin"), choices=[(o.value, ORIGIN_LABELS[o]) for o in Origin], initial=Origin.CALL
    )
    caller = forms.CharField(label=_("Caller"), required=False, max_length=80)
    contact = forms.CharField(label=_("How to reach the caller"), required=False, max_length=80)
    wished = forms.CharField(label=_("Wished time, in their words"), required=False, max_length=120)
    place = forms.CharField(label=_("Place"), required=False, max_length=200)
    topic = forms.CharField(label=_("Topic"), required=False, max_length=300)

    field_order = (
        "origin",
        "caller",
        "contact",
        "unit",
        "person",
        "user",
        "wished",
        "day",
        "start",
        "end",
        "place",
        "topic",
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choice("unit").queryset = recordable_units(by)
        unit = row_of(self, "unit")
        self._choice("person").queryset = Person.objects.visible_to(by).present().filter(unit=unit)
        self._choice("user").queryset = User.objects.working().filter(position__in=[p.value for p in SELLERS])
        self.fields["day"].required = self.fields["start"].required = False

    def _choice(self, name: str) -> forms.ModelChoiceField:  # type: ignore[type-arg]  # several models
        field = self.fields[name]
        if not isinstance(field, forms.ModelChoiceField):
            raise TypeError(name)
        return field

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if bool(data.get("day")) != bool(data.get("start")):
            self.add_error("start", _("A booked time needs the day and the hour."))
        unit = data.get("unit")
        if unit is not None and data.get("user") is None:
            data["user"] = unit.owner
            if unit.owner is None:
                self.add_error("user", _("The unit has no owner: choose who goes."))
        return data


class ChangeForm(TimeForm):
    """Another time, and why where there was one before."""

    reason_kind = forms.ChoiceField(label=_("Why"), choices=REASONS, required=False)
    reason = forms.CharField(label=_("In words"), required=False, max_length=300)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class BreakForm(BaseForm):
    """Why it will not be held."""

    reason_kind = forms.ChoiceField(label=_("Why"), choices=REASONS)
    reason = forms.CharField(label=_("In words"), required=False, max_length=300)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
