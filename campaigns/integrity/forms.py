"""The shape of a drafted policy in Django admin."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaigns.integrity.labels import KIND_LABELS, OUTCOME_LABELS, PARTY_LABELS
from campaigns.integrity.terms import BenefitKind, Outcome
from kam.core.forms import BaseForm


class PolicyForm(BaseForm):
    """What the policy says of one kind, for public officials or for one channel."""

    party = forms.ChoiceField(label=pgettext_lazy("gift", "For whom"), choices=list(PARTY_LABELS.items()))
    kind = forms.ChoiceField(label=_("Kind"), choices=list(KIND_LABELS.items()))
    outcome = forms.ChoiceField(label=_("Policy"), choices=list(OUTCOME_LABELS.items()))

    def __init__(self, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, initial=initial)

    def payload(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("party", "kind", "outcome")}

    def title(self) -> str:
        told = self.cleaned_data
        party, kind = PARTY_LABELS[told["party"]], KIND_LABELS[BenefitKind(told["kind"])]
        return f"{party} · {kind}: {OUTCOME_LABELS[Outcome(told['outcome'])]}"
