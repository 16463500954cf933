"""Shapes of what people type about rebates; the services decide."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.persons.models import Person
from campaigns.budgets.models import BudgetLine
from campaigns.budgets.terms import BudgetState
from campaigns.campaigns.models import Campaign
from campaigns.deals.models import Deal
from campaigns.integrity.services import Excuse
from campaigns.rebates.labels import MODE_LABELS
from campaigns.rebates.selectors import own_purchases
from campaigns.rebates.services import Papers, Wish
from campaigns.rebates.terms import RebateMode, RecoveryState
from kam.core.forms import BaseForm
from kam.core.sentences import listed
from kam.users.models import User

_PLACES = (1, 2, 3)


class ClaimForm(BaseForm):
    """How the key person wants it, and what compliance is told."""

    mode = forms.ChoiceField(label=_("How"), choices=list(MODE_LABELS.items()))
    own_deal = forms.ModelChoiceField(
        label=_("Own purchase to set it off against"), queryset=Deal.objects.none(), required=False
    )
    compliance_reason = forms.CharField(
        label=_("Reason for the compliance approval"), max_length=500, required=False
    )
    basis_document = forms.CharField(label=_("Written basis"), max_length=120, required=False)
    employer_document = forms.CharField(label=_("Employer informed by"), max_length=120, required=False)

    def __init__(self, *args: Any, person: Person | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = [deal.pk for deal in own_purchases(person)] if person else []
        self.fields["own_deal"].queryset = Deal.objects.filter(pk__in=found)  # type: ignore[attr-defined]  # a ModelChoiceField

    def wish(self) -> Wish:
        told = self.cleaned_data
        mode = RebateMode(told["mode"])
        excuse = Excuse(told["compliance_reason"], told["basis_document"], told["employer_document"])
        return Wish(mode, told["own_deal"] if mode is RebateMode.SET_OFF else None, excuse)


class CheckForm(BaseForm):
    """What the key person shows at the counter. Numbers are not kept: last four digits and a keyed hash are."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    identity = forms.CharField(
        label=_("Number of the identity card"),
        max_length=40,
        required=False,
        help_text=_("Only the last four digits are kept."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    permit = forms.CharField(
        label=_("Number of the work permit"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    escort = forms.ModelChoiceField(label=_("Accompanied by"), queryset=User.objects.none(), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["escort"].queryset = User.objects.working().order_by("name", "pk")  # type: ignore[attr-defined]  # a ModelChoiceField

    def papers(self) -> Papers:
        told = self.cleaned_data
        return Papers(told["identity"], told["permit"], told["escort"])


class PayForm(BaseForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    tax = forms.DecimalField(label=_("Tax withheld"), min_value=0, max_digits=12, decimal_places=2, initial=0)


class VoidForm(BaseForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Reason"), max_length=300)


class SettleForm(BaseForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    what = forms.ChoiceField(
        label=_("What happens"),
        choices=[
            (RecoveryState.RECOVERED.value, _("The money came back (finance)")),
            (RecoveryState.WAIVED.value, _("We let it go (director)")),
        ],
    )
    note = forms.CharField(label=_("Note"), max_length=300)


class RebateRuleForm(BaseForm):
    """The shape of a drafted version in Django admin: up to three tiers."""

    campaign = forms.ModelChoiceField(label=_("Campaign"), queryset=Campaign.objects.order_by("-pk"))
    budget_line = forms.ModelChoiceField(
        label=_("Budget line that pays"), queryset=BudgetLine.objects.none(), required=False
    )

    def __init__(self, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        lines = BudgetLine.objects.leaves().filter(budget__state=BudgetState.APPROVED)
        self.fields["budget_line"].queryset = lines  # type: ignore[attr-defined]  # a ModelChoiceField
        for place in _PLACES:
            self.fields[f"from_sets_{place}"] = forms.IntegerField(
                label=_("From closed sets"), min_value=1, max_value=10_000, required=place == 1
            )
            self.fields[f"amount_{place}"] = forms.DecimalField(
                label=_("One set earns, yuan"),
                min_value=Decimal("0.01"),
                max_digits=12,
                decimal_places=2,
                required=place == 1,
            )
            self.fields[f"goods_{place}"] = forms.CharField(
                label=_("Also given"), max_length=200, required=False
            )

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        for place in _PLACES[1:]:
            if (told.get(f"from_sets_{place}") is None) != (told.get(f"amount_{place}") is None):
                self.add_error(f"amount_{place}", _("A tier names the number of sets and the amount."))
        numbers = [told[f"from_sets_{place}"] for place in _PLACES if told.get(f"from_sets_{place}")]
        if len(set(numbers)) < len(numbers):
            self.add_error("from_sets_2", _("Each tier begins with another number of sets."))
        return told

    def payload(self) -> dict[str, Any]:
        told = self.cleaned_data
        tiers = [
            {
                "from_sets": told[f"from_sets_{place}"],
                "amount": f"{told[f'amount_{place}']:.2f}",
                "goods": told[f"goods_{place}"],
            }
            for place in _PLACES
            if told.get(f"from_sets_{place}")
        ]
        line = told["budget_line"]
        return {"campaign": told["campaign"].pk, "budget_line": line.pk if line else None, "tiers": tiers}

    def title(self) -> str:
        payload = self.payload()
        tiers = listed(f"≥{row['from_sets']}: {row['amount']}" for row in payload["tiers"])
        return f"{self.cleaned_data['campaign'].code}/rebate: {tiers}"
