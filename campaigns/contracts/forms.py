"""Shapes of what people type about contracts; the services decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.units.forms import day_field
from campaigns.contracts.labels import CONCESSION_LABELS, ITEM_LABELS, MILESTONE_LABELS
from campaigns.contracts.services import Part, Talk
from campaigns.contracts.terms import MAX_INSTALMENTS, TICKED, Concession, MilestoneKind, TermItem
from kam.core.clock import business_date
from kam.core.forms import BaseForm

#: The signature is not planned: the page is there once it is given.
PLANNED = tuple(kind for kind in MilestoneKind if kind is not MilestoneKind.SIGNED)


class RoundForm(BaseForm):
    """One round about one item."""

    item = forms.ChoiceField(label=pgettext_lazy("negotiation", "Item"), choices=list(ITEM_LABELS.items()))
    on = day_field(_("Day"), initial=business_date)
    ours = forms.CharField(label=_("Our offer"), max_length=300)
    theirs = forms.CharField(label=_("Their demand"), max_length=300, required=False)
    concession = forms.ChoiceField(
        label=_("Who gave way"), choices=list(CONCESSION_LABELS.items()), initial=Concession.NOBODY
    )
    is_settled = forms.BooleanField(label=_("Agreed with this"), required=False)

    def talk(self) -> Talk:
        told = self.cleaned_data
        return Talk(
            TermItem(told["item"]),
            told["on"],
            told["ours"],
            told["theirs"],
            Concession(told["concession"]),
            told["is_settled"],
        )


class MilestonesForm(BaseForm):
    """The planned day of each milestone after the signature."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in PLANNED:
            self.fields[kind.value] = day_field(MILESTONE_LABELS[kind], required=False)

    def planned(self) -> dict[MilestoneKind, Any]:
        return {kind: self.cleaned_data[kind.value] for kind in PLANNED}


class ReachedForm(BaseForm):
    kind = forms.ChoiceField(
        label=_("Milestone"),
        choices=[(kind, label) for kind, label in MILESTONE_LABELS.items() if kind in TICKED],
    )
    on = day_field(_("Reached on"), initial=business_date)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)


class PlanForm(BaseForm):
    """Up to six instalments, a line each; empty lines are left out."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in range(1, MAX_INSTALMENTS + 1):
            told = {"n": n}
            self.fields[f"due_on_{n}"] = day_field(_("%(n)s. Due on") % told, required=False)
            self.fields[f"amount_{n}"] = forms.DecimalField(
                label=_("%(n)s. Amount in yuan") % told,
                min_value=0,
                max_digits=14,
                decimal_places=2,
                required=False,
            )
            self.fields[f"text_{n}"] = forms.CharField(
                label=_("%(n)s. What for") % told, max_length=120, required=False
            )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        for n in range(1, MAX_INSTALMENTS + 1):
            day, amount = told.get(f"due_on_{n}"), told.get(f"amount_{n}")
            if (day is None) != (not amount):
                self.add_error(f"amount_{n}", _("Name both the day and the amount, or neither."))
        return told

    def parts(self) -> list[Part]:
        told = self.cleaned_data
        numbers = [n for n in range(1, MAX_INSTALMENTS + 1) if told[f"due_on_{n}"] is not None]
        return [Part(told[f"due_on_{n}"], told[f"amount_{n}"], told[f"text_{n}"]) for n in numbers]


class ArchiveForm(BaseForm):
    file_no = forms.CharField(label=_("File number"), max_length=40)
    on = day_field(_("Archived on"), initial=business_date)
    upload = forms.FileField(label=_("Scan of the signed contract"))
