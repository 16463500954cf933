"""The shape of a drafted discount rule in Django admin."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.campaigns.forms import ProductField
from campaigns.campaigns.labels import CHANNEL_LABELS
from campaigns.campaigns.models import Campaign, CampaignProduct
from campaigns.discounts.labels import PAYMENT_LABELS, RULE_LABELS, TIER_PROBLEMS
from campaigns.discounts.models import DiscountVersion
from campaigns.discounts.rules.benefits import tiers_problem
from campaigns.discounts.services import rule_from
from campaigns.discounts.terms import RuleKind
from kam.core.forms import BaseForm
from kam.core.sentences import listed

TIERS = 4


class DiscountForm(BaseForm):
    """One version of one rule: where it holds, what it gives from how many sets on, until when."""

    campaign = forms.ModelChoiceField(label=_("Campaign"), queryset=Campaign.objects.order_by("-pk"))
    kind = forms.ChoiceField(label=_("Kind"), choices=list(RULE_LABELS.items()))
    channel = forms.ChoiceField(
        label=_("Channel"),
        choices=[("", "–"), *CHANNEL_LABELS.items()],
        required=False,
        help_text=_("Of a group discount."),
    )
    payment_mode = forms.ChoiceField(
        label=_("Payment"),
        choices=[("", "–"), *PAYMENT_LABELS.items()],
        required=False,
        help_text=_("Of a regular discount."),
    )
    product = ProductField(label=_("Only this product"))
    min_sets = forms.IntegerField(
        label=_("General number of sets"),
        min_value=0,
        max_value=10_000,
        required=False,
        help_text=_("For channels without a number of their own."),
    )
    needs_certificate = forms.BooleanField(label=_("Asks for a verified certificate"), required=False)
    last_day = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Both days included; empty: until the next version."),
    )

    def __init__(self, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, initial=_flat(initial or {}))
        products = CampaignProduct.objects.select_related("campaign")
        self.fields["product"].queryset = products  # type: ignore[attr-defined]  # a ModelChoiceField
        for n in range(1, TIERS + 1):
            self.fields |= _tier_fields(n)

    def clean(self) -> dict[str, Any]:
        """See that the parts belong to the kind, and that more sets give more."""
        told = self.cleaned_data
        kind = told.get("kind")
        self._belongs("channel", is_wanted=kind == RuleKind.GROUP)
        self._belongs("payment_mode", is_wanted=kind == RuleKind.REGULAR)
        self._belongs("min_sets", is_wanted=kind == RuleKind.GENERAL)
        product = told.get("product")
        if product and told.get("campaign") and product.campaign_id != told["campaign"].pk:
            self.add_error("product", _("This product belongs to another campaign."))
        if told.get("needs_certificate") and kind != RuleKind.GROUP:
            self.add_error("needs_certificate", _("Only a group discount asks for a certificate."))
        self._check_tiers(kind)
        return told

    def _belongs(self, name: str, *, is_wanted: bool) -> None:
        is_there = self.cleaned_data.get(name) not in (None, "")
        if is_wanted and not is_there and name not in self.errors:
            self.add_error(name, _("This kind of rule needs it."))
        if is_there and not is_wanted:
            self.add_error(name, _("This kind of rule has none."))

    def _check_tiers(self, kind: Any) -> None:
        tiers = self._tiers()
        if self.errors:
            return
        if kind == RuleKind.GENERAL and tiers:
            self.add_error("factor_1", _("This kind of rule has none."))
        if kind == RuleKind.REGULAR and (len(tiers) != 1 or tiers[0].get("from_sets") is not None):
            self.add_error("factor_1", _("A regular discount has one line without a number of sets."))
        if kind == RuleKind.GROUP and not tiers:
            self.add_error("factor_1", _("Say what it gives."))
        problem = tiers_problem(rule_from({"kind": kind, "tiers": tiers}).tiers)
        if problem and not self.errors:
            place, code = problem
            self.add_error(f"factor_{place + 1}", TIER_PROBLEMS[code])

    def _tiers(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        for n in range(1, TIERS + 1):
            given = {
                key: self.cleaned_data.get(f"{key}_{n}") for key in ("from_sets", "factor", "off_amount")
            }
            amounts = {key: str(given[key]) for key in ("factor", "off_amount") if given[key] is not None}
            if len(amounts) > 1:
                self.add_error(f"off_amount_{n}", _("A factor or an amount, not both."))
            elif amounts:
                found.append({"from_sets": given["from_sets"]} | amounts)
            elif given["from_sets"] is not None:
                self.add_error(f"factor_{n}", _("Say what it gives."))
        return found

    def payload(self) -> dict[str, Any]:
        told = self.cleaned_data
        return {
            "campaign": told["campaign"].pk,
            "kind": told["kind"],
            "channel": told["channel"],
            "payment_mode": told["payment_mode"],
            "product": told["product"].pk if told["product"] else None,
            "min_sets": told["min_sets"],
            "needs_certificate": told["needs_certificate"],
            "tiers": self._tiers(),
            "last_day": told["last_day"].isoformat() if told["last_day"] else None,
        }

    def title(self) -> str:
        told = self.cleaned_data
        rule = DiscountVersion(
            **{name: told[name] for name in ("campaign", "kind", "channel", "payment_mode", "product")}
        )
        tiers = listed(_tier_words(tier) for tier in self._tiers())
        return f"{rule.name}: {tiers or told['min_sets']}"


def _tier_words(tier: dict[str, Any]) -> str:
    gives = f"×{Decimal(tier['factor']).normalize():f}" if "factor" in tier else f"−{tier['off_amount']}"
    return gives if tier["from_sets"] is None else f"≥{tier['from_sets']} {gives}"


def _tier_fields(n: int) -> dict[str, forms.Field]:
    return {
        f"from_sets_{n}": forms.IntegerField(
            label=_("Tier %(n)s: from sets") % {"n": n}, min_value=0, max_value=10_000, required=False
        ),
        f"factor_{n}": forms.DecimalField(
            label=_("Tier %(n)s: factor") % {"n": n}, max_digits=6, decimal_places=4, required=False
        ),
        f"off_amount_{n}": forms.DecimalField(
            label=_("Tier %(n)s: yuan off each set") % {"n": n},
            max_digits=14,
            decimal_places=2,
            required=False,
        ),
    }


def _flat(payload: dict[str, Any]) -> dict[str, Any]:
    """Return a draft's content as the numbered fields of the form."""
    flat = {key: value for key, value in payload.items() if key != "tiers"}
    for n, tier in enumerate(payload.get("tiers", []), 1):
        flat |= {f"{key}_{n}": value for key, value in tier.items()}
    return flat
