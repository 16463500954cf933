"""What is typed about budgets: head and lines of a draft, reports, and what finance books by hand."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.units.forms import day_input
from campaigns.budgets.models import Budget, BudgetLine
from campaigns.budgets.rules import Planned
from campaigns.budgets.terms import MAX_LEVEL, BudgetState
from campaigns.campaigns.models import Campaign
from kam.core.errors import BusinessError
from kam.core.forms import BaseForm
from kam.users.models import User


def _amount(label: Any, **options: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, min_value=Decimal("0.01"), max_digits=14, decimal_places=2, **options
    )


class HeadForm(BaseForm):
    """What stands above the lines."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("Name of the budget"), max_length=120)
    campaign = forms.ModelChoiceField(
        label=_("Campaign"),
        queryset=Campaign.objects.none(),
        required=False,
        empty_label=_("None: the department’s own"),
    )
    starts_on = forms.DateField(label=_("From"), required=False, widget=day_input())
    ends_on = forms.DateField(label=_("Until"), required=False, widget=day_input())
    note = forms.CharField(
        label=_("Reasons"), required=False, max_length=2000, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["campaign"].queryset = Campaign.objects.visible_to(user)  # type: ignore[attr-defined]  # a ModelChoiceField


_LEVELS = [(level, "– " * (level - 1) + str(level)) for level in range(1, MAX_LEVEL + 1)]
_ROW = ("level", "line_name", "amount", "line_note")


class LineForm(BaseForm):
    """One row of a draft; a row without name and amount is none."""

    level = forms.TypedChoiceField(label=_("Level"), choices=_LEVELS, coerce=int)
    line_name = forms.CharField(label=_("Line"), max_length=120)
    amount = forms.DecimalField(label=_("Amount in yuan"), min_value=0, max_digits=14, decimal_places=2)
    line_note = forms.CharField(label=_("Remark"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = str(field.label)
            field.widget.attrs["class"] = "form-control"
            if not isinstance(field, forms.ChoiceField):
                field.widget.attrs["placeholder"] = str(field.label)

    def planned(self) -> Planned:
        told = self.cleaned_data
        return Planned(told["level"], told["line_name"], told["amount"], told["line_note"])


class LinesForm:
    """The rows of a draft as they stand on the page: repeated fields, in the order of the rows."""

    SPARE, SPARE_AT_FIRST = 1, 5

    def __init__(self, *, posted: Any = None, lines: list[Planned] | None = None) -> None:
        self.problem = ""
        if posted is not None:
            rows = zip(*(posted.getlist(name) for name in _ROW), strict=False)
            told = [dict(zip(_ROW, row, strict=True)) for row in rows]
            filled = [row for row in told if row["line_name"].strip() or row["amount"].strip()]
            self.forms = [LineForm(row, auto_id=f"line-{n}-%s") for n, row in enumerate(filled)]
        else:
            self.forms = [
                LineForm(
                    auto_id=f"line-{n}-%s",
                    initial={
                        "level": line.level,
                        "line_name": line.name,
                        "amount": line.amount,
                        "line_note": line.note,
                    },
                )
                for n, line in enumerate(lines or [])
            ]

    def spare(self) -> list[LineForm]:
        """Return empty rows to fill in; the last one is the pattern for more."""
        start = len(self.forms)
        count = self.SPARE if self.forms else self.SPARE_AT_FIRST
        return [LineForm(auto_id=f"line-{start + n}-%s", initial={"level": 1}) for n in range(count)]

    def is_valid(self) -> bool:
        valid = [form.is_valid() for form in self.forms]  # every row tells its errors
        return all(valid)

    def planned(self) -> list[Planned]:
        return [form.planned() for form in self.forms]

    def refuse(self, error: BusinessError) -> None:
        """Put the refusal at its row, or above all rows."""
        place = (error.field or "").removeprefix("line-")
        if place.isdecimal() and int(place) < len(self.forms):
            self.forms[int(place)].add_error(None, str(error))
        else:
            self.problem = str(error)


class _LeafForm(BaseForm):
    """Chooses among the leaves of one budget."""

    leaves: tuple[str, ...] = ("line",)

    def __init__(self, *args: Any, budget: Budget, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.leaves:
            self.fields[name].queryset = budget.lines.leaves()  # type: ignore[attr-defined]  # a ModelChoiceField


def _leaf(label: Any) -> forms.ModelChoiceField:  # type: ignore[type-arg]  # of budget lines
    return forms.ModelChoiceField(label=label, queryset=BudgetLine.objects.none())


_REASON = {"max_length": 2000, "widget": forms.Textarea({"rows": 3})}


class SupplementForm(_LeafForm):
    """More money on a line."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    line = _leaf(_("Line"))
    amount = _amount(_("Amount in yuan"))
    reason = forms.CharField(label=_("Reason"), **_REASON)  # type: ignore[arg-type]  # options by name


class TransferForm(_LeafForm):
    """Money of one line for another."""

    leaves = ("from_line", "line")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    from_line = _leaf(_("From line"))
    line = _leaf(_("To line"))
    amount = _amount(_("Amount in yuan"))
    reason = forms.CharField(label=_("Reason"), **_REASON)  # type: ignore[arg-type]  # options by name


class BookForm(_LeafForm):
    """What finance books by hand: a payment, or money held for one."""

    line = _leaf(_("Line"))
    act = forms.ChoiceField(
        label=_("What is booked"),
        choices=[("spend", _("A payment")), ("reserve", _("Money held for a payment to come"))],
    )
    amount = _amount(_("Amount in yuan"))
    document = forms.CharField(label=_("Number of the document"), max_length=40)
    text = forms.CharField(label=_("What for"), max_length=200, required=False)


class OverReason(forms.CharField):
    """Why a bill came above what was approved: paid with it, asked afterwards."""

    def __init__(self, **options: Any) -> None:
        words = _("Only above what was approved: it is paid, and asked afterwards.")
        told: dict[str, Any] = {"label": _("Why it cost more"), "required": False, "max_length": 2000}
        told["help_text"] = words
        super().__init__(widget=forms.Textarea({"rows": 2}), **told | options)


class OverrunForm(BaseForm):
    """Why a bill came above what was approved, said better."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason = OverReason(required=True, help_text="")


class SpendForm(BaseForm):
    """What a reservation was paid with."""

    amount = _amount(_("Amount paid in yuan"))
    over_reason = OverReason()
    document = forms.CharField(label=_("Number of the document"), max_length=40)
    text = forms.CharField(label=_("What for"), max_length=200, required=False)


class ReverseForm(BaseForm):
    """Why a payment is taken back."""

    text = forms.CharField(label=_("Reason"), max_length=200)


class LineField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for mypy only
    """The lines that hold money, by budget and name."""

    def __init__(self, **options: Any) -> None:
        super().__init__(queryset=BudgetLine.objects.none(), label=_("Budget line"), **options)

    def offer(self, user: User) -> None:
        rows = BudgetLine.objects.visible_to(user).leaves().filter(budget__state=BudgetState.APPROVED)
        self.queryset = rows.select_related("budget").order_by("-budget_id", "place")

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.budget.name} · {obj.name}"
