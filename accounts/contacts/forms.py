"""The shape of a logged call, message or letter."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.contacts.models import CHANNEL_LABELS, DIRECTION_LABELS
from accounts.contacts.terms import ContactChannel
from accounts.persons.models import Person
from accounts.units.forms import day_field
from accounts.units.models import KeyAccount
from kam.core.forms import BaseForm

#: A visit has a report of its own; here is everything else.
_HERE = [(key, label) for key, label in CHANNEL_LABELS.items() if key != ContactChannel.VISIT]


class ContactForm(BaseForm):
    channel = forms.ChoiceField(label=_("Way"), choices=_HERE)
    direction = forms.ChoiceField(label=_("Direction"), choices=list(DIRECTION_LABELS.items()))
    on = day_field(_("Day"))
    persons = forms.ModelMultipleChoiceField(
        label=_("With whom"),
        queryset=Person.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    outcome = forms.CharField(label=_("Outcome"), max_length=300)
    text = forms.CharField(
        label=_("What was said"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    outline_used = forms.BooleanField(label=_("The question outline was used"), required=False)

    def __init__(self, *args: Any, unit: KeyAccount, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["persons"].queryset = Person.objects.filter(unit=unit).present()  # type: ignore[attr-defined]  # a ModelMultipleChoiceField
