"""Shapes of what people type about inspections; the services decide."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from accounts.units.forms import day_field, day_input
from campaigns.inspections.labels import LINE_PROBLEMS, VERDICT_LABELS
from campaigns.inspections.models import ChecklistRow, ChecklistVersion
from campaigns.inspections.rules import RowSpec, parse_checklist
from campaigns.inspections.services import Seen, Walk
from campaigns.inspections.terms import Verdict
from kam.calendar.selectors import add_working_days
from kam.core.clock import business_date
from kam.core.forms import BaseForm
from kam.files.forms import PicturesField
from kam.users.models import User
from kam.users.scopes import colleagues_seen_by

MAX_PHOTOS = 10
#: So many working days a finding has to be mended, unless another day is said.
MEND_IN = 5
_VERDICTS = list(VERDICT_LABELS.items())


@dataclass(frozen=True, slots=True)
class Asked:
    """One row on the form: what is looked at, with its three fields."""

    row: ChecklistRow
    verdict: BoundField
    text: BoundField
    due: BoundField


class InspectionForm(BaseForm):
    """The checklist itself: a row has its verdict, what is not in order, and until when it is to be mended."""

    public_id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    version = forms.ModelChoiceField(queryset=ChecklistVersion.objects.all(), widget=forms.HiddenInput)
    on = day_field(_("Day"), initial=business_date)
    accompanied = forms.CharField(label=_("Accompanied by"), max_length=120, required=False)
    assignee = forms.ModelChoiceField(label=_("Who sees that it is mended"), queryset=User.objects.none())
    note = forms.CharField(
        label=_("Remark"), required=False, max_length=2000, widget=forms.Textarea({"rows": 2})
    )
    photos = PicturesField(
        label=_("Photos"),
        limit=MAX_PHOTOS,
        help_text=_(
            "Without a connection the photos are not kept: add them to the inspection once it was sent."
        ),
    )

    def __init__(self, *args: Any, rows: Sequence[ChecklistRow], user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        self.fields["assignee"].queryset = colleagues_seen_by(user)  # type: ignore[attr-defined]  # a ModelChoiceField
        due = add_working_days(business_date(), MEND_IN)
        for row in rows:
            words = {"row": row}
            self.fields[f"verdict_{row.place}"] = forms.ChoiceField(
                label=str(row), choices=_VERDICTS, widget=forms.RadioSelect
            )
            self.fields[f"text_{row.place}"] = forms.CharField(
                label=_("Not in order: %(row)s") % words, max_length=300, required=False
            )
            self.fields[f"due_{row.place}"] = forms.DateField(
                label=_("To be mended by: %(row)s") % words,
                initial=due,
                required=False,
                widget=day_input(),
            )

    def asked(self) -> list[Asked]:
        """Return the rows with their fields, in order."""
        return [
            Asked(row, *(self[f"{name}_{row.place}"] for name in ("verdict", "text", "due")))
            for row in self.rows
        ]

    def walk(self) -> Walk:
        """Return what was seen."""
        told = self.cleaned_data
        seen = {
            row.place: Seen(
                Verdict(told[f"verdict_{row.place}"]),
                told[f"due_{row.place}"] or add_working_days(told["on"], MEND_IN),
                told[f"text_{row.place}"],
            )
            for row in self.rows
        }
        how = (told["assignee"], told["accompanied"], told["note"], told["photos"])
        return Walk(told["on"], told["version"], seen, *how)


class ChecklistForm(BaseForm):
    """The checklist, a line each."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    rows = forms.CharField(
        label=_("Checklist"),
        widget=forms.Textarea(attrs={"rows": 18, "spellcheck": "false"}),
        max_length=20_000,
        help_text=_("A line each: points | English | 简体 | 繁體. A line that begins with # is a heading."),
    )

    def clean_rows(self) -> list[RowSpec]:
        rows, problems = parse_checklist(self.cleaned_data["rows"])
        if problems:
            raise ValidationError([str(LINE_PROBLEMS[code]) % {"line": line} for line, code in problems])
        return rows
