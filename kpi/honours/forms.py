"""Shapes of the forms on honours."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.units.models import KeyAccount
from kam.core.forms import BaseForm
from kam.users.models import Team, User
from kam.users.scopes import colleagues_seen_by, teams_seen_by
from kam.users.terms import Position
from kpi.honours.labels import KIND_LABELS, OCCASION_LABELS
from kpi.honours.rules import LARGEST


class HonourForm(BaseForm):
    """Who is honoured with what, and for what."""

    person = forms.ModelChoiceField(
        label=pgettext_lazy("staff", "Person"),
        queryset=User.objects.none(),
        required=False,
        help_text=_("Or a team."),
    )
    team = forms.ModelChoiceField(label=_("Team"), queryset=Team.objects.none(), required=False)
    occasion = forms.ChoiceField(label=_("For what"), choices=list(OCCASION_LABELS.items()))
    unit = forms.ModelChoiceField(
        label=_("Unit that was won"), queryset=KeyAccount.objects.none(), required=False
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=list(KIND_LABELS.items()))
    title = forms.CharField(label=_("What is given"), max_length=120)
    amount = forms.DecimalField(
        label=_("Amount"),
        required=False,
        max_value=LARGEST,
        max_digits=9,
        decimal_places=2,
        help_text=_("Of money only."),
    )
    on = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_hr = user.position == Position.HR
        people = User.objects.working().order_by("name", "pk") if is_hr else colleagues_seen_by(user)
        for name, rows in (
            ("person", people.exclude(pk=user.pk)),
            ("team", Team.objects.order_by("name") if is_hr else teams_seen_by(user)),
            ("unit", KeyAccount.objects.visible_to(user)),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 -- declared above
            field.queryset = rows


class AgainForm(BaseForm):
    """New words for a proposal that was returned."""

    title = forms.CharField(label=_("What is given"), max_length=120)
    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))


def starts_with(person: str, today: date) -> dict[str, Any]:
    """Return what the form begins with: today, and the person of the list of candidates."""
    return {"on": today, "person": person if person.isdecimal() and len(person) < 10 else None}
