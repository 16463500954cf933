"""Shapes of what people type about pilots; the services decide."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.units.forms import day_field
from accounts.units.models import KeyAccount
from campaigns.pilots.labels import PROBLEMS, SIZE_LABELS, SOURCE_WORDS, VERDICT_LABELS
from campaigns.pilots.models import Pilot, PilotMeasure
from campaigns.pilots.rules import MeasureSpec, parse_measures
from campaigns.pilots.services import Plan, Ruling
from campaigns.pilots.terms import Size, Verdict
from kam.core.clock import business_date
from kam.core.forms import BaseForm
from kam.core.sentences import listed
from kam.search.forms import PickField
from kam.users.models import User

_MOST = 500


def _count(label: Any, initial: int) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=_MOST, initial=initial)


def _words(label: Any, *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=2000, widget=forms.Textarea({"rows": 3})
    )


class PlanForm(BaseForm):
    """What a pilot has of its own; phases, schedule and measures come from the template."""

    code = forms.SlugField(label=_("Code"), max_length=40, help_text=_("For ever, e.g. pilot-2027."))
    name = forms.CharField(label=_("Name"), max_length=120)
    launch_on = day_field(_("Begins on"), initial=business_date)
    question = _words(_("What is to be learned"))
    large_count = _count(_("Large units"), 5)
    medium_count = _count(_("Medium units"), 10)
    small_count = _count(_("Small units"), 15)

    def plan(self) -> Plan:
        told = self.cleaned_data
        mix = {size: told[f"{size.value}_count"] for size in Size}
        return Plan(told["code"], told["name"], told["launch_on"], told["question"], mix)


class MeasuresForm(BaseForm):
    """What is measured, a line each."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    measures = forms.CharField(
        label=_("Measures"),
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        max_length=4000,
        help_text=format_lazy(
            _(
                "A line each: name | unit | target | source. Sources: {told}; {visited} (units visited, counted); {suggestions} (of the units, counted)."
            ),
            **{source.value: word for source, word in SOURCE_WORDS.items()},
        ),
    )

    def clean_measures(self) -> list[MeasureSpec]:
        words = {str(word): source for source, word in SOURCE_WORDS.items()}
        specs, problems = parse_measures(self.cleaned_data["measures"], words)
        if problems:
            sources = listed(words)
            raise ValidationError(
                [str(PROBLEMS[code]) % {"line": line, "sources": sources} for line, code in problems]
            )
        return specs


class UnitForm(BaseForm):
    """A unit for a round of the pilot."""

    unit = PickField("accounts.unit", KeyAccount.objects.none(), label=_("Unit"))
    size = forms.ChoiceField(label=_("Size"), choices=list(SIZE_LABELS.items()))
    round = forms.TypedChoiceField(label=_("Round"), coerce=int)

    def __init__(self, *args: Any, pilot: Pilot, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = KeyAccount.objects.visible_to(user)  # type: ignore[attr-defined]  # a ModelChoiceField
        numbers = list(pilot.rounds.filter(decision=None).values_list("number", flat=True))
        self.fields["round"].choices = [(number, str(number)) for number in numbers]  # type: ignore[attr-defined]  # a ChoiceField


class FiguresForm(BaseForm):
    """One field for each measure that is told."""

    def __init__(self, *args: Any, measures: Sequence[PilotMeasure], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.measures = measures
        for measure in measures:
            self.fields[f"m{measure.pk}"] = forms.DecimalField(
                label=f"{measure.name} ({measure.unit})" if measure.unit else measure.name,
                min_value=Decimal(0),
                max_digits=12,
                decimal_places=2,
                required=False,
            )

    def told(self) -> dict[int, Decimal]:
        found = {measure.pk: self.cleaned_data[f"m{measure.pk}"] for measure in self.measures}
        return {pk: value for pk, value in found.items() if value is not None}


class RulingForm(BaseForm):
    """How it goes on after a round."""

    verdict = forms.ChoiceField(label=_("Decision"), choices=list(VERDICT_LABELS.items()))
    reasons = _words(_("Reasons"))
    next_from = day_field(
        _("Next round from"), required=False, help_text=_("Not when it stops, nor after the fourth round.")
    )
    next_until = day_field(_("Next round until"), required=False)
    change = _words(_("What is done otherwise in the next round"), required=False)

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("verdict") == Verdict.CHANGE and not told.get("change"):
            self.add_error("change", ValidationError(_("Say what changes."), code="required"))
        return told

    def ruling(self) -> Ruling:
        told = self.cleaned_data
        return Ruling(
            Verdict(told["verdict"]),
            told["reasons"],
            told["next_from"],
            told["next_until"],
            told["change"],
        )
