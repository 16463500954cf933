"""The shapes of a statement about a criterion, and of a drafted criterion."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.qualification.criteria import last_version
from accounts.qualification.models import QualificationCriterion
from accounts.qualification.terms import CriterionKind, Operator
from accounts.units.labels import FIELD_LABELS
from accounts.units.terms import FIELD_SPECS, Field, FieldKind
from kam.core.forms import BaseForm, BaseModelForm

_NUMBERS = {FieldKind.COUNT, FieldKind.MONEY, FieldKind.SCALE}


class StatementForm(BaseForm):
    holds = forms.ChoiceField(
        label=_("Does it hold?"), choices=[("yes", _("Yes, it holds")), ("no", _("No, or not any more"))]
    )
    text = forms.CharField(label=_("What proves it"), max_length=500)


class CriterionForm(BaseModelForm):
    """A new version of a criterion, a new criterion, or the end of one. The code names it for ever."""

    fact = forms.ChoiceField(label=_("fact"), required=False)
    also_fact = forms.ChoiceField(label=_("and also the fact"), required=False)
    ends = forms.BooleanField(
        label=_("It ends on that day"), required=False, help_text=_("The other lines are not looked at then.")
    )

    class Meta:
        model = QualificationCriterion
        fields = (
            *("code", "label", "label_zh_hans", "label_zh_hant", "kind", "fact", "operator", "threshold"),
            *("also_fact", "order"),
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = _(
            "The code of a present criterion, or a new one for another criterion."
        )
        self.fields["order"].required = False
        every = [("", "–"), *((field.value, FIELD_LABELS[field]) for field in Field)]
        yes_no = [("", "–")] + [
            (field.value, FIELD_LABELS[field])
            for field in Field
            if FIELD_SPECS[field].kind is FieldKind.FLAG or "yes" in FIELD_SPECS[field].choices
        ]
        self.fields["fact"].choices = every  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["also_fact"].choices = yes_no  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("ends"):
            return self._ending(told)
        if told.get("kind") == CriterionKind.STATEMENT:
            for name in ("fact", "operator", "threshold", "also_fact"):
                if told.get(name):
                    self.add_error(name, _("A statement is confirmed by a person: leave this empty."))
        elif told.get("kind") == CriterionKind.RULE:
            for name in ("fact", "operator", "threshold"):
                if not told.get(name) and name not in self.errors:
                    self.add_error(name, _("A rule needs this."))
            self._check_threshold(told)
        return told

    def _ending(self, told: dict[str, Any]) -> dict[str, Any]:
        """Look at the code alone: what ends needs no other line."""
        wrong_code = self.errors.get("code")
        self._errors = forms.utils.ErrorDict({"code": wrong_code} if wrong_code else {})
        if not wrong_code and last_version(told["code"]) is None:
            self.add_error("code", _("No criterion in force has this code."))
        return told

    def _check_threshold(self, told: dict[str, Any]) -> None:
        if told.get("operator") not in {Operator.AT_LEAST, Operator.AT_MOST} or not told.get("fact"):
            return
        if FIELD_SPECS[Field(told["fact"])].kind not in _NUMBERS:
            self.add_error("operator", _("This fact is no number; only “is” compares it."))
            return
        try:
            is_number = Decimal(told.get("threshold") or "").is_finite()
        except InvalidOperation:
            is_number = False
        if not is_number:
            self.add_error("threshold", _("This is not a number."))

    def payload(self) -> dict[str, Any]:
        told = self.cleaned_data
        if told["ends"]:
            return {"code": told["code"], "ends": True}
        values = {name: told[name] for name in self.Meta.fields}
        return values | {"ends": False, "order": told["order"] or 0}

    def title(self) -> str:
        code = self.cleaned_data["code"]
        now = last_version(code)
        if self.cleaned_data["ends"]:
            return _("%(label)s ends") % {"label": now}
        return str(self.cleaned_data["label"])

    def _post_clean(self) -> None:
        """Leave the constraints of the table to the service: a draft is no row yet."""
