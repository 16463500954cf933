"""What is asked on the pages of merging: with whom, which value of each field, why."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.merge.rules import OTHER, Choice
from accounts.units.models import KeyAccount
from kam.core.forms import BaseForm
from kam.search.forms import PickField
from kam.users.models import User

_PREFIX = "field_"


class OtherUnitForm(BaseForm):
    """The other unit, by typing."""

    other = PickField("accounts.unit", KeyAccount.objects.none(), label=_("The same as"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].queryset = KeyAccount.objects.visible_to(user)  # type: ignore[attr-defined]  # a PickField


class MergeForm(BaseForm):
    """One choice for every field that differs, a reason, and a yes where something must be confirmed."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(
        self, *args: Any, choices: list[tuple[Choice, Any, str, str]], must_confirm: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for choice, label, mine, theirs in choices:
            self.fields[f"{_PREFIX}{choice.field}"] = forms.ChoiceField(
                label=label,
                choices=[("own", mine or "–"), (OTHER, theirs or "–")],
                widget=forms.RadioSelect,
                required=False,
                initial=OTHER if choice.takes_theirs else "own",
            )
        if must_confirm:
            self.fields["confirmed"] = forms.BooleanField(label=_("I have read this and want it so."))

    def sides(self) -> list[Any]:
        """Return the fields with both values side by side."""
        return [self[name] for name in self.fields if name.startswith(_PREFIX)]

    def chosen(self) -> dict[str, str]:
        """Return field → side of what was chosen; the rest follows the rule."""
        told = self.cleaned_data
        return {name.removeprefix(_PREFIX): told[name] for name in self.fields if name.startswith(_PREFIX)}


class UndoForm(BaseForm):
    """Why a merge is taken back."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
