"""What people type about phases and SWOT."""

from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from accounts.competition.models import ProductPosition
from accounts.development.labels import LIST_HINTS, LIST_LABELS
from accounts.development.models import AccountPlan, Swot
from accounts.development.registry import measures
from accounts.development.rules.plans import Action, Goal
from accounts.development.terms import LISTS, MAX_LINE, MAX_LINES, MAX_ROWS
from accounts.units.forms import day_field
from accounts.units.terms import Phase
from kam.core.forms import BaseForm
from kam.users.models import User
from kam.users.scopes import colleagues_seen_by


class MoveForm(BaseForm):
    """Where a unit goes: what a dropped card posts, and the menu of the card."""

    to = forms.TypedChoiceField(choices=[(int(phase), "") for phase in Phase], coerce=lambda n: Phase(int(n)))
    seen = forms.IntegerField(min_value=0, max_value=2**31 - 1)
    reason = forms.CharField(max_length=300, required=False)
    override = forms.BooleanField(required=False)


class SwotForm(BaseForm):
    """Four lists, a line each."""

    seen = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, rivals: list[ProductPosition], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rivals = rivals
        for name in LISTS:
            self.fields[name] = forms.CharField(
                label=LIST_LABELS[name],
                help_text=LIST_HINTS[name],
                required=False,
                max_length=MAX_LINES * (MAX_LINE + 2),
                widget=forms.Textarea(attrs={"rows": 5}),
            )

    def lists(self) -> dict[str, list[str]]:
        return {name: self.cleaned_data[name].splitlines() for name in LISTS}

    @staticmethod
    def begin(row: Swot | None) -> dict[str, Any]:
        """Return what stands in the form before anybody types."""
        lists = {name: "\n".join(getattr(row, name)) if row else "" for name in LISTS}
        return lists | {"seen": row.revision if row else 0}


class PlanForm(BaseForm):
    """The head of an account plan."""

    seen = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    vision = forms.CharField(
        label=_("Vision"),
        help_text=_("What shall this unit be to us in two or three years?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    review_days = forms.IntegerField(label=_("Reviewed every (days)"), min_value=7, max_value=366)


class GoalForm(BaseForm):
    """One goal; a row without words is no goal."""

    title = forms.CharField(label=_("Goal"), max_length=200)
    measure = forms.ChoiceField(label=_("Measured by"), required=False)
    target = forms.DecimalField(
        label=_("Target"), max_digits=14, decimal_places=2, min_value=0, required=False
    )
    due_on = day_field(_("Until"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(key, measure.label) for key, measure in measures().items()]
        self.fields["measure"].choices = [("", _("by judgement")), *choices]  # type: ignore[attr-defined]  # a ChoiceField

    def goal(self) -> Goal:
        told = self.cleaned_data
        return Goal(told["title"], told["due_on"], told["measure"], told["target"])


class ActionForm(BaseForm):
    """One action; a row without words is none."""

    text = forms.CharField(label=_("Action"), max_length=300)
    owner = forms.ModelChoiceField(label=_("Who"), queryset=User.objects.none())
    due_on = day_field(_("Until"))

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = colleagues_seen_by(by)  # type: ignore[attr-defined]  # a ModelChoiceField

    def action(self) -> Action:
        told = self.cleaned_data
        return Action(told["text"], told["owner"], told["due_on"])


_SIZES = {
    "extra": 2,
    "max_num": MAX_ROWS,
    "absolute_max": MAX_ROWS,
    "validate_max": True,
    "can_delete": False,
}
GoalRows = formset_factory(GoalForm, **_SIZES)  # type: ignore[arg-type]  # sizes by name
ActionRows = formset_factory(ActionForm, **_SIZES)  # type: ignore[arg-type]  # sizes by name


class PlanSheet:
    """The whole page of a plan: head, goals, actions; what was typed stays when a row is refused."""

    def __init__(self, plan: AccountPlan, by: User, data: Any = None) -> None:
        self.head = PlanForm(
            data,
            initial={"seen": plan.version, "vision": plan.vision, "review_days": plan.review_days},
        )
        goals = plan.goals.values("title", "measure", "target", "due_on")
        actions = plan.actions.values("text", "owner", "due_on")
        self.goals: BaseFormSet[Any] = GoalRows(data, initial=list(goals), prefix="goal")
        self.actions: BaseFormSet[Any] = ActionRows(
            data, initial=list(actions), prefix="action", form_kwargs={"by": by}
        )

    def is_valid(self) -> bool:
        return all([self.head.is_valid(), self.goals.is_valid(), self.actions.is_valid()])

    def values(self) -> dict[str, Any]:
        """Return what `write_plan` asks for; rows that were emptied are left out."""
        told = self.head.cleaned_data
        return {
            "vision": told["vision"],
            "review_days": told["review_days"],
            "version": told["seen"],
            "goals": [form.goal() for form in self.goals if form.cleaned_data.get("title")],
            "actions": [form.action() for form in self.actions if form.cleaned_data.get("text")],
        }


class ReviewForm(BaseForm):
    """What came out of looking at the plan."""

    conclusion = forms.CharField(
        label=_("Conclusion"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )
    next_on = day_field(_("Look again on"), required=False)
