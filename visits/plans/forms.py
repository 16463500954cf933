"""Shapes of what comes in from the planner."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.persons.models import Person
from accounts.units.models import KeyAccount
from kam.core.clock import business_date
from kam.core.forms import BaseForm
from kam.core.periods import Period
from kam.search.forms import PickField, row_of
from kam.users.models import User
from visits.bookings.models import Resource
from visits.bookings.terms import ResourceKind
from visits.plans.labels import DAY_OVER, UNIT_MISSING, week_day
from visits.plans.models import HALF_LABELS, MODE_LABELS
from visits.plans.terms import HalfDay, VisitMode

HALVES = [(h.value, HALF_LABELS[h]) for h in HalfDay]
MODES = [(m.value, MODE_LABELS[m]) for m in VisitMode]


def _time_field(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=False,
        widget=forms.TimeInput(attrs={"type": "time", "step": 300}, format="%H:%M"),
    )


class LineForm(BaseForm):
    """One line: who, when, what for, and what it takes."""

    unit = PickField(
        "visits.plan_unit",
        KeyAccount.objects.none(),
        label=_("Unit"),
        error_messages={"required": UNIT_MISSING},
    )
    persons = forms.ModelMultipleChoiceField(
        Person.objects.none(),
        label=_("Persons to meet"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    day = forms.TypedChoiceField(label=_("Day"), coerce=date.fromisoformat)
    half_day = forms.ChoiceField(label=_("Half day"), choices=HALVES, initial=HalfDay.MORNING)
    start = _time_field(_("Starts at"))
    end = _time_field(_("Ends at"))
    mode = forms.ChoiceField(label=_("Way"), choices=MODES, initial=VisitMode.VISIT)
    purpose = forms.CharField(label=_("Purpose"), max_length=300)
    questions = forms.CharField(
        label=_("Questions, one a line"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    materials = forms.CharField(label=_("Materials"), required=False, max_length=300)
    gifts = forms.CharField(label=_("Gifts"), required=False, max_length=300)
    vehicle = forms.ModelChoiceField(Resource.objects.none(), label=_("Vehicle"), required=False)
    cost = forms.DecimalField(
        label=_("Estimated cost (yuan)"),
        min_value=0,
        max_digits=12,
        decimal_places=2,
        required=False,
        initial=0,
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, owner: User, week: Period, is_new: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_new = is_new
        self.fields["unit"].required = self["mode"].value() != VisitMode.CALLS
        self._choice("unit").queryset = KeyAccount.objects.visible_to(owner)
        self._choice("vehicle").queryset = Resource.objects.usable().of_kind(ResourceKind.VEHICLE)
        self.fields["unit"].widget.within = str(owner.pk)
        unit = row_of(self, "unit")
        self._choice("persons").queryset = Person.objects.present().filter(unit=unit)
        days = self.fields["day"]
        if isinstance(days, forms.TypedChoiceField):
            days.choices = [(day.isoformat(), week_day(day)) for day in week]

    def clean_day(self) -> date:
        """Refuse a day that is over together with whatever else is wrong; the service would, alone."""
        day: date = self.cleaned_data["day"]
        if self.is_new and day < business_date():
            raise forms.ValidationError(DAY_OVER, code="day_over")
        return day

    def _choice(self, name: str) -> forms.ModelChoiceField:  # type: ignore[type-arg]  # several models
        field = self.fields[name]
        if not isinstance(field, forms.ModelChoiceField):
            raise TypeError(name)
        return field


class MoveForm(BaseForm):
    """Where a line goes: a half day (`place`, or `day` and `half_day`), or an exact moment (`to`)."""

    to = forms.CharField(required=False)
    place = forms.CharField(required=False)
    day = forms.DateField(required=False)
    half_day = forms.ChoiceField(choices=HALVES, required=False)
    start = forms.TimeField(required=False)
    end = forms.TimeField(required=False)
    reason = forms.CharField(required=False, max_length=300)
    without_vehicle = forms.BooleanField(required=False)
    version = forms.IntegerField(required=False)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        found = _moment(data.get("to", "")) or _half(data.get("place", ""))
        if found is not None:
            data["day"], data["half_day"], data["start"] = found[0], found[1], found[2] or data.get("start")
        if not data.get("day"):
            self.add_error("day", _("Choose a day."))
        return data


Found = tuple[date, str, time | None]


def _moment(text: str) -> Found | None:
    try:
        moment = datetime.fromisoformat(text)  # the department's wall clock, as the page printed it
    except ValueError:
        return None
    return moment.date(), "", moment.time()


def _half(text: str) -> Found | None:
    day, _sep, half = text.partition("|")
    try:
        return date.fromisoformat(day), HalfDay(half).value, None
    except ValueError:
        return None


class ReasonForm(BaseForm):
    """Why, and which version of the line the page showed."""

    reason = forms.CharField(label=_("Reason"), required=False, max_length=300)
    version = forms.IntegerField(required=False)


class PostponeForm(BaseForm):
    """To which day of another week, and why."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    reason = forms.CharField(label=_("Reason"), max_length=300)


class PickForm(BaseForm):
    """One proposal that is to be planned where it fits."""

    unit = forms.ModelChoiceField(KeyAccount.objects.none())
    person = forms.ModelChoiceField(Person.objects.none(), required=False)
    mode = forms.ChoiceField(choices=MODES)
    purpose = forms.CharField(max_length=300)

    def __init__(self, *args: Any, owner: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit, person = self.fields["unit"], self.fields["person"]
        if isinstance(unit, forms.ModelChoiceField) and isinstance(person, forms.ModelChoiceField):
            unit.queryset = KeyAccount.objects.visible_to(owner)
            person.queryset = Person.objects.present().filter(unit__in=KeyAccount.objects.visible_to(owner))


class GoalForm(BaseForm):
    goal = forms.CharField(label=_("Goal of the week"), required=False, max_length=300)
