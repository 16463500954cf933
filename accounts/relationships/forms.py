"""What people type about insiders and strengthening sheets."""

from typing import Any

from django import forms
from django.core.validators import MinValueValidator
from django.utils.translation import gettext_lazy as _

from accounts.persons.labels import INSIDER_LABELS
from accounts.relationships.labels import EASY_LABELS, OUTCOME_LABELS, STRENGTH_LABELS
from accounts.relationships.terms import EasyTask, Outcome, Strength
from accounts.units.forms import day_field
from kam.core.forms import BaseForm

_STRENGTHS = [(int(strength), label) for strength, label in STRENGTH_LABELS.items()]


def _strength(label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, choices=_STRENGTHS, coerce=lambda text: Strength(int(text)))


class InsiderForm(BaseForm):
    """Insider, candidate or neither; supporters, not agents."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Insider"), choices=list(INSIDER_LABELS.items()))
    learn = forms.CharField(label=_("What to learn from them"), max_length=300, required=False)
    cultivate = forms.CharField(
        label=_("How to cultivate"),
        max_length=300,
        required=False,
        help_text=_("Meet often, also outside work."),
    )
    tasks = forms.TypedMultipleChoiceField(
        label=_("Easy tasks"),
        choices=list(EASY_LABELS.items()),
        coerce=EasyTask,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("An insider supports us and is no agent of ours: nothing but easy tasks."),
    )
    per_month = forms.IntegerField(label=_("Contacts a month"), min_value=1, max_value=31)


class OpenForm(BaseForm):
    """A new strengthening sheet."""

    present = _strength(_("Strength now"))
    target = _strength(_("Goal"))
    goal = forms.CharField(label=_("What shall be different?"), max_length=300)
    next_review_on = day_field(_("Next review"))


class ActionForm(BaseForm):
    text = forms.CharField(label=_("What is done?"), max_length=300)
    due_on = day_field(_("Until"))
    cost = forms.DecimalField(
        label=_("Cost in yuan"),
        max_digits=10,
        decimal_places=2,
        initial=0,
        validators=[MinValueValidator(0)],
    )


class ResultForm(BaseForm):
    result = forms.CharField(label=_("What came of it?"), max_length=300)


class SheetReviewForm(BaseForm):
    """How strong it is now; the next review, or how the sheet ends."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    strength = _strength(_("Strength now"))
    result = forms.CharField(
        label=_("Result so far"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    next_review_on = day_field(_("Next review"), required=False)
    outcome = forms.TypedChoiceField(
        label=_("Or it ends here"),
        choices=[("", _("No, it goes on")), *OUTCOME_LABELS.items()],
        coerce=Outcome,
        empty_value=None,
        required=False,
    )
