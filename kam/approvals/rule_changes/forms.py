"""Shapes of drafts in Django admin: each kind's own fields, and the day and reason that all have."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kam.approvals.models import POSITION_CHOICES, RouteStep
from kam.approvals.rule_changes.kinds import subject_choices
from kam.core.forms import BaseForm
from kam.settings_rows.registry import all_definitions, definition_of
from kam.users.models import POSITION_LABELS
from kam.users.terms import Position

STEPS = 6


class WhenAndWhyForm(BaseForm):
    """The day from which a change is to hold, and why."""

    valid_from = forms.DateField(label=_("Valid from"), widget=forms.DateInput(attrs={"type": "date"}))
    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class SettingForm(BaseForm):
    """A new value of a setting."""

    key = forms.ChoiceField(label=_("Setting"))
    value = forms.CharField(label=_("New value"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(d.key, f"{d.label} ({d.unit})" if d.unit else str(d.label)) for d in all_definitions()]
        self.fields["key"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    def payload(self) -> dict[str, Any]:
        return {"key": self.cleaned_data["key"], "value": self.cleaned_data["value"].strip()}

    def title(self) -> str:
        return f"{definition_of(self.cleaned_data['key']).label}: {self.cleaned_data['value']}"


class DaysForm(BaseForm):
    """Days that the department works, or does not, whatever the public calendar says."""

    first = forms.DateField(
        label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last = forms.DateField(
        label=_("Last day"),
        required=False,
        help_text=_("Empty: only the first."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    wish = forms.ChoiceField(
        label=_("These days are"),
        choices=[
            ("free", _("free")),
            ("worked", _("worked")),
            ("public", _("as in the public calendar")),
        ],
    )
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def payload(self) -> dict[str, Any]:
        told = self.cleaned_data
        last = told["last"] or told["first"]
        return {
            "first": told["first"].isoformat(),
            "last": last.isoformat(),
            "wish": told["wish"],
            "note": told["note"],
        }

    def title(self) -> str:
        told = self.payload()
        days = told["first"] if told["first"] == told["last"] else f"{told['first']} – {told['last']}"
        wish = dict(self.fields["wish"].choices)[told["wish"]]  # type: ignore[attr-defined]  # a ChoiceField
        return f"{days}: {wish}"


class RouteForm(BaseForm):
    """A new version of a route: up to six steps, each with its deciders and conditions."""

    subject = forms.ChoiceField(label=_("Subject"))

    def __init__(self, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, initial=_flat(initial or {}))
        self.fields["subject"].choices = subject_choices()  # type: ignore[attr-defined]  # a ChoiceField
        for n in range(1, STEPS + 1):
            self.fields |= self._step_fields(n)

    def payload(self) -> dict[str, Any]:
        steps = []
        for n in range(1, STEPS + 1):
            given = {
                key: self.cleaned_data.get(f"{key}_{n}") for key in ("by", "kind", "official", "only_for")
            }
            if given["by"]:
                amounts = {
                    key: self.cleaned_data.get(f"{key}_{n}") for key in ("amount_over", "amount_up_to")
                }
                steps.append(
                    {key: value for key, value in given.items() if value}
                    | {key: str(value) for key, value in amounts.items() if value is not None}
                )
        return {"subject": self.cleaned_data["subject"], "steps": steps}

    def plain_fields(self) -> list[forms.BoundField]:
        """Return the fields that stand by themselves; the steps stand in a table."""
        return [self["subject"]]

    def step_rows(self) -> list[list[forms.BoundField]]:
        """Return the fields of each step, for the table."""
        names = ("by", "amount_over", "amount_up_to", "official", "kind", "only_for")
        return [[self[f"{name}_{n}"] for name in names] for n in range(1, STEPS + 1)]

    def title(self) -> str:
        labels = dict(subject_choices())
        ways = [
            " / ".join(str(POSITION_LABELS[Position(p)]) for p in s["by"]) for s in self.payload()["steps"]
        ]
        return f"{labels[self.cleaned_data['subject']]}: {' → '.join(ways)}"

    def clean(self) -> dict[str, Any]:
        for n in range(1, STEPS + 1):
            over, up_to = (
                self.cleaned_data.get(f"amount_over_{n}"),
                self.cleaned_data.get(f"amount_up_to_{n}"),
            )
            if over is not None and up_to is not None and up_to <= over:
                self.add_error(f"amount_up_to_{n}", _("This must be more than “amount over”."))
        return self.cleaned_data

    @staticmethod
    def _step_fields(n: int) -> dict[str, forms.Field]:
        positions = forms.SelectMultiple(attrs={"size": 3})
        money = {"required": False, "min_value": 0, "max_digits": 14, "decimal_places": 2}
        return {
            f"by_{n}": forms.MultipleChoiceField(
                label=_("Step %(n)s: decided by") % {"n": n},
                choices=POSITION_CHOICES,
                required=False,
                widget=positions,
            ),
            f"amount_over_{n}": forms.DecimalField(label=_("only over"), **money),  # type: ignore[arg-type]  # plain keywords
            f"amount_up_to_{n}": forms.DecimalField(label=_("only up to"), **money),  # type: ignore[arg-type]  # plain keywords
            f"official_{n}": forms.ChoiceField(
                label=_("public officials"), choices=RouteStep.OFFICIAL, required=False
            ),
            f"kind_{n}": forms.CharField(label=_("only kind"), max_length=60, required=False),
            f"only_for_{n}": forms.MultipleChoiceField(
                label=_("only for requests of"), choices=POSITION_CHOICES, required=False, widget=positions
            ),
        }


def _flat(payload: dict[str, Any]) -> dict[str, Any]:
    """Return a route's payload as the numbered fields of the form."""
    flat: dict[str, Any] = {"subject": payload.get("subject")}
    for n, step in enumerate(payload.get("steps", []), start=1):
        flat |= {f"{key}_{n}": value for key, value in step.items()}
    return flat
