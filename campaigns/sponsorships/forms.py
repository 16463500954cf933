"""Shapes of what people type about sponsorships; the services decide."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.persons.models import Person
from accounts.units.forms import day_field
from accounts.units.models import KeyAccount
from campaigns.budgets.forms import LineField, OverReason
from campaigns.gifts.forms import ExcuseForm
from campaigns.integrity.labels import KIND_LABELS as BENEFIT_LABELS
from campaigns.integrity.services import Excuse
from campaigns.integrity.terms import BenefitKind
from campaigns.outlets.models import Outlet
from campaigns.receptions.forms import GuestsField
from campaigns.sponsorships.labels import KIND_LABELS
from campaigns.sponsorships.models import Sponsorship
from campaigns.sponsorships.services import Asked, Report
from campaigns.sponsorships.terms import SponsorshipKind
from kam.core.clock import business_date
from kam.core.forms import BaseForm
from kam.users.models import User

_MORE = ("organiser", "place", "goods", "publicity")
#: What one receives of a sponsorship; meals are receptions, discounts and set-offs are deals.
_KINDS = (BenefitKind.PROMOTIONAL, BenefitKind.GIFT, BenefitKind.CASH_EQUIVALENT, BenefitKind.CASH)
#: Only with a unit: whose persons, whose outlet.
_OF_UNIT = ("outlet", "people", "benefit_kind", "each_amount", "compliance_reason")
_DOCUMENTS = ("basis_document", "employer_document")


def _amount(label: Any, **options: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, min_value=Decimal("0.01"), max_digits=12, decimal_places=2, **options
    )


def _line(label: Any, length: int, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, required=False, **options)


class SponsorshipForm(ExcuseForm):
    """An event, a promotion or an incentive, with the money and whoever receives of it."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=list(KIND_LABELS.items()))
    title = forms.CharField(label=_("Event or promotion"), max_length=160)
    outlet = forms.ModelChoiceField(
        label=_("Outlet"), queryset=Outlet.objects.none(), required=False, empty_label=_("none")
    )
    organiser = _line(_("Organiser"), 160)
    place = _line(_("Place"), 160)
    on = day_field(_("First day"), initial=business_date)
    until = day_field(_("Last day"), initial=business_date)
    goods = _line(_("Products given, and how many"), 300)
    publicity = _line(_("Publicity"), 300)
    purpose = forms.CharField(
        label=_("What it is to bring"), max_length=2000, widget=forms.Textarea({"rows": 2})
    )
    estimate_amount = _amount(_("Estimated cost in yuan"))
    line = LineField()
    people = GuestsField(
        label=_("Persons who receive something"), queryset=Person.objects.none(), required=False
    )
    benefit_kind = forms.ChoiceField(
        label=_("What each receives"),
        required=False,
        choices=[("", "–"), *((kind.value, BENEFIT_LABELS[kind]) for kind in _KINDS)],
    )
    each_amount = _amount(_("Worth for each, in yuan"), required=False)

    field_order = ("version", "kind", "title", "outlet")

    def __init__(self, *args: Any, unit: KeyAccount | None, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit = unit
        self.fields["line"].offer(user)  # type: ignore[attr-defined]  # a LineField
        if unit is None:
            for name in (*_OF_UNIT, *_DOCUMENTS):
                del self.fields[name]
            kinds = [pair for pair in KIND_LABELS.items() if pair[0] != SponsorshipKind.SELLERS]
            self.fields["kind"].choices = kinds  # type: ignore[attr-defined]  # a ChoiceField
            return
        people = Person.objects.filter(unit=unit).present().select_related("unit").order_by("pk")
        self.fields["people"].queryset = people  # type: ignore[attr-defined]  # a GuestsField
        self.fields["outlet"].queryset = Outlet.objects.filter(unit=unit).open()  # type: ignore[attr-defined]  # a ModelChoiceField
        last = (*_OF_UNIT[1:], *_DOCUMENTS)
        self.order_fields([*(name for name in self.fields if name not in last), *last])

    def asked(self) -> Asked:
        told = self.cleaned_data
        kind = told.get("benefit_kind")
        return Asked(
            SponsorshipKind(told["kind"]),
            told["title"],
            told["on"],
            told["until"],
            told["purpose"],
            told["estimate_amount"],
            told["line"],
            unit=self.unit,
            outlet=told.get("outlet"),
            people=list(told.get("people") or ()),
            benefit_kind=BenefitKind(kind) if kind else None,
            each=told.get("each_amount"),
            excuse=Excuse(*(told.get(name, "") for name in ("compliance_reason", *_DOCUMENTS))),
            more={name: told[name] for name in _MORE},
        )


def first_words_of(sponsorship: Sponsorship) -> dict[str, Any]:
    """Return what the form of a returned request opens with."""
    names = [name for name in SponsorshipForm.base_fields if name != "people"]
    told = {name: getattr(sponsorship, name) for name in names}
    return told | {"people": list(sponsorship.recipients.values_list("person", flat=True))}


class ReportForm(BaseForm):
    """What came of it."""

    received = GuestsField(label=_("Who received it"), queryset=Person.objects.none(), required=False)
    amount = _amount(_("Actual cost in yuan"))
    document = forms.CharField(label=_("Number of the bill"), max_length=60)
    visitors = forms.IntegerField(
        label=_("People reached"), min_value=0, max_value=10_000_000, required=False
    )
    result = forms.CharField(label=_("Result"), max_length=2000, widget=forms.Textarea({"rows": 3}))
    over_reason = OverReason()

    def __init__(self, *args: Any, sponsorship: Sponsorship, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Person.objects.filter(sponsorships__sponsorship=sponsorship).order_by("pk")
        if people:
            self.fields["received"].queryset = people  # type: ignore[attr-defined]  # a GuestsField
        else:
            del self.fields["received"]

    def report(self) -> Report:
        told = self.cleaned_data
        received = {person.pk for person in told.get("received") or ()}
        names = ("amount", "document", "result", "visitors", "over_reason")
        return Report(received, *(told[name] for name in names))


class CancelForm(BaseForm):
    """Why it does not take place."""

    reason = forms.CharField(label=_("Reason"), max_length=200)
