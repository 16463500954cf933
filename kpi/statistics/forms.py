"""Shapes of the forms on statistics."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kam.core.forms import BaseForm
from kam.core.periods import Period
from kpi.measures.rules import month_named, name_of
from kpi.statistics.models import MAX_TEXT


class HandInForm(BaseForm):
    """A month that is over, and what is said to it."""

    revision = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    month = forms.CharField(widget=forms.HiddenInput)
    note = forms.CharField(
        label=_("Note for the leader"),
        help_text=_("What stands out."),
        required=False,
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, is_revision: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_revision:
            self.fields["note"].required = True
            self.fields["note"].label = _("What changed since it was handed in last")
            self.fields["note"].help_text = ""

    def clean_month(self) -> Period:
        """Return the month that the page was about."""
        month = month_named(self.cleaned_data["month"])
        if month is None:
            raise forms.ValidationError(_("This is no month."))
        return month


class RemarkForm(BaseForm):
    """What whoever read it says."""

    remark = forms.CharField(
        label=_("Remark for the clerk"),
        required=False,
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def shown(month: Period, revision: int) -> dict[str, Any]:
    """Return what the form of a month begins with."""
    return {"month": name_of(month), "revision": revision}
