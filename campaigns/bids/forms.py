"""Shapes of what people type about bids; the services decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.units.forms import day_field
from accounts.units.models import KeyAccount
from campaigns.bids.labels import STATE_LABELS
from campaigns.bids.models import Bid
from campaigns.bids.services import Step, Tender
from campaigns.bids.terms import BID_MOVES, BidState
from campaigns.proposals.models import Proposal
from kam.core.clock import business_date
from kam.core.forms import BaseForm
from kam.users.models import User
from kam.users.scopes import colleagues_seen_by


class BidForm(BaseForm):
    """A tender that we bid for."""

    title = forms.CharField(label=pgettext_lazy("bid", "Tender"), max_length=120)
    opens_on = day_field(_("Bids are opened on"))
    responsible = forms.ModelChoiceField(label=_("Responsible"), queryset=User.objects.none())
    amount = forms.DecimalField(
        label=_("Our price in yuan"), min_value=0, max_digits=14, decimal_places=2, required=False
    )
    proposal = forms.ModelChoiceField(
        label=pgettext_lazy("to a customer", "Proposal"), queryset=Proposal.objects.none(), required=False
    )

    def __init__(self, *args: Any, unit: KeyAccount, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["responsible"].queryset = colleagues_seen_by(user)  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["proposal"].queryset = Proposal.objects.filter(unit=unit)  # type: ignore[attr-defined]  # a ModelChoiceField

    def tender(self) -> Tender:
        return Tender(**self.cleaned_data)


class StepForm(BaseForm):
    """The next step, of those that the state allows."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    target = forms.ChoiceField(label=_("Next step"), choices=())
    on = day_field(_("Day"), initial=business_date)
    winner = forms.CharField(label=_("Who won"), max_length=120, required=False)
    result = forms.CharField(
        label=_("Why, and what we learn"),
        max_length=1000,
        required=False,
        widget=forms.Textarea,
        help_text=_("Asked for when it is won, lost or withdrawn."),
    )

    def __init__(self, *args: Any, bid: Bid, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        allowed = BID_MOVES.get(BidState(bid.state), frozenset())
        choices = [(state, label) for state, label in STATE_LABELS.items() if state in allowed]
        self.fields["target"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    def step(self) -> Step:
        told = self.cleaned_data
        return Step(BidState(told["target"]), told["on"], told["winner"], told["result"])
