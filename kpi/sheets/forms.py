"""Shapes of the forms on score sheets."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kam.core.forms import BaseForm
from kpi.sheets.evidence import Suggested
from kpi.sheets.lines import ShownLine

GRADES = [
    ("", "–"),
    ("1", _("1 – far below what is asked")),
    ("2", _("2 – below what is asked")),
    ("3", _("3 – as asked")),
    ("4", _("4 – above what is asked")),
    ("5", _("5 – an example to others")),
]


class ReviewForm(BaseForm):
    """What the person says about the period."""

    text = forms.CharField(
        label=_("Self-review"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("What went well, what did not, what follows."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class RateForm(BaseForm):
    """A grade with its evidence for each line that is rated; empty lines stay as they are.

    A line that nobody rated yet begins with what is suggested; the assessor keeps it, changes it or empties it.
    """

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, lines: list[ShownLine], suggested: Mapping[str, Suggested], **kwargs: Any
    ) -> None:
        self.rated = [line for line in lines if line.is_rated]
        super().__init__(*args, **kwargs)
        for line in self.rated:
            told = suggested.get(line.key)
            begin = told if told is not None and not line.row["grade"] else None
            self.fields[f"grade_{line.key}"] = forms.ChoiceField(
                label=line.told.label,
                choices=GRADES,
                required=False,
                initial=begin.grade if begin else line.row["grade"] or "",
                help_text=_("Suggested: %(grade)s of 5. You decide.") % {"grade": told.grade} if told else "",
            )
            self.fields[f"evidence_{line.key}"] = forms.CharField(
                label=_("Evidence"),
                max_length=500,
                required=False,
                initial=begin.text[:500] if begin else "",
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def clean(self) -> dict[str, Any]:
        for line in self.rated:
            grade, evidence = (self.cleaned_data.get(f"{part}_{line.key}") for part in ("grade", "evidence"))
            if evidence and not grade:
                self.add_error(f"grade_{line.key}", _("Evidence needs a grade."))
            if grade and not evidence and str(line.row["grade"] or "") != grade:
                self.add_error(f"evidence_{line.key}", _("Say what the grade rests on."))
        return self.cleaned_data

    def grades(self) -> dict[str, tuple[int, str]]:
        """Return indicator → (grade, evidence) of the lines that were filled in."""
        told = self.cleaned_data
        return {
            line.key: (int(told[f"grade_{line.key}"]), told[f"evidence_{line.key}"])
            for line in self.rated
            if told[f"grade_{line.key}"] and told[f"evidence_{line.key}"]
        }


class ReasonForm(BaseForm):
    """A reason: of a waiver, an appeal, a correction."""

    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class CommentForm(BaseForm):
    """A comment on a line, or on the whole sheet."""

    indicator = forms.ChoiceField(label=_("About"), required=False)
    text = forms.CharField(label=_("Comment"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, lines: list[ShownLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["indicator"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared above
        field.choices = [("", _("The whole sheet")), *((line.key, line.told.label) for line in lines)]
