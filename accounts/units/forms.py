"""Shapes of what people type about units; the services decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.units import labels
from accounts.units.models import KeyAccount
from accounts.units.rules import normalise_credit_code
from accounts.units.terms import FIELD_SPECS, STATUS_TRANSITIONS, Field, FieldKind, Tier, UnitStatus
from kam.core.forms import BaseForm, BaseModelForm
from kam.core.transitions import can_move
from kam.notes.models import Note
from kam.search.forms import PickField, SuggestInput
from kam.search.services import normalise_name
from kam.users.models import User
from kam.users.scopes import Reach, scope_of
from kam.users.terms import SELLERS

_FIELDS = (
    *("name", "short_name", "english_name", "credit_code", "channel", "industry", "area"),
    *("expansion_round", "unit_class", "source", "address", "phone", "website", "internal_website"),
    *("current_status", "next_step", "next_step_due_on"),
)

#: Edited in place together: what comes next without a day is half a step.
_TOGETHER = {"parent": ("parent_name",), "next_step": ("next_step_due_on",)}


def day_input() -> forms.DateInput:
    """The browser's own day picker; it reads ISO days only, whatever the language of the page."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def day_field(label: Any, *, required: bool = True, **options: Any) -> forms.DateField:
    """A day, typed or picked."""
    return forms.DateField(label=label, required=required, widget=day_input(), **options)


class UnitForm(BaseModelForm):
    """Identity of a unit. The parent is named, not picked: a list of ten thousand helps nobody."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    parent_name = forms.CharField(
        label=_("Parent unit"),
        required=False,
        max_length=200,
        help_text=_("Its name or credit code."),
        widget=SuggestInput("accounts.unit"),
    )
    website = forms.URLField(label=_("Website"), required=False, max_length=200, assume_scheme="https")

    class Meta:
        model = KeyAccount
        fields = _FIELDS
        widgets = {
            "next_step_due_on": day_input(),
            "phone": forms.TextInput(attrs={"type": "tel"}),
            "credit_code": forms.TextInput(attrs={"autocapitalize": "characters", "spellcheck": "false"}),
        }

    def __init__(self, *args: Any, user: User, only: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["credit_code"].max_length = None  # type: ignore[attr-defined]  # the service trims and explains
        self.fields["credit_code"].validators = []
        if self.instance.pk:
            self.initial["version"] = self.instance.version
            self.initial["parent_name"] = str(self.instance.parent or "")
        if only:
            kept = {only, "version", *_TOGETHER.get(only, ())}
            for name in [name for name in self.fields if name not in kept]:
                del self.fields[name]

    def clean_parent_name(self) -> KeyAccount | None:
        text = self.cleaned_data["parent_name"]
        if not text:
            return None
        rows = KeyAccount.objects.visible_to(self.user)
        found = (
            rows.filter(name_key=normalise_name(text)).first()
            or rows.filter(credit_code=normalise_credit_code(text)).first()
        )
        if found is None:
            raise forms.ValidationError(_("No unit of yours has this name or code."))
        return found

    def values(self) -> dict[str, Any]:
        """Return what the service takes."""
        values = dict(self.cleaned_data)
        values.pop("version", None)
        if "parent_name" in values:
            values["parent"] = values.pop("parent_name")
        return values

    def _post_clean(self) -> None:
        """Leave the constraints of the table to the service, which answers them at the field and under a lock."""


class NewUnitForm(UnitForm):
    """A new unit, with the owner where the person may choose one."""

    owner = PickField(
        "accounts.owner",
        User.objects.none(),
        label=_("Owner"),
        required=False,
        help_text=_("Empty: nobody yet."),
    )

    field_order = ("name", "channel", "owner")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = owners_for(self.user)
        if choices is None:
            del self.fields["owner"]
        else:
            self.fields["owner"].queryset = choices  # type: ignore[attr-defined]  # a ModelChoiceField


def owners_for(user: User) -> Any:
    """Return whom `user` may give a unit to, None where only themselves."""
    sellers = User.objects.working().filter(position__in=list(SELLERS)).order_by("name")
    scope = scope_of(user)
    if scope.writable is Reach.TEAM:
        return sellers.filter(memberships__team__in=scope.team_ids, memberships__ended_on=None).distinct()
    return sellers if scope.reach is Reach.DEPARTMENT else None


class ValueForm(BaseForm):
    """One observed value with the day it was learned."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    value = forms.CharField(required=False, max_length=1000)
    learned_on = day_field(_("Learned on"))

    def __init__(self, *args: Any, field: Field, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        spec = FIELD_SPECS[field]
        label = labels.FIELD_LABELS[field]
        choices: list[tuple[Any, Any]] = []
        if spec.kind is FieldKind.SCALE:
            choices = [(n, f"{n} · {words}") for n, words in labels.SCALE_LABELS.items()]
        elif spec.choices:
            choices = [(choice, labels.FIELD_CHOICE_LABELS[choice]) for choice in spec.choices]
        if choices:
            self.fields["value"] = forms.ChoiceField(choices=[("", "–"), *choices], required=False)
        self.fields["value"].label = label
        if spec.kind in {FieldKind.COUNT, FieldKind.MONEY}:
            self.fields["value"].widget.attrs["inputmode"] = "decimal"


class StatusForm(BaseForm):
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    to = forms.ChoiceField(label=_("New status"))
    on = day_field(_("Day"))
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=300, help_text=_("Needed for dormant and lost.")
    )

    def __init__(self, *args: Any, unit: KeyAccount, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        to = self.fields["to"]
        assert isinstance(to, forms.ChoiceField)  # noqa: S101 -- for the type checker
        # every status is understood, so that a page from before somebody else's move gets 409 and not "no valid choice"
        to.choices = list(labels.STATUS_LABELS.items())
        to.widget.choices = [
            (status, label)
            for status, label in labels.STATUS_LABELS.items()
            if status == unit.status or can_move(UnitStatus(unit.status), status, STATUS_TRANSITIONS)
        ]


class TierForm(BaseForm):
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    to = forms.ChoiceField(label=_("Tier"), choices=[(t, t.value) for t in Tier])
    reason = forms.CharField(label=_("Reason"), max_length=300)


class OwnerForm(BaseForm):
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    owner = PickField("accounts.owner", User.objects.none(), label=_("New owner"))
    on = day_field(_("From"))
    reason = forms.CharField(label=_("Reason"), max_length=300)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = owners_for(user)  # type: ignore[attr-defined]  # a ModelChoiceField


class NoteForm(BaseForm):
    text = forms.CharField(label=_("Note"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))


class DeleteNoteForm(BaseForm):
    """Nothing to fill in: the page shows the note that goes."""

    def __init__(self, *args: Any, note: Note, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.note = note


class TaskForm(BaseForm):
    """Something to do about a unit, for oneself."""

    text = forms.CharField(label=_("What is to be done"), max_length=500)
    due_on = day_field(_("By when"), required=False)
