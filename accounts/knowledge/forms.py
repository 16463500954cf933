"""Shapes of what people type about suggestions, support, articles and training."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.complaints.forms import colleague_field, text_field
from accounts.knowledge.labels import (
    ARTICLE_LABELS,
    CATEGORY_LABELS,
    DEPARTMENT_LABELS,
    SUGGESTION_LABELS,
    SUPPORT_LABELS,
)
from accounts.knowledge.models import Suggestion, SupportRequest, TrainingPlace
from accounts.knowledge.rules import BEST_RATING
from accounts.knowledge.terms import (
    SUGGESTION_TRANSITIONS,
    SUPPORT_TRANSITIONS,
    SuggestionState,
    SupportState,
)
from accounts.persons.models import Person
from accounts.units.forms import day_field
from accounts.units.models import KeyAccount
from kam.core.forms import BaseForm
from kam.search.forms import PickField, PickManyField
from kam.users.models import User


def version_field() -> forms.IntegerField:
    return forms.IntegerField(required=False, widget=forms.HiddenInput)


class SuggestionForm(BaseForm):
    text = text_field(_("What the customer suggests"))
    received_on = day_field(_("Received on"))
    person = forms.ModelChoiceField(label=_("Who said it"), queryset=Person.objects.none(), required=False)
    owner = colleague_field(_("Who answers"))

    def __init__(self, *args: Any, unit: KeyAccount, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = Person.objects.filter(unit=unit).present()  # type: ignore[attr-defined]  # a ModelChoiceField


class SaidForm(BaseForm):
    """What the customer was answered."""

    version = version_field()
    text = text_field(_("Our answer"))


def _following(form: forms.Form, labels: Any, following: Any) -> None:
    """Offer the next states only; accept all, so that an old page gets 409 and not "no valid choice"."""
    to = form.fields["to"]
    assert isinstance(to, forms.ChoiceField)  # noqa: S101 -- for the type checker
    to.choices = list(labels.items())
    to.widget.choices = [(state, label) for state, label in labels.items() if state in following]


class SettleForm(BaseForm):
    version = version_field()
    to = forms.ChoiceField(label=_("Next state"))
    department = forms.ChoiceField(
        label=_("Department"), choices=[("", "–"), *DEPARTMENT_LABELS.items()], required=False
    )
    text = text_field(_("What came of it"), required=False, rows=3, length=2000)

    def __init__(self, *args: Any, suggestion: Suggestion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        following = SUGGESTION_TRANSITIONS.get(SuggestionState(suggestion.state), frozenset())
        _following(self, SUGGESTION_LABELS, following)


class SupportForm(BaseForm):
    text = text_field(_("What is needed"), rows=3, length=2000)
    department = forms.ChoiceField(label=_("Department"), choices=list(DEPARTMENT_LABELS.items()))
    helper = colleague_field(_("Who helps"))
    due_on = day_field(_("Until"))
    unit = PickField("accounts.unit", KeyAccount.objects.none(), label=_("About which unit"), required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = KeyAccount.objects.visible_to(user)  # type: ignore[attr-defined]  # a PickField


class MoveSupportForm(BaseForm):
    version = version_field()
    to = forms.ChoiceField(label=_("Next state"))
    text = text_field(_("What came of it, or why not"), required=False, rows=3, length=2000)

    def __init__(self, *args: Any, support: SupportRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _following(self, SUPPORT_LABELS, SUPPORT_TRANSITIONS.get(SupportState(support.state), frozenset()))


class RateForm(BaseForm):
    version = version_field()
    rating = forms.TypedChoiceField(
        label=_("Rating (5 is best)"), choices=[(n, str(n)) for n in range(BEST_RATING, 0, -1)], coerce=int
    )


class ArticleForm(BaseForm):
    version = version_field()
    kind = forms.ChoiceField(label=_("Kind"), choices=list(ARTICLE_LABELS.items()))
    category = forms.ChoiceField(label=_("Category"), choices=list(CATEGORY_LABELS.items()))
    title = forms.CharField(label=_("Title"), max_length=200)
    text = text_field(
        _("Text (of a case: what happened, problems, experience, improvement)"), rows=14, length=20_000
    )
    unit = PickField(
        "accounts.unit", KeyAccount.objects.none(), label=_("Case of which unit"), required=False
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = KeyAccount.objects.visible_to(user)  # type: ignore[attr-defined]  # a PickField


class PeopleForm(BaseForm):
    people = PickManyField("users.colleague", User.objects.working(), label=_("Who takes part"))


class TrainingForm(BaseForm):
    title = forms.CharField(label=_("Title"), max_length=200)
    category = forms.ChoiceField(label=_("Category"), choices=list(CATEGORY_LABELS.items()))
    on = day_field(_("Day"))
    starts_at = forms.TimeField(label=_("Begins at"), widget=forms.TimeInput(attrs={"type": "time"}))
    ends_at = forms.TimeField(label=_("Ends at"), widget=forms.TimeInput(attrs={"type": "time"}))
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    trainer = forms.CharField(label=_("Trainer"), max_length=120)
    materials = text_field(_("Materials"), required=False, rows=3, length=2000)
    people = PickManyField(
        "users.colleague", User.objects.working(), label=_("Who takes part"), required=False
    )


class ResultForm(BaseForm):
    attended = forms.BooleanField(label=_("Took part"), required=False)
    result = forms.CharField(label=_("Result"), max_length=200, required=False)

    def __init__(self, *args: Any, place: TrainingPlace, **kwargs: Any) -> None:
        initial = {"attended": place.attended is not False, "result": place.result}
        super().__init__(*args, initial=initial, **kwargs)
