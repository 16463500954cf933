"""Shapes of what people type about persons; the services decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.persons import labels
from accounts.persons.models import Person
from accounts.persons.terms import ASSESSED_FIELDS, BuyerRole, Confidence, GatekeeperKind, RelationKind
from accounts.units.forms import day_field, day_input
from accounts.units.models import KeyAccount
from kam.core.forms import BaseForm, BaseModelForm
from kam.search.forms import PickField
from kam.users.models import User
from kam.users.terms import SELLERS

_FIVE = [("", "–"), *((n, str(n)) for n in range(1, 6))]
_RATINGS = [("", "–"), *((n, f"{n:+d}" if n else "0") for n in range(-5, 6))]


class PersonForm(BaseModelForm):
    """Who the person is and how to reach them."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Person
        fields = (
            *("name", "post", "department", "reports_to", "mobile", "phone", "wechat", "email"),
            *("official", "consent_source", "consent_on", "birthday", "hobbies", "home", "family"),
            *("level", "function", "background", "knows_unit", "has_appeal", "has_decision_power"),
            *("knows_places", "knows_times", "insider_learn", "insider_cultivate", "insider_tasks"),
            "insider_density",
        )
        labels = {"name": pgettext_lazy("person", "Name")}
        widgets = {
            "birthday": day_input(),
            "consent_on": day_input(),
            "mobile": forms.TextInput(attrs={"type": "tel"}),
            "phone": forms.TextInput(attrs={"type": "tel"}),
            "background": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, unit: KeyAccount, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Person.objects.filter(unit=unit).present()
        if self.instance.pk:
            self.initial["version"] = self.instance.version
            others = others.exclude(pk=self.instance.pk)
        self.fields["reports_to"].queryset = others  # type: ignore[attr-defined]  # a ModelChoiceField

    def values(self) -> dict[str, Any]:
        """Return what the service takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    def _post_clean(self) -> None:
        """Leave the row alone: the service reads it again under a lock."""


class AssessForm(BaseForm):
    """What one visit taught us about a person."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    learned_on = day_field(_("Learned on"))
    attitude = forms.ChoiceField(label=_("Attitude"), choices=list(labels.ATTITUDE_LABELS.items()))
    influence = forms.TypedChoiceField(
        label=_("Influence (1–5)"), choices=_FIVE, coerce=int, empty_value=None, required=False
    )
    style = forms.ChoiceField(
        label=_("Personality style"), choices=[("", "–"), *labels.STYLE_LABELS.items()], required=False
    )
    response_mode = forms.ChoiceField(
        label=_("Response mode"), choices=[("", "–"), *labels.RESPONSE_LABELS.items()], required=False
    )
    rating = forms.TypedChoiceField(
        label=_("Rating (−5 … +5)"), choices=_RATINGS, coerce=int, empty_value=None, required=False
    )
    awareness = forms.TypedChoiceField(
        label=_("Awareness of our product (1–5)"), choices=_FIVE, coerce=int, empty_value=None, required=False
    )
    acceptance = forms.TypedChoiceField(
        label=_("Acceptance of our product (1–5)"),
        choices=_FIVE,
        coerce=int,
        empty_value=None,
        required=False,
    )
    insider = forms.ChoiceField(label=_("Insider"), choices=list(labels.INSIDER_LABELS.items()))
    personal_win = forms.CharField(label=_("Personal win"), max_length=300, required=False)

    @classmethod
    def initial_of(cls, person: Person) -> dict[str, Any]:
        """Return the latest assessment as initial values."""
        return {name: getattr(person, name) for name in ASSESSED_FIELDS} | {"version": person.version}

    def assessment(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ASSESSED_FIELDS}


_ROLES = {
    BuyerRole.DECISION_MAKER.value: (
        BuyerRole.DECISION_MAKER,
        "",
        labels.ROLE_LABELS[BuyerRole.DECISION_MAKER],
    ),
    GatekeeperKind.TECHNICAL.value: (
        *(BuyerRole.GATEKEEPER, GatekeeperKind.TECHNICAL),
        labels.GATEKEEPER_LABELS[GatekeeperKind.TECHNICAL],
    ),
    GatekeeperKind.FINANCIAL.value: (
        *(BuyerRole.GATEKEEPER, GatekeeperKind.FINANCIAL),
        labels.GATEKEEPER_LABELS[GatekeeperKind.FINANCIAL],
    ),
    BuyerRole.USER.value: (BuyerRole.USER, "", labels.ROLE_LABELS[BuyerRole.USER]),
}


class RoleForm(BaseForm):
    """One of the four seats, assumed or confirmed, from a day on."""

    role = forms.ChoiceField(label=_("Buyer role"), choices=[(key, row[2]) for key, row in _ROLES.items()])
    confidence = forms.ChoiceField(label=_("Confidence"), choices=list(labels.CONFIDENCE_LABELS.items()))
    on = day_field(_("From"))

    def role_and_kind(self) -> tuple[BuyerRole, str]:
        role, kind, _label = _ROLES[self.cleaned_data["role"]]
        return role, str(kind)

    def confidence_value(self) -> Confidence:
        return Confidence(self.cleaned_data["confidence"])


class LeftForm(BaseForm):
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    on = day_field(_("Last day"))
    reason = forms.CharField(label=_("Why or where to"), max_length=300, required=False)


class RelationForm(BaseForm):
    """A tie to another person of the unit, or to one of us."""

    kind = forms.ChoiceField(label=_("Kind"), choices=list(labels.RELATION_LABELS.items()))
    other = forms.ModelChoiceField(
        label=_("Another person here"), queryset=Person.objects.none(), required=False
    )
    staff = PickField("users.seller", User.objects.none(), label=_("Or one of us"), required=False)
    strength = forms.TypedChoiceField(
        label=_("Strength (1–5)"), choices=[(n, str(n)) for n in range(1, 6)], coerce=int, initial=3
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Person.objects.filter(unit=person.unit_id).exclude(pk=person.pk)
        self.fields["other"].queryset = others  # type: ignore[attr-defined]  # a ModelChoiceField
        staff = User.objects.working().filter(position__in=list(SELLERS)).order_by("name")
        self.fields["staff"].queryset = staff  # type: ignore[attr-defined]  # a ModelChoiceField

    def kind_value(self) -> RelationKind:
        return RelationKind(self.cleaned_data["kind"])


class ReasonForm(BaseForm):
    reason = forms.CharField(label=_("Reason"), max_length=300)
