"""The rows of a unit's plans, the conclusion of a review, and a drafted proposal."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.roles.labels import SEAT_LABELS
from accounts.roles.terms import Seat
from accounts.service_plans.labels import (
    DAY_PART_LABELS,
    EVERY_LABELS,
    MODE_LABELS,
    PROBLEMS,
    WEEKDAYS,
)
from accounts.service_plans.models import ServicePlanTemplate
from accounts.service_plans.rules import Draft, Frequency, frequency_problem
from accounts.service_plans.terms import TEXTS, DayPart, Every, Mode
from accounts.units.forms import day_field
from kam.core.errors import BusinessError
from kam.core.forms import BaseForm, BaseModelForm

_DAYS = list(enumerate(WEEKDAYS))
_LAST_DAY = 31


class PlanRowForm(BaseForm):
    """One person in one role: the five columns, or no plan."""

    is_planned = forms.BooleanField(label=_("Serve by plan"), required=False)
    objective = forms.CharField(label=_("Objective"), max_length=300, required=False)
    action = forms.CharField(
        label=_("Action"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    mode = forms.ChoiceField(label=_("Mode"), choices=list(MODE_LABELS.items()))
    day_part = forms.ChoiceField(label=_("Time of day"), choices=list(DAY_PART_LABELS.items()))
    number = forms.IntegerField(label=_("Every"), min_value=1, max_value=99)
    every = forms.ChoiceField(label=_("Unit of time"), choices=list(EVERY_LABELS.items()))
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Days of the week"),
        choices=_DAYS,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    day_of_month = forms.IntegerField(
        label=_("Day of the month"), min_value=1, max_value=_LAST_DAY, required=False
    )

    def draft(self, person_id: int, seat: str) -> Draft:
        """Return the row with only those days that its frequency asks for."""
        told = self.cleaned_data
        every = Every(told["every"])
        frequency = Frequency(
            every,
            told["number"],
            tuple(told["weekdays"]) if every is Every.WEEKS else (),
            told["day_of_month"] if every is Every.MONTHS else None,
        )
        return Draft(
            person_id,
            seat,
            told["objective"],
            told["action"],
            Mode(told["mode"]),
            DayPart(told["day_part"]),
            frequency,
        )


def initial_of(draft: Draft, *, is_planned: bool) -> dict[str, Any]:
    """Return what a row of the form begins with."""
    return {
        "is_planned": is_planned,
        "objective": draft.objective,
        "action": draft.action,
        "mode": draft.mode,
        "day_part": draft.day_part,
        "every": draft.frequency.every,
        "number": draft.frequency.number,
        "weekdays": list(draft.frequency.weekdays),
        "day_of_month": draft.frequency.day_of_month,
    }


class HeadForm(BaseForm):
    """From when on the rows hold, and why."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    review = forms.IntegerField(widget=forms.HiddenInput, required=False)
    starts_on = day_field(_("From"))
    reason = forms.CharField(
        label=_("Why it changes"),
        max_length=300,
        required=False,
        help_text=_("Needed where a plan that runs already changes."),
    )


class Row:
    """A row of the page: who it is about, its fields, and what the plan says now, None where there is none."""

    def __init__(self, person: Any, seat: str, form: PlanRowForm, *, known: Draft | None) -> None:
        self.person, self.seat, self.form, self.known = person, seat, form, known

    @property
    def is_new(self) -> bool:
        return self.known is None

    @property
    def wants_plan(self) -> bool:
        return bool(self.form.data.get(self.form.add_prefix("is_planned")))

    def draft(self) -> Draft | None:
        """Return what the row asks for: its columns, the end of a plan, or nothing where nobody plans anything."""
        if self.wants_plan:
            return self.form.draft(self.person.pk, self.seat)
        return replace(self.known, is_stopped=True) if self.known else None

    @property
    def label(self) -> Any:
        return SEAT_LABELS[Seat(self.seat)]

    @property
    def wide(self) -> list[Any]:
        return [self.form[name] for name in TEXTS]

    @property
    def narrow(self) -> list[Any]:
        return [self.form[name] for name in ("mode", "day_part", "number", "every")]


class PlansForm:
    """The head and the rows as one form; a row of somebody who was not on the page is left as it is."""

    def __init__(self, head: HeadForm, rows: list[Row]) -> None:
        self.head, self.rows = head, rows

    def is_valid(self) -> bool:
        """Check everything, so that each row tells its errors; a row without a plan needs no columns."""
        valid = [self.head.is_valid()]
        for row in self.rows:
            fine = row.form.is_valid()
            if row.wants_plan:
                valid.append(fine)
        return all(valid)

    @property
    def problems(self) -> list[tuple[str, str, Any]]:
        """Return where to go, what it is called and what is wrong, for the summary above the rows."""
        rows: list[tuple[Any, str]] = [(self.head, "")]
        rows += [
            (row.form, f"{row.person.name}: ") for row in self.rows if row.form.is_bound and row.wants_plan
        ]
        return [
            (form[name].id_for_label, f"{whose}{form.fields[name].label or ''}", error)
            if name in form.fields
            else ("main", whose.rstrip(": "), error)
            for form, whose in rows
            if form.is_bound
            for name, errors in form.errors.items()
            for error in errors
        ]

    def drafts(self) -> list[tuple[int, Draft]]:
        """Return place and draft of each row that asks for something."""
        return [(place, draft) for place, row in enumerate(self.rows) if (draft := row.draft())]

    def refuse(self, error: BusinessError, places: list[int]) -> None:
        """Put the refusal at its field; `places` are the rows that were asked about, in their order."""
        name, _dash, rest = (error.field or "").partition("-")
        number, _dash, field = rest.partition("-")
        if name == "row" and number.isdecimal() and int(number) < len(places):
            form = self.rows[places[int(number)]].form
            form.add_error(field if field in form.fields else None, str(error))
        else:
            self.head.add_error(error.field if error.field in self.head.fields else None, str(error))


class ReviewForm(BaseForm):
    conclusion = forms.CharField(
        label=_("What do you conclude?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What worked, what did not, what changes now."),
    )


class TemplateForm(BaseModelForm):
    """A new version of what is proposed for a role at units of a tier."""

    weekdays = forms.TypedMultipleChoiceField(
        label=_("days of the week"),
        choices=_DAYS,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = ServicePlanTemplate
        fields = (
            *("seat", "tier", "objective", "objective_zh_hans", "objective_zh_hant"),
            *("action", "action_zh_hans", "action_zh_hant", "mode", "day_part"),
            *("number", "every", "weekdays", "day_of_month"),
        )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if "every" in told and "number" in told:
            frequency = Frequency(
                Every(told["every"]),
                told["number"],
                tuple(told.get("weekdays") or ()),
                told.get("day_of_month"),
            )
            if problem := frequency_problem(frequency):
                field, code = problem
                self.add_error(field, PROBLEMS[code])
        return told

    def payload(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def title(self) -> str:
        return f"{self.cleaned_data['seat']} · {self.cleaned_data['tier']}"

    def _post_clean(self) -> None:
        """Leave the constraints of the table to the service: a draft is no row yet."""
