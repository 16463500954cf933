"""Shapes of what people type about proposals; the services decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.persons.models import Person
from accounts.units.forms import day_field
from accounts.units.models import KeyAccount
from campaigns.campaigns.models import Campaign
from campaigns.proposals.labels import STATE_LABELS
from campaigns.proposals.services import Shown
from campaigns.proposals.terms import ProposalState
from kam.core.clock import business_date
from kam.core.forms import BaseForm

SUMMARY = _("What it proposes")


def _summary() -> forms.CharField:
    return forms.CharField(label=SUMMARY, max_length=4000, widget=forms.Textarea)


def _file() -> forms.FileField:
    return forms.FileField(
        label=pgettext_lazy("proposal", "File"), required=False, help_text=_("Slides or paper, as presented.")
    )


class PersonsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # generic for mypy only
    """Persons by name and post: names alone repeat."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} · {obj.post}" if obj.post else str(obj.name)


class ProposalForm(BaseForm):
    """A new proposal with its first version."""

    title = forms.CharField(label=pgettext_lazy("proposal", "Title"), max_length=120)
    campaign = forms.ModelChoiceField(label=_("Campaign"), queryset=Campaign.objects.none(), required=False)
    summary = _summary()
    upload = _file()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["campaign"].queryset = Campaign.objects.running().order_by("-pk")  # type: ignore[attr-defined]  # a ModelChoiceField


class VersionForm(BaseForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    summary = _summary()
    upload = _file()


class PresentForm(BaseForm):
    """When, to whom, how they took it."""

    on = day_field(_("Presented on"), initial=business_date)
    persons = PersonsField(
        label=_("To whom"), queryset=Person.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    place = forms.CharField(label=_("Where and how"), max_length=200, required=False)
    reaction = forms.CharField(
        label=_("How they took it"), max_length=2000, required=False, widget=forms.Textarea
    )

    def __init__(self, *args: Any, unit: KeyAccount, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["persons"].queryset = Person.objects.filter(unit=unit).present()  # type: ignore[attr-defined]  # a ModelChoiceField

    def shown(self) -> Shown:
        told = self.cleaned_data
        return Shown(told["on"], list(told["persons"]), told["place"], told["reaction"])


class AnswerForm(BaseForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    state = forms.ChoiceField(
        label=_("Their answer"),
        choices=[(s, STATE_LABELS[s]) for s in (ProposalState.ACCEPTED, ProposalState.DECLINED)],
    )
    on = day_field(_("Answered on"), initial=business_date)
    words = forms.CharField(label=_("What they said"), max_length=500)
