"""What people choose on the map, and where they put a person."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.charts.labels import STEP_LABELS
from accounts.charts.rules.flow import MAX_STEP_DAYS, Step
from accounts.charts.selectors import last_quarter_end
from accounts.charts.terms import StepKind
from accounts.persons.models import Person
from accounts.units.forms import day_input
from accounts.units.models import KeyAccount
from kam.core.asked import day_in
from kam.core.clock import business_date
from kam.core.errors import BusinessError
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


class StepForm(BaseForm):
    """One row of the decision flow; a row with nothing in it is no step."""

    kind = forms.ChoiceField(label=_("Step"), choices=list(STEP_LABELS.items()))
    person = forms.ModelChoiceField(
        label=_("Person"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=_("Person: nobody we know"),
    )
    who = forms.CharField(label=_("or who"), max_length=80, required=False)
    days = forms.IntegerField(label=_("Days it takes"), min_value=0, max_value=MAX_STEP_DAYS, required=False)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]  # a ModelChoiceField
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = str(field.label)
            if not isinstance(field, forms.ChoiceField):
                field.widget.attrs["placeholder"] = str(field.label)

    def step(self) -> Step:
        told = self.cleaned_data
        person = told["person"]
        return Step(StepKind(told["kind"]), person.pk if person else None, told["who"], told["days"])


class FlowForm:
    """The rows of a flow as they stand on the page: repeated fields, in the order of the rows.

    Dragging a row moves its fields, so the order of the rows is the order of the steps; nothing is numbered.
    """

    SPARE, SPARE_AT_FIRST = 1, 4

    def __init__(self, unit: KeyAccount, *, posted: Any = None, steps: list[Step] | None = None) -> None:
        self.people = Person.objects.filter(unit=unit).order_by("name", "pk")
        self.problem = ""
        if posted is not None:
            rows = zip(*(posted.getlist(name) for name in ("kind", "person", "who", "days")), strict=False)
            told = [dict(zip(("kind", "person", "who", "days"), row, strict=True)) for row in rows]
            self.forms = [
                StepForm(row, people=self.people, auto_id=f"step-{n}-%s")
                for n, row in enumerate(
                    row for row in told if row["person"] or row["who"].strip() or row["days"]
                )
            ]
        else:
            self.forms = [
                StepForm(
                    people=self.people,
                    auto_id=f"step-{n}-%s",
                    initial={"kind": s.kind, "person": s.person_id, "who": s.who, "days": s.days},
                )
                for n, s in enumerate(steps or [])
            ]

    def spare(self) -> list[StepForm]:
        """Return empty rows to fill in; the last one is the pattern for more."""
        kinds = list(StepKind)
        start = len(self.forms)
        return [
            StepForm(
                people=self.people,
                auto_id=f"step-{start + n}-%s",
                initial={"kind": kinds[min(start + n, len(kinds) - 1)]},
            )
            for n in range(self.SPARE if self.forms else self.SPARE_AT_FIRST)
        ]

    def is_valid(self) -> bool:
        valid = [form.is_valid() for form in self.forms]  # every row tells its errors
        return all(valid)

    def steps(self) -> list[Step]:
        return [form.step() for form in self.forms]

    def refuse(self, error: BusinessError) -> None:
        """Put the refusal at its row, or above all rows."""
        place = (error.field or "").removeprefix("step-")
        if place.isdecimal() and int(place) < len(self.forms):
            self.forms[int(place)].add_error(None, str(error))
        else:
            self.problem = str(error)
