"""What somebody types about a job sheet."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kam.core.forms import BaseForm
from kam.job_sheets.labels import PART_LABELS, SUBJECT_LABELS
from kam.job_sheets.terms import Part


class BeginForm(BaseForm):
    """Whose sheet gets a new version."""

    subject = forms.ChoiceField(label=_("Position"), choices=list(SUBJECT_LABELS.items()))


def _box(part: Part, rows: int, *, most: int = 2000) -> forms.CharField:
    return forms.CharField(
        label=PART_LABELS[part],
        max_length=most,
        required=False,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class TextForm(BaseForm):
    """The boxes of one language; one item a line."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    place = _box(Part.PLACE, 3, most=500)
    qualification = _box(Part.QUALIFICATION, 3)
    abilities = _box(Part.ABILITIES, 3)
    attitude = _box(Part.ATTITUDE, 4)
    duties = _box(Part.DUTIES, 10, most=4000)
    powers = _box(Part.POWERS, 5)
    assessment = _box(Part.ASSESSMENT, 5)
    change_note = forms.CharField(label=_("What is new in this version?"), max_length=300, required=False)
