"""What people do with the calendar: put something elsewhere, plan what is due on a day."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.units.forms import day_field
from kam.core.forms import BaseForm
from visits.appointments.models import REASON_LABELS
from visits.plans.forms import PickForm


class MoveForm(BaseForm):
    """Where to and why. `to` is a free moment that a refusal offered, as the page printed it."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    to = forms.CharField(widget=forms.HiddenInput, required=False)
    day = day_field(_("Day"))
    start = forms.TimeField(
        label=_("At"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time", "step": 300}, format="%H:%M"),
    )
    end = forms.TimeField(widget=forms.HiddenInput, required=False)
    reason_kind = forms.ChoiceField(
        label=_("Kind of reason"),
        required=False,
        choices=[("", "–"), *((kind.value, label) for kind, label in REASON_LABELS.items())],
    )
    reason = forms.CharField(label=_("Reason"), required=False, max_length=300)

    def __init__(self, *args: Any, asks_kind: bool = True, asks_time: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].required = False
        if not asks_kind:
            del self.fields["reason_kind"]
        if not asks_time:
            for name in ("start", "end", "reason"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        try:
            moment = datetime.fromisoformat(data.get("to", ""))
        except ValueError:
            pass
        else:
            data |= {"day": moment.date(), "start": moment.time(), "end": None}
        if not data.get("day"):
            self.add_error("day", _("Choose a day."))
        return data


class PlanForm(PickForm):
    """One unit that is due, and the day on which it was dropped, with the hour where the page shows hours."""

    day = forms.DateField()
    start = forms.TimeField(required=False)
