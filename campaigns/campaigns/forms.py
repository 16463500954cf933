"""Shapes of what people type about campaigns; the services decide."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.units.forms import day_field
from accounts.units.models import KeyAccount
from campaigns.campaigns.labels import ACTIVITY_LABELS, CANDIDATE_LABELS, DUTY_LABELS, GOAL_LABELS
from campaigns.campaigns.models import CHANNEL_CHOICES, Campaign, CampaignProduct, Phase
from campaigns.campaigns.parts import CampaignHead
from campaigns.campaigns.services import CopyTerms
from campaigns.campaigns.terms import ROUNDS, PartKind
from kam.core.forms import BaseForm
from kam.search.forms import PickField
from kam.users.models import User


class CopyForm(BaseForm):
    """What a copy has of its own."""

    code = forms.SlugField(label=_("Code"), max_length=40, help_text=_("For ever, e.g. housing-2027."))
    name = forms.CharField(label=_("Name"), max_length=120)
    english_name = forms.CharField(label=_("English name"), max_length=120, required=False)
    window_from = day_field(_("Offer from"))
    window_to = day_field(_("Offer until"))

    def terms(self) -> CopyTerms:
        return CopyTerms(**self.cleaned_data)


class ProductField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for mypy only
    """A product of one of several campaigns: two may sell one by the same name, so the campaign stands beside it."""

    def __init__(self, *, label: Any) -> None:
        super().__init__(CampaignProduct.objects.none(), label=label, required=False)

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} · {obj.campaign.name}"


class WorkingField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for mypy only
    """One of our people who work here, or nobody."""

    def __init__(self, *, label: Any) -> None:
        super().__init__(User.objects.none(), label=label, required=False)


class PartForm(BaseForm):
    """What the forms of a campaign have in common: the state of the campaign that the page showed, and who may be named."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, campaign: Campaign | None, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if campaign is not None:
            self.initial["version"] = campaign.version
        for field in self.fields.values():
            if isinstance(field, WorkingField):
                field.queryset = User.objects.working().order_by("name")
        self.prepare(campaign, user)

    def prepare(self, campaign: Campaign | None, user: User) -> None:
        """Give fields their rows."""

    def told(self) -> dict[str, Any]:
        """Return what was typed, without the version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    @property
    def seen(self) -> int:
        """The version that the page showed."""
        return self.cleaned_data["version"] or 0


class HeadForm(PartForm):
    """What a campaign says of itself."""

    name = forms.CharField(label=_("Name"), max_length=120)
    english_name = forms.CharField(label=_("English name"), max_length=120, required=False)
    window_from = day_field(_("Offer from"), required=False)
    window_to = day_field(_("Offer until"), required=False)
    channels = forms.MultipleChoiceField(
        label=_("Channels"),
        choices=CHANNEL_CHOICES,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    pools_subsidiaries = forms.BooleanField(label=_("Sets of subsidiaries count together"), required=False)
    purpose = forms.CharField(label=_("Purpose"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    idea = forms.CharField(label=_("Idea"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    coordinator = WorkingField(label=_("Coordinator"))
    budget_owner = WorkingField(label=_("Budget owner"))

    def head(self) -> CampaignHead:
        told = self.told()
        told.pop("code", None)
        return CampaignHead(**told)


class NewForm(HeadForm):
    """A campaign of one's own; its code stays for ever."""

    code = forms.SlugField(label=_("Code"), max_length=40, help_text=_("For ever, e.g. housing-2027."))
    field_order = ("code",)


class PhaseForm(PartForm):
    name = forms.CharField(label=_("Name"), max_length=80)
    starts_on = day_field(_("From"))
    ends_on = day_field(_("Until"), required=False, help_text=_("Empty: open at the end."))


class GoalForm(PartForm):
    kind = forms.ChoiceField(label=_("What is counted"), choices=list(GOAL_LABELS.items()))
    channel = forms.ChoiceField(
        label=_("Channel"), choices=[("", _("all")), *CHANNEL_CHOICES], required=False
    )
    target = forms.DecimalField(
        label=_("At least"), min_value=Decimal("0.01"), max_digits=12, decimal_places=2
    )
    is_stretch = forms.BooleanField(label=_("To be striven for"), required=False)
    due_on = day_field(_("Due on"), required=False)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)


class ProductForm(PartForm):
    code = forms.SlugField(label=_("Code"), max_length=40)
    name = forms.CharField(label=_("Name"), max_length=120)
    measure = forms.CharField(
        label=pgettext_lazy("quantity", "Measure"), max_length=20, help_text=_("㎡, box …")
    )
    size = forms.DecimalField(
        label=_("Measures in one set"), min_value=Decimal("0.01"), max_digits=10, decimal_places=2, initial=1
    )
    price_amount = forms.DecimalField(
        label=_("List price of one measure"),
        min_value=Decimal("0.01"),
        max_digits=14,
        decimal_places=2,
        required=False,
        help_text=_("Empty: not set yet."),
    )


class LineForm(PartForm):
    text = forms.CharField(label=_("What is to be done"), max_length=500)
    phase = forms.ModelChoiceField(Phase.objects.none(), label=_("Phase"), required=False)
    starts_on = day_field(_("From"), required=False)
    due_on = day_field(_("By when"), required=False)
    owner = WorkingField(label=pgettext_lazy("staff", "Person"))
    responsible = forms.CharField(
        label=_("Or a party"), max_length=120, required=False, help_text=_("Whoever is not one of us.")
    )

    def prepare(self, campaign: Campaign | None, user: User) -> None:
        if campaign is not None:
            self.fields["phase"].queryset = campaign.phases.all()  # type: ignore[attr-defined]  # a ModelChoiceField


class DutyForm(PartForm):
    kind = forms.ChoiceField(label=_("Responsibility"), choices=list(DUTY_LABELS.items()))
    person = WorkingField(label=pgettext_lazy("staff", "Person"))
    party = forms.CharField(
        label=_("Or a party"), max_length=120, required=False, help_text=_("Whoever is not one of us.")
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False)


class CandidateForm(PartForm):
    round = forms.TypedChoiceField(label=_("Round"), choices=[(n, str(n)) for n in ROUNDS], coerce=int)
    unit = PickField("accounts.unit", KeyAccount.objects.none(), label=_("Unit"), required=False)
    name = forms.CharField(
        label=_("Or its name"), max_length=200, required=False, help_text=_("Until it has a file.")
    )
    region = forms.CharField(label=_("Region"), max_length=80, required=False)
    channel = forms.ChoiceField(
        label=_("Channel"), choices=[("", _("that of the unit")), *CHANNEL_CHOICES], required=False
    )
    goal = forms.CharField(label=_("Goal"), max_length=200, required=False)
    state = forms.ChoiceField(label=_("State"), choices=list(CANDIDATE_LABELS.items()))

    def prepare(self, campaign: Campaign | None, user: User) -> None:
        self.fields["unit"].queryset = KeyAccount.objects.visible_to(user)  # type: ignore[attr-defined]  # a ModelChoiceField


class BatchForm(PartForm):
    batch = forms.IntegerField(label=_("Batch"), min_value=1, max_value=999)
    unit = PickField("accounts.unit", KeyAccount.objects.none(), label=_("Unit"))
    on = day_field(_("Day"))
    invited_count = forms.IntegerField(label=_("How many are invited"), min_value=1, max_value=10_000)
    transport = forms.CharField(
        label=_("Transport"), max_length=120, required=False, help_text=_("Bus, own cars, meeting point.")
    )
    leader = WorkingField(label=_("Led by"))
    came_count = forms.IntegerField(label=_("How many came"), min_value=0, max_value=10_000, required=False)
    feedback = forms.CharField(
        label=_("Feedback"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def prepare(self, campaign: Campaign | None, user: User) -> None:
        self.fields["unit"].queryset = KeyAccount.objects.visible_to(user)  # type: ignore[attr-defined]  # a ModelChoiceField


class ActivityForm(PartForm):
    partner = forms.CharField(label=_("Partner"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind of activity"), choices=list(ACTIVITY_LABELS.items()))
    on = day_field(_("Day"))
    where = forms.CharField(label=_("Place"), max_length=120, required=False)
    owner = WorkingField(label=_("Person"))
    came_count = forms.IntegerField(
        label=_("How many customers came"), min_value=0, max_value=10_000, required=False
    )
    result = forms.CharField(
        label=_("Result"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


PART_FORMS: Mapping[PartKind, type[PartForm]] = {
    PartKind.PHASE: PhaseForm,
    PartKind.GOAL: GoalForm,
    PartKind.PRODUCT: ProductForm,
    PartKind.LINE: LineForm,
    PartKind.DUTY: DutyForm,
    PartKind.CANDIDATE: CandidateForm,
    PartKind.BATCH: BatchForm,
    PartKind.ACTIVITY: ActivityForm,
}
