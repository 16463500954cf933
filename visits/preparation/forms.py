"""Shape of the preparation page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kam.core.forms import BaseForm
from visits.preparation.labels import QUESTIONS
from visits.preparation.terms import SelfQuestion

LONGEST = 4000


def answer_name(question: SelfQuestion) -> str:
    """Return the name of the field of a question."""
    return f"answer_{question.value}"


class PreparationForm(BaseForm):
    """The outline, one answer per self-question, homework, and what to ask next time."""

    outline = forms.CharField(
        label=_("Question outline, one a line"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    homework = forms.CharField(
        label=_("Homework: how do they decide from day to day, how do they work?"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    next_questions = forms.CharField(
        label=_("Questions for next time, one a line"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in SelfQuestion:
            self.fields[answer_name(question)] = forms.CharField(
                label=QUESTIONS[question],
                required=False,
                max_length=LONGEST,
                widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"}),
            )
