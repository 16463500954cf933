"""Shapes of what people type about surveys; the form of a questionnaire is made from its questions."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.persons.models import Person
from accounts.satisfaction.labels import LINE_PROBLEMS
from accounts.satisfaction.models import Question, QuestionnaireVersion, SurveyRound
from accounts.satisfaction.rules import MAX_TEXT, Given, QuestionSpec, parse_questions
from accounts.satisfaction.terms import SCALES, QuestionKind
from accounts.units.forms import day_field
from accounts.units.models import KeyAccount
from kam.core.forms import BaseForm


class RoundForm(BaseForm):
    version = forms.ModelChoiceField(label=_("Questionnaire"), queryset=QuestionnaireVersion.objects.none())
    title = forms.CharField(label=_("Title"), max_length=120)
    ends_on = day_field(_("Open until"))

    def __init__(self, *args: Any, versions: QuerySet[QuestionnaireVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].queryset = versions  # type: ignore[attr-defined]  # a ModelChoiceField


class AskForm(BaseForm):
    """Whom to ask in which round."""

    round = forms.ModelChoiceField(label=_("Survey round"), queryset=SurveyRound.objects.none())
    persons = forms.ModelMultipleChoiceField(
        label=_("Who is asked"),
        queryset=Person.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    by_mail = forms.BooleanField(
        label=_("Send the link by e-mail to those who have an address"), required=False, initial=True
    )

    def __init__(self, *args: Any, unit: KeyAccount, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["round"].queryset = SurveyRound.objects.open()  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["persons"].queryset = Person.objects.filter(unit=unit).present()  # type: ignore[attr-defined]  # see above


class VersionForm(BaseForm):
    """The questions, a line each."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    questions = forms.CharField(
        label=_("Questions"),
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false"}),
        max_length=20_000,
        help_text=_(
            "A line each: kind | English | 简体 | 繁體 | choices. Kinds: score, nps, single, multiple, text; a ? after the kind makes it"
            " voluntary. Choices: yes/是/是; no/否/否"
        ),
    )

    def clean_questions(self) -> list[QuestionSpec]:
        specs, problems = parse_questions(self.cleaned_data["questions"])
        if problems:
            raise ValidationError([str(LINE_PROBLEMS[code]) % {"line": line} for line, code in problems])
        return specs


class AnswerForm(BaseForm):
    """The questionnaire itself: one field a question, named by its place."""

    def __init__(self, *args: Any, questions: Sequence[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for question in questions:
            self.fields[f"q{question.place}"] = _field(question)

    def given(self) -> dict[int, Given]:
        """Return the answers by place."""
        return {
            question.place: _given(question, self.cleaned_data[f"q{question.place}"])
            for question in self.questions
        }


def _field(question: Question) -> forms.Field:
    kind, label, required = QuestionKind(question.kind), str(question), question.is_required
    if kind in SCALES:
        low, high = SCALES[kind]
        hint = (
            gettext("1 very dissatisfied … 5 very satisfied")
            if kind is QuestionKind.SCORE
            else gettext("0 not at all … 10 certainly")
        )
        numbers = [(n, str(n)) for n in range(low, high + 1)]
        field: forms.Field = forms.TypedChoiceField(
            label=label, choices=numbers, coerce=int, empty_value=None, required=required, help_text=hint
        )
        field.widget = forms.RadioSelect(choices=numbers, attrs={"class": "sv-scale"})
        return field
    if kind is QuestionKind.TEXT:
        box = forms.Textarea(attrs={"rows": 3})
        return forms.CharField(label=label, required=required, max_length=MAX_TEXT, widget=box)
    offered = list(enumerate(question.choice_words))
    if kind is QuestionKind.SINGLE:
        single = forms.TypedChoiceField(
            label=label, choices=offered, coerce=int, empty_value=None, required=required
        )
        single.widget = forms.RadioSelect(choices=offered)
        return single
    return forms.TypedMultipleChoiceField(
        label=label, choices=offered, coerce=int, required=required, widget=forms.CheckboxSelectMultiple
    )


def _given(question: Question, value: Any) -> Given:
    kind = QuestionKind(question.kind)
    if kind in SCALES:
        return Given(number=value)
    if kind is QuestionKind.TEXT:
        return Given(text=value or "")
    if kind is QuestionKind.SINGLE:
        return Given(chosen=() if value is None else (value,))
    return Given(chosen=tuple(value or ()))
