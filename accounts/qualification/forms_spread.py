"""Whose units a page of the pyramid looks at: within what the reader may see."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.units.models import KeyAccount
from kam.core.forms import BaseForm
from kam.users.models import Team, User
from kam.users.scopes import colleagues_seen_by, teams_seen_by
from kam.users.terms import SELLERS


class WhoseForm(BaseForm):
    team = forms.ModelChoiceField(Team.objects.none(), label=_("Team"), required=False, empty_label=_("all"))
    owner = forms.ModelChoiceField(
        User.objects.none(), label=_("Owner"), required=False, empty_label=_("all")
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["team"].queryset = teams_seen_by(user)  # type: ignore[attr-defined]  # a ModelChoiceField
        people = colleagues_seen_by(user).filter(position__in=list(SELLERS))
        self.fields["owner"].queryset = people  # type: ignore[attr-defined]  # a ModelChoiceField

    def asked(self) -> dict[str, int]:
        """Return what was asked for and may be; anything else narrows nothing."""
        self.is_valid()
        return {name: row.pk for name in ("team", "owner") if (row := self.cleaned_data.get(name))}

    def units(self) -> QuerySet[KeyAccount]:
        """Return the units that are looked at."""
        return KeyAccount.objects.visible_to(self.user).filter(**self.asked())
