"""What people choose on the map, and where they put a person."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.charts.selectors import last_quarter_end
from accounts.persons.models import Person
from accounts.units.forms import day_input
from kam.core.asked import day_in
from kam.core.clock import business_date
from kam.core.forms import BaseForm

_DAYS = 30


class MapForm(BaseForm):
    """The day of the map, the day it is compared with, and its layers; nonsense is read as today."""

    on = forms.DateField(label=_("As of"), required=False, widget=day_input())
    against = forms.ChoiceField(
        label=_("Compared with"),
        required=False,
        choices=[
            ("quarter", _("End of the last quarter")),
            ("month", _("30 days earlier")),
            ("", _("Nothing")),
        ],
    )
    ties = forms.BooleanField(label=_("Relations"), required=False)
    staff = forms.BooleanField(label=_("Our people"), required=False)

    @classmethod
    def asked(cls, told: Any) -> "MapForm":
        """Return the form as the address asks; without anything asked, today with all layers against the last quarter."""
        if not told:
            return cls({"on": business_date(), "against": "quarter", "ties": "on", "staff": "on"})
        return cls({**told.dict(), "on": day_in(told.get("on")) or business_date()})

    @property
    def day(self) -> date:
        self.is_valid()
        day: date = self.cleaned_data.get("on") or business_date()
        return min(day, business_date())

    @property
    def against_day(self) -> date | None:
        """The day to compare with, None for none."""
        self.is_valid()
        against = self.cleaned_data.get("against")
        if against == "quarter":
            return last_quarter_end(self.day)
        return self.day - timedelta(days=_DAYS) if against == "month" else None


class PlaceForm(BaseForm):
    """Where a person stands: post, department, boss."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    post = forms.CharField(label=_("Post"), max_length=80, required=False)
    department = forms.CharField(label=_("Department"), max_length=80, required=False)
    reports_to = forms.ModelChoiceField(
        label=_("Reports to"), queryset=Person.objects.none(), required=False, empty_label=_("Nobody we know")
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Person.objects.filter(unit=person.unit_id).present().exclude(pk=person.pk)
        self.fields["reports_to"].queryset = others  # type: ignore[attr-defined]  # a ModelChoiceField


class BossForm(BaseForm):
    """A card dropped on another: the new boss, or on the free space: nobody."""

    version = forms.IntegerField()
    reports_to = forms.ModelChoiceField(queryset=Person.objects.none(), required=False)

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reports_to"].queryset = Person.objects.filter(unit=person.unit_id).present()  # type: ignore[attr-defined]  # a ModelChoiceField
