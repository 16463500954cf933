"""Shapes of the forms on targets."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.units.models import KeyAccount
from kam.core.forms import BaseForm
from kam.users.models import Team, User
from kam.users.scopes import colleagues_seen_by, teams_seen_by
from kam.users.terms import SELLERS
from kpi.measures.registry import measure
from kpi.targets.models import Target
from kpi.targets.terms import TARGETED

LARGEST = Decimal("999999999999.99")


class TargetForm(BaseForm):
    """A target of a year: whose, of what, how much, and the four factors behind it (S-214, S-215)."""

    year = forms.IntegerField(label=_("Year"), min_value=2004, max_value=2099)
    measure = forms.ChoiceField(label=_("Measure"))
    person = forms.ModelChoiceField(
        label=pgettext_lazy("staff", "Person"),
        queryset=User.objects.none(),
        required=False,
        help_text=_("Or a team; neither: the department."),
    )
    team = forms.ModelChoiceField(label=_("Team"), queryset=Team.objects.none(), required=False)
    unit = forms.ModelChoiceField(
        label=_("Only this unit"),
        queryset=KeyAccount.objects.none(),
        required=False,
        help_text=_("Of a person’s units."),
    )
    area = forms.CharField(label=_("Only this region"), max_length=80, required=False)
    product = forms.CharField(label=_("Only this product"), max_length=80, required=False)
    amount = forms.DecimalField(
        label=_("Target of the year"), min_value=0, max_value=LARGEST, max_digits=14, decimal_places=2
    )
    recent = forms.CharField(label=_("Recent sales per head"), max_length=200, required=False)
    peers = forms.CharField(label=_("Sales per head of peers"), max_length=200, required=False)
    demand = forms.CharField(label=_("Change of market demand"), max_length=200, required=False)
    policy = forms.CharField(label=_("Adjustment of policy"), max_length=200, required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (
            ("person", colleagues_seen_by(user).filter(position__in=[p.value for p in SELLERS])),
            ("team", teams_seen_by(user)),
            ("unit", KeyAccount.objects.visible_to(user)),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 -- declared above
            field.queryset = rows
        chosen = self.fields["measure"]
        assert isinstance(chosen, forms.ChoiceField)  # noqa: S101 -- declared above
        chosen.choices = [(key, measure(key).label) for key in TARGETED]

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if told.get("person") and told.get("team"):
            self.add_error("team", _("A person or a team, not both."))
        if told.get("unit") and not told.get("person"):
            self.add_error("person", _("A unit’s target belongs to a person."))
        return told


class SheetForm(BaseForm):
    """A file to look at, or the rows of the preview that is confirmed."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("XLSX or CSV with the headings of the template."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        allow_empty_file=True,
    )
    rows = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        if not self.cleaned_data.get("file") and not self.cleaned_data.get("rows") and not self.errors:
            self.add_error("file", _("Choose a file."))
        return self.cleaned_data


class ChangeForm(BaseForm):
    """Another amount for one month, with the reason."""

    month = forms.ChoiceField(label=_("Month"))
    amount = forms.DecimalField(
        label=_("New amount"), min_value=0, max_value=LARGEST, max_digits=14, decimal_places=2
    )
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, target: Target, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["month"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared above
        field.choices = [
            (part.month.isoformat(), f"{part.month:%Y-%m}: {part.amount:,.2f}")
            for part in target.months.all()
        ]
