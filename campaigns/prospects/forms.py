"""Shapes of what people type about registered customers; the services decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.persons.models import Person
from accounts.units.forms import day_field
from accounts.units.models import KeyAccount
from campaigns.campaigns.labels import CHANNEL_LABELS
from campaigns.campaigns.models import Campaign
from campaigns.campaigns.terms import OfferChannel
from campaigns.prospects.labels import INTENTION_LABELS, SOURCE_LABELS
from campaigns.prospects.services import ProspectTerms
from campaigns.prospects.terms import Intention, Source
from kam.core.clock import business_date
from kam.core.forms import BaseForm


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for mypy only
    """Persons by name and post: names alone repeat."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} · {obj.post}" if obj.post else str(obj.name)


class ProspectForm(BaseForm):
    """A registered customer, of a unit or of none."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    campaign = forms.ModelChoiceField(label=_("Campaign"), queryset=Campaign.objects.none())
    person = PersonField(
        label=_("Person of the unit"),
        queryset=Person.objects.none(),
        required=False,
        help_text=_("Empty: not among the persons of the unit yet."),
    )
    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=80, required=False)
    mobile = forms.CharField(
        label=_("Mobile"), max_length=40, required=False, widget=forms.TextInput({"type": "tel"})
    )
    channel = forms.ChoiceField(label=_("Channel"), choices=list(CHANNEL_LABELS.items()))
    source = forms.ChoiceField(label=_("Source"), choices=list(SOURCE_LABELS.items()))
    source_note = forms.CharField(label=_("Which one, through whom"), max_length=120, required=False)
    intention = forms.ChoiceField(
        label=_("Intention"), choices=list(INTENTION_LABELS.items()), initial=Intention.INTERESTED
    )
    need = forms.CharField(label=_("What is wanted"), max_length=300, required=False)
    registered_on = day_field(_("Registered on"), initial=business_date)

    def __init__(self, *args: Any, unit: KeyAccount | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Campaign.objects.running().order_by("-pk")
        self.fields["campaign"].queryset = rows  # type: ignore[attr-defined]  # a ModelChoiceField
        if unit is None:
            del self.fields["person"]
            self.fields["channel"].initial = OfferChannel.OTHER
        else:
            people = Person.objects.filter(unit=unit).present().order_by("pk")
            self.fields["person"].queryset = people  # type: ignore[attr-defined]  # see above
            self.fields["channel"].initial = unit.channel

    def clean(self) -> dict[str, Any]:
        """A person of the unit brings the name along."""
        told = super().clean() or self.cleaned_data
        person = told.get("person")
        if not told.get("name"):
            if person is None:
                self.add_error("name", _("Name the customer."))
            else:
                told["name"] = person.name
        return told

    def terms(self) -> ProspectTerms:
        told = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        told |= {"source": Source(told["source"]), "intention": Intention(told["intention"])}
        return ProspectTerms(**told)


class DropForm(BaseForm):
    """Why somebody is given up."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Reason"), max_length=200)
