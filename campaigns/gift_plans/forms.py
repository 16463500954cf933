"""Shapes of what people type about gift plans and recurring gifts; the services decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.persons.models import Person
from accounts.units.forms import day_field
from accounts.units.models import KeyAccount
from campaigns.budgets.forms import LineField
from campaigns.deals.forms import PersonOfUnitField
from campaigns.gift_plans.labels import FESTIVAL_LABELS, RHYTHM_LABELS, SOURCE_LABELS
from campaigns.gift_plans.models import GiftPlan
from campaigns.gift_plans.selectors import default_line
from campaigns.gift_plans.services import Head, Planned, Wish, units_of
from campaigns.gift_plans.terms import Festival, Source
from campaigns.gifts.forms import ItemField
from campaigns.gifts.labels import OCCASION_LABELS
from campaigns.gifts.terms import Occasion
from kam.core.clock import business_date
from kam.core.forms import BaseForm
from kam.search.forms import PickField
from kam.users.models import User


class ScheduleForm(BaseForm):
    """A gift that comes round for one person of the unit."""

    person = PersonOfUnitField(label=pgettext_lazy("gift", "For whom"), queryset=Person.objects.none())
    item = ItemField()
    quantity = forms.IntegerField(label=_("How many"), min_value=1, max_value=10_000, initial=1)
    rhythm = forms.ChoiceField(label=_("When"), choices=list(RHYTHM_LABELS.items()))
    festival = forms.ChoiceField(
        label=_("Festival"), required=False, choices=[("", "–"), *FESTIVAL_LABELS.items()]
    )
    months = forms.IntegerField(label=_("Every so many months"), required=False, min_value=1, max_value=24)
    starts_on = day_field(_("From"), initial=business_date)
    reason = forms.CharField(label=_("Why"), max_length=300)

    def __init__(self, *args: Any, unit: KeyAccount, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Person.objects.filter(unit=unit).present().select_related("unit")
        self.fields["person"].queryset = people  # type: ignore[attr-defined]  # a ModelChoiceField


class ReasonForm(BaseForm):
    reason = forms.CharField(label=_("Reason"), max_length=200)


class HeadForm(BaseForm):
    """Name, days and reasons of a plan."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("Name"), max_length=120)
    starts_on = day_field(_("From"))
    ends_on = day_field(_("Until"), help_text=_("A year at most."))
    note = forms.CharField(
        label=_("Reasons"), required=False, max_length=2000, widget=forms.Textarea({"rows": 3})
    )

    def head(self) -> Head:
        told = self.cleaned_data
        return Head(told["name"], told["starts_on"], told["ends_on"], told["note"])


class PlannedForm(BaseForm):
    """One planned gift."""

    person = PickField("accounts.person", Person.objects.none(), label=pgettext_lazy("gift", "For whom"))
    item = ItemField()
    quantity = forms.IntegerField(label=_("How many"), min_value=1, max_value=10_000, initial=1)
    occasion = forms.ChoiceField(label=_("Occasion"), choices=list(OCCASION_LABELS.items()))
    on = day_field(_("To be given on"))
    reason = forms.CharField(label=_("Why"), max_length=300)
    line = LineField()

    def __init__(self, *args: Any, plan: GiftPlan, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Person.objects.filter(unit__in=units_of(user)).present().select_related("unit")
        self.fields["person"].queryset = people  # type: ignore[attr-defined]  # a PickField
        self.fields["line"].offer(user)  # type: ignore[attr-defined]  # a LineField
        self.initial.setdefault("line", default_line(user))
        self.initial.setdefault("on", max(plan.starts_on, business_date()))

    def planned(self) -> Planned:
        told = self.cleaned_data
        return Planned(
            told["person"],
            told["item"],
            told["quantity"],
            Occasion(told["occasion"]),
            told["reason"],
            told["on"],
            told["line"],
        )


class FillForm(BaseForm):
    """What fills the plan at one stroke."""

    sources = forms.MultipleChoiceField(
        label=_("Fill with"),
        choices=list(SOURCE_LABELS.items()),
        widget=forms.CheckboxSelectMultiple,
        initial=[Source.SCHEDULES],
    )
    festivals = forms.MultipleChoiceField(
        label=_("At these festivals"),
        required=False,
        choices=list(FESTIVAL_LABELS.items()),
        widget=forms.CheckboxSelectMultiple,
        initial=[Festival.SPRING, Festival.MID_AUTUMN],
    )
    item = ItemField(required=False, help_text=_("What is given at birthdays and festivals."))
    quantity = forms.IntegerField(label=_("How many"), min_value=1, max_value=10_000, initial=1)
    line = LineField()

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["line"].offer(user)  # type: ignore[attr-defined]  # a LineField
        self.initial.setdefault("line", default_line(user))

    def wish(self) -> Wish:
        told = self.cleaned_data
        return Wish(
            frozenset(Source(source) for source in told["sources"]),
            told["line"],
            told["item"],
            told["quantity"],
            tuple(Festival(name) for name in told["festivals"]),
        )
