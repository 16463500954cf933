"""Shapes of an evaluation: a new round, a score sheet, decisions, drafted criteria."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.evaluation.criteria import COLUMNS, problem_of
from accounts.evaluation.labels import PROBLEMS
from accounts.evaluation.registry import hints
from accounts.evaluation.selectors import SheetLine
from accounts.evaluation.services import RoundPlan
from accounts.evaluation.terms import GRADES
from accounts.units.forms import day_field
from accounts.units.labels import CHANNEL_LABELS
from accounts.units.models import KeyAccount
from accounts.units.terms import Tier, UnitStatus
from kam.core.forms import BaseForm
from kam.users.models import Team, User
from kam.users.scopes import teams_seen_by
from kam.users.terms import Position

#: So many dimensions have lines in a draft; more than a person weighs against each other.
MOST_DIMENSIONS = 10


class RoundForm(BaseForm):
    """A new round: what for, until when, which units."""

    name = forms.CharField(label=_("Name"), max_length=80)
    first = day_field(_("Period from"))
    last = day_field(_("Period until"))
    due_on = day_field(_("To be scored by"))
    tiers = forms.MultipleChoiceField(
        label=_("Tiers"),
        choices=[(tier.value, tier.value) for tier in Tier],
        widget=forms.CheckboxSelectMultiple,
    )
    channels = forms.MultipleChoiceField(
        label=_("Channels"),
        choices=list(CHANNEL_LABELS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: all of them."),
    )
    team = forms.ModelChoiceField(Team.objects.none(), label=_("Team"), required=False, empty_label=_("all"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["team"].queryset = teams_seen_by(user)  # type: ignore[attr-defined]  # a ModelChoiceField

    def plan(self) -> RoundPlan:
        told = self.cleaned_data
        return RoundPlan(told["name"], told["first"], told["last"], told["due_on"])

    def units(self) -> QuerySet[KeyAccount]:
        """Return the units that are to be scored: of the own scope, not lost."""
        told = self.cleaned_data
        rows = KeyAccount.objects.visible_to(self.user).filter(tier__in=told["tiers"])
        if told["channels"]:
            rows = rows.filter(channel__in=told["channels"])
        if told["team"]:
            rows = rows.filter(team=told["team"])
        return rows.exclude(status=UnitStatus.LOST).select_related("owner").order_by("sort_key", "pk")


class SheetForm(BaseForm):
    """A score sheet: a grade and a comment a dimension, a comment on the whole."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, lines: list[SheetLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        for line in lines:
            code = line.dimension.code
            choices = [
                (str(grade), words) for grade, words in zip(GRADES, line.dimension.meanings, strict=False)
            ]
            self.fields[f"grade_{code}"] = forms.ChoiceField(
                label=str(line.dimension), choices=choices, required=False, widget=forms.RadioSelect
            )
            self.fields[f"comment_{code}"] = forms.CharField(
                label=_("Comment"), max_length=500, required=False
            )
        self.fields["comment"] = forms.CharField(
            label=_("Comment on the whole"),
            max_length=2000,
            required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    def rows(self) -> list[tuple[SheetLine, Any, Any]]:
        """Return each dimension with its two fields."""
        return [
            (line, self[f"grade_{line.dimension.code}"], self[f"comment_{line.dimension.code}"])
            for line in self.lines
        ]

    def grades(self) -> dict[str, int | None]:
        told = {line.dimension.code: self.cleaned_data[f"grade_{line.dimension.code}"] for line in self.lines}
        return {code: int(text) if text else None for code, text in told.items()}

    def comments(self) -> dict[str, str]:
        return {
            line.dimension.code: self.cleaned_data[f"comment_{line.dimension.code}"] for line in self.lines
        }


def sheet_initial(lines: list[SheetLine], *, comment: str, version: int) -> dict[str, Any]:
    """Return what a sheet opens with: what was saved, else the grade that the facts speak for."""
    told: dict[str, Any] = {"comment": comment, "version": version}
    for line in lines:
        code, score = line.dimension.code, line.score
        known = line.known.grade if line.known else None
        told[f"grade_{code}"] = str((score.grade if score else known) or "")
        told[f"comment_{code}"] = score.comment if score else ""
    return told


class ReasonForm(BaseForm):
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Reason"), max_length=300)


class FocusForm(BaseForm):
    """Into the focus or not; the reason is needed where it goes against the line."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    focus = forms.ChoiceField(
        label=_("Focus"), choices=[("yes", _("Follow up with priority")), ("no", _("Not now"))]
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        required=False,
        help_text=_("Needed when the decision goes against the line."),
    )


class ManyForm(BaseForm):
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)


class ScorerForm(BaseForm):
    """Another scorer: one of those who may see the unit by their position."""

    scorer = forms.ModelChoiceField(User.objects.none(), label=_("Scored by"))

    def __init__(self, *args: Any, unit: KeyAccount, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        team = unit.team
        near = {unit.owner_id, team.lead_id if team else None, team.manager_id if team else None}
        may = Q(pk__in=near - {None}) | Q(position=Position.DIRECTOR)
        people = User.objects.working().filter(may).order_by("name", "pk")
        self.fields["scorer"].queryset = people  # type: ignore[attr-defined]  # a ModelChoiceField


class CriteriaForm(BaseForm):
    """A new version of the criteria; a dimension without a code is none."""

    line = forms.DecimalField(
        label=_("Points from which a unit is worth the focus"), max_digits=4, decimal_places=1
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kept = (kwargs.get("initial") or {}).get("dimensions", [])
        super().__init__(*args, **kwargs)
        facts = [("", "–"), *((key, hint.label) for key, hint in hints().items())]
        for place in range(MOST_DIMENSIONS):
            now = kept[place] if place < len(kept) else {}
            self._add(place, now, facts)

    def _add(self, place: int, now: dict[str, Any], facts: list[tuple[str, Any]]) -> None:
        number = {"n": place + 1}
        lines = forms.Textarea(attrs={"rows": 5})
        fields: dict[str, forms.Field] = {
            "code": forms.SlugField(label=_("%(n)s. Code") % number, required=False, max_length=40),
            "label": forms.CharField(label=_("Name"), required=False, max_length=80),
            "label_zh_hans": forms.CharField(
                label=_("Name in Simplified Chinese"), required=False, max_length=80
            ),
            "label_zh_hant": forms.CharField(
                label=_("Name in Traditional Chinese"), required=False, max_length=80
            ),
            "weight": forms.IntegerField(label=_("Weight"), required=False, min_value=0, max_value=100),
            "hint": forms.ChoiceField(label=_("Facts shown"), required=False, choices=facts),
        }
        for name, label in (
            ("rubric", _("Rubric, a line for each grade from 1 to 5")),
            ("rubric_zh_hans", _("Rubric in Simplified Chinese")),
            ("rubric_zh_hant", _("Rubric in Traditional Chinese")),
        ):
            fields[name] = forms.CharField(label=label, required=False, max_length=2000, widget=lines)
        for name, field in fields.items():
            field.initial = now.get(name)
            self.fields[f"{name}_{place}"] = field

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        for place in range(MOST_DIMENSIONS):
            if told.get(f"code_{place}"):
                for name in ("label", "weight", "rubric"):
                    if not told.get(f"{name}_{place}") and f"{name}_{place}" not in self.errors:
                        self.add_error(f"{name}_{place}", _("This field is required."))
        if not self.errors and (problem := problem_of(self.payload())):
            self.add_error(self._field_of(problem[0]), PROBLEMS[problem[1]])
        return told

    def _field_of(self, place: str) -> str | None:
        """Return the field that a problem names by its dimension's code."""
        name, _sep, code = place.partition("_")
        if not code:
            return place if place in self.fields else None
        rows = [n for n in range(MOST_DIMENSIONS) if self.cleaned_data.get(f"code_{n}") == code]
        return f"{name}_{rows[0]}" if rows else None

    def payload(self) -> dict[str, Any]:
        told = self.cleaned_data
        dimensions = [
            {name: told[f"{name}_{place}"] for name in COLUMNS}
            for place in range(MOST_DIMENSIONS)
            if told.get(f"code_{place}")
        ]
        for row in dimensions:
            for name in ("rubric", "rubric_zh_hans", "rubric_zh_hant"):
                row[name] = row[name].replace("\r\n", "\n")
        return {"line": str(told["line"]), "dimensions": dimensions}

    def title(self) -> str:
        return str(_("Criteria of evaluation"))
