"""The evening form: the day, and a row per unit."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.units.models import KeyAccount
from kam.core.forms import BaseForm
from kam.search.forms import PickField
from kam.users.models import User
from visits.followups.models import INTENTIONS
from visits.followups.services import DayEntry, RowEntry

MAX_ROWS = 60


def _area(rows: int = 2, **attrs: Any) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "class": "form-control"} | attrs)


class DayForm(BaseForm):
    """What concerns the whole day."""

    key = forms.UUIDField(label=_("key"), widget=forms.HiddenInput)
    version = forms.IntegerField(label=_("version"), min_value=0, widget=forms.HiddenInput)
    summary = forms.CharField(label=_("The day's work"), required=False, max_length=4000, widget=_area())
    problems = forms.CharField(
        label=_("Problems of the day"), required=False, max_length=2000, widget=_area()
    )
    tomorrow = forms.CharField(label=_("Tomorrow's plan"), required=False, max_length=2000, widget=_area(3))
    further_plan = forms.CharField(
        label=_("Further expansion plan"), required=False, max_length=2000, widget=_area()
    )


class RowForm(BaseForm):
    """One unit of the day; a row without a unit is not there."""

    unit = PickField("accounts.unit", KeyAccount.objects.none(), label=_("Another unit"), required=False)
    done = forms.CharField(label=_("What was done"), required=False, max_length=2000, widget=_area())
    problems = forms.CharField(label=_("Problems met"), required=False, max_length=2000, widget=_area(1))
    result = forms.CharField(label=_("Result"), required=False, max_length=1000, widget=_area(1))
    intention = forms.ChoiceField(label=_("Purchase intention"), required=False, choices=INTENTIONS)
    next_step = forms.CharField(label=_("Next step"), required=False, max_length=300)
    next_step_on = forms.DateField(
        label=_("By"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    next_step_owner = PickField(
        "users.colleague", User.objects.none(), label=_("Who, if not myself"), required=False
    )
    help_wanted = forms.CharField(label=_("Help wanted"), required=False, max_length=300)
    help_from = PickField("users.colleague", User.objects.none(), label=_("From whom"), required=False)

    def __init__(self, *args: Any, by: User, units: Any, colleagues: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("unit", units), ("next_step_owner", colleagues), ("help_from", colleagues)):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 -- for the type checker
            field.queryset = rows
        for bound in self.fields.values():
            name = "form-select" if isinstance(bound.widget, forms.Select) else "form-control"
            bound.widget.attrs.setdefault("class", name)
        self.by = by

    @property
    def given_unit(self) -> KeyAccount | None:
        """The unit the row came with; it heads the row, also on a page that was refused. A typed one stays a field."""
        if not self.is_bound:
            return self.initial.get("unit")
        was_typed = f"{self.add_prefix('unit')}-text" in self.data
        return None if was_typed else getattr(self, "cleaned_data", {}).get("unit")

    def entry(self) -> RowEntry | None:
        """Return what the service wants; None for a row without a unit."""
        values = dict(self.cleaned_data)
        return RowEntry(**values) if values.get("unit") is not None else None


class BaseRows(forms.BaseFormSet):  # type: ignore[type-arg]  # not a generic at run time
    """Rows of one form; no unit twice."""

    def clean(self) -> None:
        units = [form.cleaned_data.get("unit") for form in self.forms if form.is_valid()]
        told = [unit for unit in units if unit is not None]
        if len(told) != len(set(told)):
            raise forms.ValidationError(_("A unit stands in two rows."))


RowFormSet = forms.formset_factory(
    RowForm, formset=BaseRows, extra=1, max_num=MAX_ROWS, absolute_max=MAX_ROWS, validate_max=True
)


def day_entry(form: DayForm, rows: Any) -> DayEntry:
    """Return what the service wants. Only after both are valid."""
    values = form.cleaned_data
    entries = [entry for row in rows if (entry := row.entry()) is not None]
    return DayEntry(
        summary=values["summary"],
        problems=values["problems"],
        tomorrow=values["tomorrow"],
        further_plan=values["further_plan"],
        rows=entries,
    )
