"""What somebody types about a personnel proposal; each kind asks for its own."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kam.core.forms import BaseForm
from kam.personnel.labels import FAULT_LABELS
from kam.personnel.rules import STAFF
from kam.personnel.terms import Fault, Kind
from kam.search.forms import PickField
from kam.search.registry import pick_called
from kam.users.models import POSITION_LABELS, User
from kam.users.terms import Position

_ASKED = {
    Kind.SANCTION: ("person", "unit", "fault", "happened_on", "what", "evidence", "proposal"),
    Kind.HIRE: ("candidate", "position", "what", "proposal"),
    Kind.DISMISS: ("person", "unit", "happened_on", "what", "evidence", "proposal"),
}
_UNIT = "accounts.unit"


def _text(label: Any, rows: int, most: int, *, required: bool = True, hint: Any = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=most, required=required, help_text=hint, widget=widget)


class ProposalForm(BaseForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    person = PickField("users.colleague", User.objects.none(), label=_("Whom is it about?"))
    candidate = forms.CharField(label=_("Candidate"), max_length=80)
    position = forms.ChoiceField(
        label=_("Position"), choices=[(p.value, POSITION_LABELS[p]) for p in Position if p in STAFF]
    )
    fault = forms.ChoiceField(
        label=_("Act or negligence"), choices=[(f.value, FAULT_LABELS[f]) for f in Fault]
    )
    happened_on = forms.DateField(
        label=_("Happened on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    what = _text(
        _("What is it about?"),
        4,
        2000,
        hint=_("What was done or left undone and how it harms relations with a key account, or why."),
    )
    evidence = _text(_("Evidence"), 3, 2000, hint=_("Files are added once the draft is saved."))
    proposal = _text(_("What do you propose?"), 3, 1000)

    def __init__(self, *args: Any, kind: Kind, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pick = pick_called(_UNIT)
        if pick is not None:
            self.fields["unit"] = PickField(
                _UNIT, pick.rows(user, ""), label=_("Unit concerned"), required=False
            )
        for name in set(self.fields) - {*_ASKED[kind], "version"}:
            del self.fields[name]
        if kind is Kind.DISMISS:
            self.fields["happened_on"].required = self.fields["evidence"].required = False
        if "person" in self.fields:
            staff = User.objects.working().filter(position__in=STAFF).exclude(pk=user.pk)
            self.fields["person"].queryset = staff  # type: ignore[attr-defined]  # a ModelChoiceField
        self.order_fields(["version", *_ASKED[kind]])

    def told(self) -> dict[str, Any]:
        """Return what the service takes: the unit as number and name."""
        values = dict(self.cleaned_data)
        unit = values.pop("unit", None)
        return values | {"unit_id": unit.pk if unit else None, "unit_label": str(unit)[:200] if unit else ""}


class CommentForm(BaseForm):
    comment = _text(_("Your comment"), 4, 2000, hint=_("Once; it stays with the decision."))
